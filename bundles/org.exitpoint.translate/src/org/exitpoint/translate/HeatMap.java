/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

/** Counts how often places were come to, roughly: places that share a counter warm each other. */
final class HeatMap {
    private static final int HOT = 16;
    private static final int COUNTERS_LOG = 14;

    private final byte[] counters = new byte[1 << COUNTERS_LOG];

    /** Counts one more time; true from the {@value #HOT}th on. */
    boolean isHot(long physical) {
        int index = (int) (physical * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - COUNTERS_LOG);
        if (counters[index] >= HOT) {
            return true;
        }
        counters[index]++;
        return false;
    }
}
