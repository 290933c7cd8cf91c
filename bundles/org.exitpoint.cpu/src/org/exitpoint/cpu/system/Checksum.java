/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

/** CRC32 (SDM vol. 2): the checksum of polynomial 11EDC6F41H on reflected bits. */
public final class Checksum {
    private static final int REFLECTED_POLYNOMIAL = 0x82F6_3B78;
    private static final int[] TABLE = table();

    private Checksum() {
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ REFLECTED_POLYNOMIAL : value >>> 1;
            }
            table[i] = value;
        }
        return table;
    }

    /** Helper CRC32: the checksum so far with the low bytes of a value added, zero-extended. */
    public static long add(long checksum, long value, int bytes) {
        int sum = (int) checksum;
        for (int i = 0; i < bytes; i++) {
            sum = sum >>> 8 ^ TABLE[(sum ^ (int) (value >>> 8 * i)) & 0xFF];
        }
        return sum & 0xFFFF_FFFFL;
    }
}
