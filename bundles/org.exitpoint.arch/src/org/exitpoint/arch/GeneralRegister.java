/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.List;

/** The general-purpose registers, in the order of their numbers in instruction encodings. */
@Sdm(section = "3.4.1", title = "General-Purpose Registers")
public enum GeneralRegister {
    RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, R8, R9, R10, R11, R12, R13, R14, R15;

    private static final GeneralRegister[] ALL = values();
    private static final List<String> HIGH_BYTES = List.of("AH", "CH", "DH", "BH");
    private static final int FIRST_NUMBERED = 8;
    private static final int FIRST_POINTER = 4;

    /**
     * The number in instruction encodings and exit qualifications.
     *
     * @return 0 to 15
     */
    public int number() {
        return ordinal();
    }

    /**
     * The name of the register's low part.
     *
     * @param bits 8, 16, 32 or 64
     * @return for example {@code "EAX"}, {@code "SPL"} or {@code "R9W"}
     * @throws IllegalArgumentException for any other width
     */
    public String name(int bits) {
        boolean numbered = ordinal() >= FIRST_NUMBERED;
        String stem = name().substring(1);
        return switch (bits) {
            case 64 -> name();
            case 32 -> numbered ? name() + "D" : "E" + stem;
            case 16 -> numbered ? name() + "W" : stem;
            case 8 -> numbered ? name() + "B"
                    : ordinal() >= FIRST_POINTER ? stem + "L" : stem.charAt(0) + "L";
            default -> throw new IllegalArgumentException("no registers of " + bits + " bits");
        };
    }

    /**
     * Finds a register by its number.
     *
     * @param number 0 to 15
     * @return the register
     * @throws IndexOutOfBoundsException for any other number
     */
    public static GeneralRegister ofNumber(int number) {
        return ALL[number];
    }

    /**
     * The name of bits 15:8 of a register, as encoded without REX prefix.
     *
     * @param number register number in the encoding, 4 to 7
     * @return {@code "AH"}, {@code "CH"}, {@code "DH"} or {@code "BH"}
     * @throws IndexOutOfBoundsException for any other number
     */
    public static String highByteName(int number) {
        return HIGH_BYTES.get(number - FIRST_POINTER);
    }
}
