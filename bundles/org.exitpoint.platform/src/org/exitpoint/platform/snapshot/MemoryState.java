/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

import java.util.Arrays;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.platform.memory.AddressRange;
import org.exitpoint.platform.memory.RamLayout;

/** The content of RAM in a snapshot: the pages that are not zero, ascending, and an end mark. */
public final class MemoryState {
    private static final byte[] ZEROS = new byte[PhysicalMemory.PAGE_SIZE];
    private static final long END = -1;

    private final PhysicalMemory memory;
    private final RamLayout ram;

    /** The content of a memory whose RAM lies as a layout says. */
    public MemoryState(PhysicalMemory memory, RamLayout ram) {
        this.memory = memory;
        this.ram = ram;
    }

    /** Writes the content. */
    public void save(StateWriter out) {
        byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
        for (AddressRange range : ram.ranges()) {
            for (long at = range.start(); at < range.end(); at += page.length) {
                memory.read(at, page, 0, page.length);
                if (!Arrays.equals(page, ZEROS)) {
                    out.number("page", at);
                    out.bytes("content", page);
                }
            }
        }
        out.number("page", END);
    }

    /** Reads what {@link #save} wrote; every listener for stores hears of the pages that change. */
    public void restore(StateReader in) {
        long saved = in.number("page");
        byte[] current = new byte[PhysicalMemory.PAGE_SIZE];
        for (AddressRange range : ram.ranges()) {
            for (long at = range.start(); at < range.end(); at += current.length) {
                byte[] wanted = ZEROS;
                if (at == saved) {
                    wanted = content(in);
                    saved = in.number("page");
                }
                memory.read(at, current, 0, current.length);
                if (!Arrays.equals(current, wanted)) {
                    memory.write(at, wanted, 0, wanted.length);
                }
            }
        }
        if (saved != END) {
            throw new SnapshotException("snapshot holds memory at 0x%x where this board has none".formatted(saved));
        }
    }

    private static byte[] content(StateReader in) {
        byte[] content = in.bytes("content");
        if (content.length != PhysicalMemory.PAGE_SIZE) {
            throw new SnapshotException("snapshot holds a page of %d bytes".formatted(content.length));
        }
        return content;
    }
}
