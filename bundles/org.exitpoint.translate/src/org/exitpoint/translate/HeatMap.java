/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

/** Counts how often places were come to, roughly: places that share a counter warm each other. */
final class HeatMap {
    private static final int COUNTERS_LOG = 14;

    private final byte[] counters = new byte[1 << COUNTERS_LOG];
    private int hot;

    /** A map in which a place is hot when it was come to more often than that, up to 127 times. */
    HeatMap(int hot) {
        this.hot = hot;
    }

    /** Sets how often a place must have been come to, up to 127 times. */
    void setHot(int visits) {
        hot = visits;
    }

    /** Counts one more time, unless it is hot already. */
    boolean isHot(long physical) {
        int index = (int) (physical * 0x9E37_79B9_7F4A_7C15L >>> Long.SIZE - COUNTERS_LOG);
        if (counters[index] >= hot) {
            return true;
        }
        counters[index]++;
        return false;
    }
}
