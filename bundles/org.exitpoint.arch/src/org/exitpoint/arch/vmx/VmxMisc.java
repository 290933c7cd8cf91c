/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Fields of the MSR IA32_VMX_MISC. */
@Sdm(section = "A.6", title = "Miscellaneous Data")
public enum VmxMisc implements BitField {
    PREEMPTION_TIMER_SHIFT(0, 4,
            "The VMX-preemption timer counts down when this bit of the time-stamp counter changes"),
    STORES_LMA(5, "VM exits store IA32_EFER.LMA into \"IA-32e mode guest\""),
    ACTIVITY_HLT(6, "Activity state HLT is supported"),
    ACTIVITY_SHUTDOWN(7, "Activity state shutdown is supported"),
    ACTIVITY_WAIT_FOR_SIPI(8, "Activity state wait-for-SIPI is supported"),
    INTEL_PT(14, "Intel PT can be used in VMX operation"),
    RDMSR_SMBASE(15, "RDMSR can read IA32_SMBASE in SMM"),
    CR3_TARGET_COUNT(16, 24, "Number of CR3-target values"),
    MAX_MSR_LIST(25, 27, "The recommended maximum of each MSR list is 512 times one more than this"),
    SMM_MONITOR_CTL_BIT_2(28, "Bit 2 of IA32_SMM_MONITOR_CTL can be 1"),
    VMWRITE_EXIT_INFORMATION(29, "VMWRITE can write any supported field, VM-exit information included"),
    ZERO_LENGTH_INJECTION(30, "Software events can be injected with instruction length 0"),
    MSEG_REVISION_IDENTIFIER(32, 63, "MSEG revision identifier");

    private final BitRange range;
    private final String title;

    VmxMisc(int bit, String title) {
        this(bit, bit, title);
    }

    VmxMisc(int low, int high, String title) {
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
