/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

/**
 * How a jump cache looks to emitted code: entries of a branch target and the host address of its code, at the index
 * that the target's low bits are.
 */
public final class JumpCacheLayout {
    /** Entries. */
    public static final int ENTRIES = 1 << 16;
    /** The bits of a target that are its index. */
    public static final int INDEX_MASK = ENTRIES - 1;
    /** log2 of the bytes in an entry. */
    public static final int ENTRY_SHIFT = 4;
    /** In an entry: the target. */
    public static final int TARGET = 0;
    /** In an entry: the host address. */
    public static final int HOST = 8;

    private JumpCacheLayout() {
    }

    /** Offset of the entry of a target. */
    public static int offsetOf(long target) {
        return ((int) target & INDEX_MASK) << ENTRY_SHIFT;
    }
}
