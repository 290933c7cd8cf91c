/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of CR0. */
@Sdm(section = "2.5", title = "Control Registers")
public enum Cr0 implements BitField {
    PE(0, "Protection enable"),
    MP(1, "Monitor coprocessor"),
    EM(2, "Emulation"),
    TS(3, "Task switched"),
    ET(4, "Extension type"),
    NE(5, "Numeric error"),
    WP(16, "Write protect"),
    AM(18, "Alignment mask"),
    NW(29, "Not write-through"),
    CD(30, "Cache disable"),
    PG(31, "Paging");

    private final BitRange range;
    private final String title;

    Cr0(int bit, String title) {
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
}
