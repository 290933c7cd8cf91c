/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import java.util.Arrays;

/** The values that are known, held zero-extended. */
final class Constants {
    private long[] values;
    private boolean[] known;

    Constants(int count) {
        values = new long[count];
        known = new boolean[count];
    }

    boolean isKnown(int value) {
        return value >= 0 && known[value];
    }

    boolean is(int value, long constant) {
        return isKnown(value) && values[value] == constant;
    }

    long get(int value) {
        if (!known[value]) {
            throw new IllegalStateException("value " + value + " is not known");
        }
        return values[value];
    }

    void set(int value, long constant) {
        if (value >= values.length) {
            values = Arrays.copyOf(values, value + 1);
            known = Arrays.copyOf(known, value + 1);
        }
        values[value] = constant;
        known[value] = true;
    }
}
