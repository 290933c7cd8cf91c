/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Raw little-endian access to off-heap host memory by address.
 *
 * <p>Guest state and guest memory stand off-heap so that translated code and Java work on them in place. There is no
 * bounds check: callers own the addresses they pass. All methods may be called from any thread and are not atomic.
 */
public final class HostMemory {
    private static final MemorySegment ALL = MemorySegment.ofAddress(0).reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private HostMemory() {
    }

    /** The byte at a host address. */
    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    /** The 16-bit value at a host address, of any alignment. */
    public static short getShort(long address) {
        return ALL.get(I16, address);
    }

    /** The 32-bit value at a host address, of any alignment. */
    public static int getInt(long address) {
        return ALL.get(I32, address);
    }

    /** The 64-bit value at a host address, of any alignment. */
    public static long getLong(long address) {
        return ALL.get(I64, address);
    }

    /** Stores a byte at a host address. */
    public static void putByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    /** Stores a 16-bit value at a host address, of any alignment. */
    public static void putShort(long address, short value) {
        ALL.set(I16, address, value);
    }

    /** Stores a 32-bit value at a host address, of any alignment. */
    public static void putInt(long address, int value) {
        ALL.set(I32, address, value);
    }

    /** Stores a 64-bit value at a host address, of any alignment. */
    public static void putLong(long address, long value) {
        ALL.set(I64, address, value);
    }

    /** A value of 1, 2, 4 or 8 bytes at a host address, zero-extended. */
    public static long get(long address, int bytes) {
        return switch (bytes) {
            case 1 -> getByte(address) & 0xFFL;
            case 2 -> getShort(address) & 0xFFFFL;
            case 4 -> getInt(address) & 0xFFFF_FFFFL;
            case 8 -> getLong(address);
            default -> throw new IllegalArgumentException("no access of " + bytes + " bytes");
        };
    }

    /** Stores the low 1, 2, 4 or 8 bytes of a value at a host address. */
    public static void put(long address, int bytes, long value) {
        switch (bytes) {
            case 1 -> putByte(address, (byte) value);
            case 2 -> putShort(address, (short) value);
            case 4 -> putInt(address, (int) value);
            case 8 -> putLong(address, value);
            default -> throw new IllegalArgumentException("no access of " + bytes + " bytes");
        }
    }

    /** A view of host memory as a segment, for bulk copies. */
    public static MemorySegment segment(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }
}
