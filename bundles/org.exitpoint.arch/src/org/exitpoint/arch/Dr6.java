/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of DR6. */
@Sdm(section = "19.2.3", title = "Debug Status Register (DR6)")
public enum Dr6 implements BitField {
    B0(0, "Breakpoint condition of DR0 detected"),
    B1(1, "Breakpoint condition of DR1 detected"),
    B2(2, "Breakpoint condition of DR2 detected"),
    B3(3, "Breakpoint condition of DR3 detected"),
    BLD(11, "Bus lock detected (the bit is 0 when it was)"),
    BD(13, "Debug register access detected"),
    BS(14, "Single step"),
    BT(15, "Task switch"),
    RTM(16, "Restricted transactional memory (the bit is 0 inside a region)");

    private final BitRange range;
    private final String title;

    Dr6(int bit, String title) {
        this.range = BitRange.bit(bit);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }

    /** Value after RESET and the value of the reserved bits: bits 31:16 and 11:4 read as 1. */
    public static final long INITIAL = 0xffff_0ff0L;
}
