/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.exitpoint.arch.CpuidFeature;

/** What CPUID says of the host. */
final class HostProcessor {
    private final Map<Long, int[]> leaves = new HashMap<>();

    /** From lines of six hexadecimal numbers: leaf, sub-leaf, EAX, EBX, ECX, EDX. */
    HostProcessor(List<String> lines) {
        for (String line : lines) {
            String[] words = line.split(" ");
            int[] registers = new int[4];
            for (int i = 0; i < 4; i++) {
                registers[i] = Integer.parseUnsignedInt(words[2 + i], 16);
            }
            leaves.put(key(Integer.parseUnsignedInt(words[0], 16), Integer.parseInt(words[1], 16)), registers);
        }
    }

    private static long key(int leaf, int subleaf) {
        return leaf & 0xFFFF_FFFFL | (long) subleaf << 32;
    }

    boolean has(CpuidFeature feature) {
        int[] registers = leaves.get(key(feature.leaf(), feature.subleaf()));
        return registers != null && (registers[feature.register().ordinal()] >> feature.bit() & 1) != 0;
    }

    /** Whether AMD made it. */
    boolean isAmd() {
        return leaves.get(key(0, 0))[2] == 0x444D4163;
    }
}
