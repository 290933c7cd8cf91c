/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Fields of the MSR IA32_VMX_BASIC. */
@Sdm(section = "A.1", title = "Basic VMX Information")
public enum VmxBasic implements BitField {
    VMCS_REVISION_IDENTIFIER(0, 30, "VMCS revision identifier"),
    REGION_SIZE(32, 44, "Size of the VMXON region and of a VMCS region in bytes"),
    PHYSICAL_ADDRESS_WIDTH_32(48, "Addresses of VMX structures are limited to 32 bits"),
    DUAL_MONITOR(49, "Dual-monitor treatment of SMIs and SMM is supported"),
    MEMORY_TYPE(50, 53, "Memory type for VMX structures"),
    INS_OUTS_INFORMATION(54, "VM exits due to INS and OUTS report instruction information"),
    TRUE_CONTROLS(55, "Default1 controls may be 0 and the true capability MSRs exist"),
    NO_ERROR_CODE_CHECK(56, "VM entry can inject any hardware exception with or without error code"),
    NESTED_EXCEPTION(58, "Nested exceptions are supported");

    private final BitRange range;
    private final String title;

    VmxBasic(int bit, String title) {
        this(bit, bit, title);
    }

    VmxBasic(int low, int high, String title) {
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
