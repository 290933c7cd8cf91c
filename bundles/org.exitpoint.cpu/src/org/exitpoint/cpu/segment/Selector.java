/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

/** The fields of a segment selector (SDM vol. 3, "Segment Selectors"). */
public final class Selector {
    private static final int TI = 1 << 2;

    private Selector() {
    }

    /** Whether the selector is null: index 0 of the GDT, whatever its RPL. */
    public static boolean isNull(int selector) {
        return (selector & 0xFFFC) == 0;
    }

    /** Requested privilege level, 0 to 3. */
    public static int rpl(int selector) {
        return selector & 3;
    }

    /** The selector with another RPL. */
    public static int withRpl(int selector, int level) {
        return selector & 0xFFFC | level;
    }

    /** Whether the selector refers to the LDT. */
    public static boolean isLocal(int selector) {
        return (selector & TI) != 0;
    }

    /** Offset of the descriptor in its table. */
    public static int offset(int selector) {
        return selector & 0xFFF8;
    }
}
