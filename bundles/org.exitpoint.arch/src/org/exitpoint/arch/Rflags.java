/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of RFLAGS. */
@Sdm(section = "2.3", title = "System Flags and Fields in the EFLAGS Register")
public enum Rflags implements BitField {
    CF(0, "Carry flag"),
    FIXED1(1, "Reserved, always 1"),
    PF(2, "Parity flag"),
    AF(4, "Auxiliary carry flag"),
    ZF(6, "Zero flag"),
    SF(7, "Sign flag"),
    TF(8, "Trap flag"),
    IF(9, "Interrupt enable flag"),
    DF(10, "Direction flag"),
    OF(11, "Overflow flag"),
    IOPL(12, 13, "I/O privilege level"),
    NT(14, "Nested task"),
    RF(16, "Resume flag"),
    VM(17, "Virtual-8086 mode"),
    AC(18, "Alignment check or access control"),
    VIF(19, "Virtual interrupt flag"),
    VIP(20, "Virtual interrupt pending"),
    ID(21, "Identification flag");

    private final BitRange range;
    private final String title;

    Rflags(int bit, String title) {
        this(bit, bit, title);
    }

    Rflags(int low, int high, String title) {
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

    /** CF, PF, AF, ZF, SF and OF: the flags arithmetic instructions write. */
    public static final long STATUS_MASK = BitField.maskOf(CF, PF, AF, ZF, SF, OF);
}
