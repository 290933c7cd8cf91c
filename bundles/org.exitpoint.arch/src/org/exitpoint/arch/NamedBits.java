/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/**
 * A named bit field that belongs to a format with several variants and so is no enum constant.
 *
 * @param name a short name
 * @param range where the bits stand
 * @param title what they mean, in a few words
 */
public record NamedBits(String name, BitRange range, String title) implements BitField {
    /**
     * A field of one bit.
     *
     * @param name a short name
     * @param bit the bit's number
     * @param title what it means
     */
    public NamedBits(String name, int bit, String title) {
        this(name, BitRange.bit(bit), title);
    }

    /**
     * A field of several bits.
     *
     * @param name a short name
     * @param low the lowest bit's number
     * @param high the highest bit's number
     * @param title what they mean
     */
    public NamedBits(String name, int low, int high, String title) {
        this(name, new BitRange(low, high), title);
    }

    /**
     * The field's bits in place with a value.
     *
     * @param value the field's value
     * @return the value, shifted
     * @throws IllegalArgumentException if it does not fit
     */
    public long encode(long value) {
        return range.deposit(0, value);
    }

    /**
     * A one-bit field's bit in place.
     *
     * @param value the bit
     * @return the mask if true, else 0
     */
    public long encode(boolean value) {
        return value ? mask() : 0;
    }
}
