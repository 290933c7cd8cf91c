/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.SplittableRandom;

/** Values at which instructions tend to go wrong. */
final class EdgeValues {
    private final SplittableRandom random;

    EdgeValues(SplittableRandom random) {
        this.random = random;
    }

    /** Any 64-bit value, edges more often than not. */
    long next() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> random.nextLong();
            case 3 -> small();
            case 4 -> -1L - random.nextInt(4);
            case 5 -> nearPowerOfTwo();
            case 6 -> random.nextLong() >> random.nextInt(64);
            case 7 -> random.nextLong() >>> random.nextInt(64);
            case 8 -> repeatedByte();
            default -> random.nextLong() << random.nextInt(64);
        };
    }

    /** A count: 0 to 70, those around operand sizes more often. */
    long small() {
        if (random.nextBoolean()) {
            return random.nextInt(71);
        }
        return (8L << random.nextInt(4)) - 2 + random.nextInt(4);
    }

    /** Whether something happens that has one chance in so many. */
    boolean oneIn(int chances) {
        return random.nextInt(chances) == 0;
    }

    private long nearPowerOfTwo() {
        long power = 1L << random.nextInt(64);
        return (random.nextBoolean() ? power : -power) - 1 + random.nextInt(3);
    }

    private long repeatedByte() {
        int[] bytes = {0x00, 0x01, 0x0F, 0x10, 0x55, 0x7F, 0x80, 0x99, 0xAA, 0xF0, 0xFF};
        return bytes[random.nextInt(bytes.length)] * 0x0101_0101_0101_0101L;
    }
}
