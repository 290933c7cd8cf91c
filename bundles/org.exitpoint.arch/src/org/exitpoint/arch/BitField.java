/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.ArrayList;
import java.util.List;

/** A named bit, or run of bits, of an architectural register or field. Implemented by enums, one per register. */
public interface BitField {
    /**
     * The constant's name, which is the manual's abbreviation.
     *
     * @return for example {@code "VMXE"}
     */
    String name();

    /**
     * Where the bits stand.
     *
     * @return the range
     */
    BitRange range();

    /**
     * What the bits mean, in a few words.
     *
     * @return the manual's long name
     */
    String title();

    /**
     * Number of the lowest bit.
     *
     * @return 0 to 63
     */
    default int bit() {
        return range().low();
    }

    /**
     * The bits in place.
     *
     * @return the mask
     */
    default long mask() {
        return range().mask();
    }

    /**
     * Whether any of the bits is 1.
     *
     * @param value the whole register
     * @return true if so
     */
    default boolean isSet(long value) {
        return (value & mask()) != 0;
    }

    /**
     * Reads the bits.
     *
     * @param value the whole register
     * @return their value, shifted down to bit 0
     */
    default long of(long value) {
        return range().extract(value);
    }

    /**
     * The union of the masks of several fields.
     *
     * @param fields the fields, all of one register
     * @return the bitwise OR of their masks
     */
    static long maskOf(BitField... fields) {
        long mask = 0;
        for (BitField field : fields) {
            mask |= field.mask();
        }
        return mask;
    }

    /**
     * Names the bits that are 1, in ascending order; a field wider than a bit is shown as {@code NAME=value}, bits that
     * have no name as hexadecimal.
     *
     * @param fields all fields of the register
     * @param value the register's value
     * @return for example {@code "PE ET NE PG"}; {@code "0"} if no bit is 1
     */
    static String describe(BitField[] fields, long value) {
        List<String> words = new ArrayList<>();
        long rest = value;
        for (BitField field : fields) {
            if (field.isSet(value)) {
                words.add(field.range().width() == 1 ? field.name()
                        : field.name() + "=" + Long.toUnsignedString(field.of(value)));
                rest &= ~field.mask();
            }
        }
        if (rest != 0) {
            words.add("0x" + Long.toHexString(rest));
        }
        return words.isEmpty() ? "0" : String.join(" ", words);
    }
}
