/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import java.util.OptionalLong;

import org.exitpoint.machine.Bus;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;

/**
 * Accesses of one processor to host-physical addresses: RAM in place, flagged RAM through {@link PhysicalMemory}, and
 * what is not RAM through the processor's own window or the bus.
 */
public final class PhysicalAccess {
    private final PhysicalMemory memory;
    private final Bus bus;
    private final long base;
    private LocalWindow window = LocalWindow.NONE;

    /** Accesses by way of a memory and a bus. */
    public PhysicalAccess(PhysicalMemory memory, Bus bus) {
        this.memory = memory;
        this.bus = bus;
        this.base = memory.base();
    }

    /** Sets the window that comes before the bus. */
    public void setWindow(LocalWindow newWindow) {
        window = newWindow;
    }

    /** Loads 1, 2, 4 or 8 bytes that do not cross a page, zero-extended. */
    public long load(long address, int bytes) {
        if ((memory.pageFlags(address) & (PhysicalMemory.RAM | PhysicalMemory.WATCHED_LOAD)) == PhysicalMemory.RAM) {
            return HostMemory.get(base + address, bytes);
        }
        return loadSlowly(address, bytes);
    }

    private long loadSlowly(long address, int bytes) {
        if ((memory.pageFlags(address) & PhysicalMemory.RAM) != 0) {
            return memory.read(address, bytes);
        }
        return window.claims(address) ? window.read(address, bytes) : bus.readMemory(address, bytes);
    }

    /** What {@link #load} would give, without any effect; empty when nobody answers or that cannot be said. */
    public OptionalLong peek(long address, int bytes) {
        if ((memory.pageFlags(address) & PhysicalMemory.RAM) != 0) {
            return OptionalLong.of(memory.read(address, bytes));
        }
        if (window.claims(address)) {
            return window.peek(address, bytes);
        }
        return bus.claims(address) ? bus.peekMemory(address, bytes) : OptionalLong.empty();
    }

    /** Stores the low 1, 2, 4 or 8 bytes of a value where they do not cross a page. */
    public void store(long address, int bytes, long value) {
        int flags = memory.pageFlags(address);
        if ((flags & (PhysicalMemory.RAM | PhysicalMemory.STORE_SLOW)) == PhysicalMemory.RAM) {
            HostMemory.put(base + address, bytes, value);
        } else {
            storeSlowly(address, bytes, value, flags);
        }
    }

    private void storeSlowly(long address, int bytes, long value, int flags) {
        if ((flags & PhysicalMemory.RAM) != 0) {
            memory.write(address, bytes, value);
        } else if (window.claims(address)) {
            window.write(address, bytes, value);
        } else {
            bus.writeMemory(address, bytes, value);
        }
    }
}
