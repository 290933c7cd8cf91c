/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/** Width of an integer value. A value is always held zero-extended in 64 bits. */
public enum Width {
    /** A condition: 0 or 1. */
    I1(1),
    /** A byte. */
    I8(8),
    /** A word. */
    I16(16),
    /** A doubleword. */
    I32(32),
    /** A quadword. */
    I64(64);

    private final int bits;

    Width(int bits) {
        this.bits = bits;
    }

    /** Width in bits. */
    public int bits() {
        return bits;
    }

    /** Width in bytes; 1 for a condition. */
    public int bytes() {
        return Math.max(1, bits / 8);
    }

    /** All ones in this width. */
    public long mask() {
        return -1L >>> (64 - bits);
    }

    /** The most significant bit of this width. */
    public long signBit() {
        return 1L << (bits - 1);
    }

    /** The value's low bits, sign-extended to 64. */
    public long signExtend(long value) {
        return value << (64 - bits) >> (64 - bits);
    }

    /** The width of a number of bits. */
    public static Width ofBits(int bits) {
        return switch (bits) {
            case 1 -> I1;
            case 8 -> I8;
            case 16 -> I16;
            case 32 -> I32;
            case 64 -> I64;
            default -> throw new IllegalArgumentException("no width of " + bits + " bits");
        };
    }
}
