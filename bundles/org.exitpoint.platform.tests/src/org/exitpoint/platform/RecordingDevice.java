/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** A device that tells each access, and answers reads with the offset of each byte plus 0x10. */
public final class RecordingDevice implements Device {
    private final String name;
    private final int widest;
    private final boolean peekable;
    private final List<String> accesses = new ArrayList<>();

    public RecordingDevice(String name, int widest, boolean peekable) {
        this.name = name;
        this.widest = widest;
        this.peekable = peekable;
    }

    /** What happened since the last call, in words. */
    public List<String> takeAccesses() {
        List<String> taken = List.copyOf(accesses);
        accesses.clear();
        return taken;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int widestAccess() {
        return widest;
    }

    @Override
    public long read(long offset, int bytes) {
        accesses.add("read %d at %d".formatted(bytes, offset));
        return content(offset, bytes);
    }

    private static long content(long offset, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (0x10 + offset + i & 0xFF) << i * Byte.SIZE;
        }
        return value;
    }

    @Override
    public void write(long offset, int bytes, long value) {
        accesses.add("write %d at %d: %x".formatted(bytes, offset, value));
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return peekable ? OptionalLong.of(content(offset, bytes)) : OptionalLong.empty();
    }

    @Override
    public void reset() {
        accesses.add("reset");
    }

    @Override
    public void save(StateWriter out) {
        out.number("accesses", accesses.size());
    }

    @Override
    public void restore(StateReader in) {
        in.number("accesses");
    }
}
