/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.msr;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Bits of the MSR IA32_DEBUGCTL. */
@Sdm(section = "19.4.1", title = "IA32_DEBUGCTL MSR")
public enum DebugCtl implements BitField {
    LBR(0, "Record last branches"),
    BTF(1, "Single-step on branches"),
    BLD(2, "Bus-lock debug exceptions"),
    TR(6, "Send branch trace messages"),
    BTS(7, "Store branch trace messages"),
    BTINT(8, "Interrupt when the branch trace store is full"),
    BTS_OFF_OS(9, "No branch trace store at privilege level 0"),
    BTS_OFF_USR(10, "No branch trace store at privilege levels above 0"),
    FREEZE_LBRS_ON_PMI(11, "Freeze last branch records on a performance-monitoring interrupt"),
    FREEZE_PERFMON_ON_PMI(12, "Freeze counters on a performance-monitoring interrupt"),
    ENABLE_UNCORE_PMI(13, "Uncore counters can interrupt"),
    FREEZE_WHILE_SMM(14, "Freeze counters and tracing in SMM"),
    RTM(15, "Debug exceptions inside RTM regions");

    private final BitRange range;
    private final String title;

    DebugCtl(int bit, String title) {
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
