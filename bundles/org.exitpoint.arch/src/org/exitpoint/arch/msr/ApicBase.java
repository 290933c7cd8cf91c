/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.msr;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Fields of the MSR IA32_APIC_BASE. */
@Sdm(section = "12.4.4", title = "Local APIC Status and Location")
public enum ApicBase implements BitField {
    BSP(8, "The processor is the bootstrap processor"),
    EXTD(10, "x2APIC mode"),
    EN(11, "The local APIC is enabled"),
    BASE(12, 51, "Physical address of the registers, divided by 4 KBytes");

    private final BitRange range;
    private final String title;

    ApicBase(int bit, String title) {
        this(bit, bit, title);
    }

    ApicBase(int low, int high, String title) {
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
}
