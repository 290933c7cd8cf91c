/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import java.util.Arrays;

/** A place in the code that jumps can name before it is known. */
public final class Label {
    private static final long UNBOUND = 0;

    private long address = UNBOUND;
    private long[] uses = new long[2];
    private int useCount;

    /** Whether the place is known. */
    public boolean isBound() {
        return address != UNBOUND;
    }

    /** Host address of the place. */
    public long address() {
        if (!isBound()) {
            throw new IllegalStateException("label is not bound");
        }
        return address;
    }

    /** Says where the label is, and mends the jumps that named it so far. */
    void bind(long at, CodeBuffer buffer) {
        if (isBound()) {
            throw new IllegalStateException("label is bound twice");
        }
        address = at;
        for (int i = 0; i < useCount; i++) {
            buffer.patchRelative(uses[i], at);
        }
    }

    /** Notes that the 4 bytes at an address are to become the label's distance. */
    void use(long at, CodeBuffer buffer) {
        if (isBound()) {
            buffer.patchRelative(at, address);
            return;
        }
        if (useCount == uses.length) {
            uses = Arrays.copyOf(uses, 2 * useCount);
        }
        uses[useCount++] = at;
    }
}
