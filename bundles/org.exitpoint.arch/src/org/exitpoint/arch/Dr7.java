/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of DR7. */
@Sdm(section = "19.2.4", title = "Debug Control Register (DR7)")
public enum Dr7 implements BitField {
    L0(0, "Local breakpoint enable of DR0"),
    G0(1, "Global breakpoint enable of DR0"),
    L1(2, "Local breakpoint enable of DR1"),
    G1(3, "Global breakpoint enable of DR1"),
    L2(4, "Local breakpoint enable of DR2"),
    G2(5, "Global breakpoint enable of DR2"),
    L3(6, "Local breakpoint enable of DR3"),
    G3(7, "Global breakpoint enable of DR3"),
    LE(8, "Local exact breakpoint enable"),
    GE(9, "Global exact breakpoint enable"),
    FIXED1(10, "Reserved, always 1"),
    RTM(11, "Restricted transactional memory"),
    GD(13, "General detect enable"),
    RW0(16, 17, "Breakpoint condition of DR0"),
    LEN0(18, 19, "Breakpoint length of DR0"),
    RW1(20, 21, "Breakpoint condition of DR1"),
    LEN1(22, 23, "Breakpoint length of DR1"),
    RW2(24, 25, "Breakpoint condition of DR2"),
    LEN2(26, 27, "Breakpoint length of DR2"),
    RW3(28, 29, "Breakpoint condition of DR3"),
    LEN3(30, 31, "Breakpoint length of DR3");

    /** The bits any of which enables a breakpoint of DR0 to DR3. */
    public static final long BREAKPOINTS = BitField.maskOf(L0, G0, L1, G1, L2, G2, L3, G3);

    private final BitRange range;
    private final String title;

    Dr7(int bit, String title) {
        this(bit, bit, title);
    }

    Dr7(int low, int high, String title) {
        this.range = new BitRange(low, high);
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

    /** Value after RESET: only the bit that is always 1. */
    public static final long INITIAL = 0x400L;
}
