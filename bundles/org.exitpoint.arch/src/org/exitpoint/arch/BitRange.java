/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/**
 * A run of adjacent bits in a register or field of up to 64 bits.
 *
 * @param low number of the lowest bit, 0 to 63
 * @param high number of the highest bit, {@code low} to 63
 */
public record BitRange(int low, int high) {
    /** Rejects ranges outside a 64-bit value. */
    public BitRange {
        if (low < 0 || high > 63 || low > high) {
            throw new IllegalArgumentException("no bit range: " + high + ":" + low);
        }
    }

    /**
     * A range of one bit.
     *
     * @param bit its number, 0 to 63
     * @return the range
     */
    public static BitRange bit(int bit) {
        return new BitRange(bit, bit);
    }

    /**
     * Number of bits.
     *
     * @return 1 to 64
     */
    public int width() {
        return high - low + 1;
    }

    /**
     * The range's bits in place.
     *
     * @return a mask with exactly these bits set
     */
    public long mask() {
        return -1L >>> 64 - width() << low;
    }

    /**
     * Reads the range.
     *
     * @param value the whole register
     * @return the range's value, shifted down to bit 0
     */
    public long extract(long value) {
        return value >>> low & -1L >>> 64 - width();
    }

    /**
     * Replaces the range.
     *
     * @param value the whole register
     * @param part the new value of the range
     * @return {@code value} with the range replaced
     * @throws IllegalArgumentException if {@code part} does not fit
     */
    public long deposit(long value, long part) {
        if ((part & ~(-1L >>> 64 - width())) != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(part) + " does not fit bits " + this);
        }
        return value & ~mask() | part << low;
    }

    /** The manual's notation: {@code "3"} or {@code "13:12"}. */
    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : high + ":" + low;
    }
}
