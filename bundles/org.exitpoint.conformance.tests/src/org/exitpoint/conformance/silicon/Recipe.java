/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/**
 * The choices that make instruction bytes out of an encoding, apart from registers and numbers.
 *
 * @param operandSize whether there is a 66 prefix
 * @param addressSize whether there is a 67 prefix
 * @param lock whether there is an F0 prefix
 * @param repeat F2, F3 or 0
 * @param rex whether there is a REX prefix
 * @param wide whether REX.W or VEX.W is set
 * @param memory whether ModRM denotes memory
 */
record Recipe(boolean operandSize, boolean addressSize, boolean lock, int repeat, boolean rex, boolean wide,
        boolean memory) {
    private static final int COUNT = 192;
    private static final int[] REPEATS = {0, 0xF2, 0xF3};

    /** One of all recipes, by number from 0; null beyond the last. */
    static Recipe of(int number) {
        if (number >= COUNT) {
            return null;
        }
        return new Recipe(bit(number, 0), bit(number, 1), bit(number, 2), REPEATS[number >> 6], bit(number, 3),
            bit(number, 4), bit(number, 5));
    }

    private static boolean bit(int number, int position) {
        return (number >> position & 1) != 0;
    }

    /** How many prefixes it has. */
    int prefixes() {
        return (operandSize ? 1 : 0) + (addressSize ? 1 : 0) + (lock ? 1 : 0) + (repeat != 0 ? 1 : 0)
            + (rex ? 1 : 0) + (wide ? 1 : 0);
    }
}
