/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

import org.exitpoint.machine.HostMemory;

/**
 * Executable memory that is filled from its start. It is never given out in parts: when it is full its owner forgets
 * everything in it and starts anew. One thread writes and runs it.
 */
public final class CodeBuffer implements AutoCloseable {
    private static final int PROT_READ_WRITE_EXECUTE = 7;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MMAP = bind("mmap", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
        ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP = bind("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT,
        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private final long start;
    private final long capacity;
    private long position;
    private boolean closed;

    /**
     * Maps executable memory.
     *
     * @param capacity bytes, a positive multiple of 4096, less than 2 GiB so that any jump reaches any place
     * @throws IllegalStateException if the host refuses
     */
    public CodeBuffer(long capacity) {
        if (capacity <= 0 || capacity >= 1L << 31 || (capacity & 4095) != 0) {
            throw new IllegalArgumentException("a code buffer cannot have %,d bytes".formatted(capacity));
        }
        this.capacity = capacity;
        try {
            start = (long) MMAP.invokeExact(0L, capacity, PROT_READ_WRITE_EXECUTE, MAP_PRIVATE_ANONYMOUS_NORESERVE,
                    -1, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (start == -1) {
            throw new IllegalStateException("the host refused %,d bytes of executable memory".formatted(capacity));
        }
        position = start;
    }

    /** Host address where the next byte goes. */
    public long position() {
        return position;
    }

    /** Bytes in use. */
    public long used() {
        return position - start;
    }

    /** Bytes left. */
    public long remaining() {
        return capacity - used();
    }

    /** Forgets everything from an address that {@link #position} gave. */
    public void rewind(long to) {
        if (to < start || to > position) {
            throw new IllegalArgumentException("not a position in the used part");
        }
        position = to;
    }

    void put8(int value) {
        checkRoom(1);
        HostMemory.putByte(position++, (byte) value);
    }

    void put32(int value) {
        checkRoom(4);
        HostMemory.putInt(position, value);
        position += 4;
    }

    void put64(long value) {
        checkRoom(8);
        HostMemory.putLong(position, value);
        position += 8;
    }

    /** Makes the 4 bytes at an address the distance from their end to a target. */
    void patchRelative(long at, long target) {
        HostMemory.putInt(at, Math.toIntExact(target - at - 4));
    }

    /** Gives the memory back; nothing in it may be running. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            int ignored = (int) MUNMAP.invokeExact(start, capacity);
            assert ignored == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void checkRoom(int bytes) {
        if (remaining() < bytes) {
            throw new IllegalStateException("the code buffer is full");
        }
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(
            () -> new UnsupportedOperationException("this host has no " + name)), descriptor);
    }
}
