/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Bits of the guest pending debug exceptions. */
@Sdm(section = "26.4.2", title = "Guest Non-Register State")
public enum PendingDebug implements BitField {
    B0(0, "Breakpoint condition of DR0 met"),
    B1(1, "Breakpoint condition of DR1 met"),
    B2(2, "Breakpoint condition of DR2 met"),
    B3(3, "Breakpoint condition of DR3 met"),
    BLD(11, "Bus lock detected"),
    ENABLED_BREAKPOINT(12, "At least one data or I/O breakpoint that was met is enabled in DR7"),
    BS(14, "Single step"),
    RTM(16, "A debug exception occurred inside an RTM region");

    private final BitRange range;
    private final String title;

    PendingDebug(int bit, String title) {
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
