/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.msr;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Bits of the MSR IA32_FEATURE_CONTROL. */
@Sdm(section = "25.7", title = "Enabling and Entering VMX Operation")
public enum FeatureControl implements BitField {
    LOCK(0, "The MSR is locked until reset"),
    VMX_IN_SMX(1, "VMXON is enabled in SMX operation"),
    VMX_OUTSIDE_SMX(2, "VMXON is enabled outside SMX operation"),
    SENTER_LOCAL(8, 14, "Enable bits of GETSEC[SENTER] functions"),
    SENTER_GLOBAL(15, "GETSEC[SENTER] is enabled"),
    SGX_LAUNCH_CONTROL(17, "The SGX launch enclave key can be changed"),
    SGX(18, "SGX is enabled"),
    LMCE(20, "Local machine checks are enabled");

    private final BitRange range;
    private final String title;

    FeatureControl(int bit, String title) {
        this(bit, bit, title);
    }

    FeatureControl(int low, int high, String title) {
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
