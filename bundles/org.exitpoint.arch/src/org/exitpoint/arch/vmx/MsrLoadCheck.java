/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import org.exitpoint.arch.Sdm;

/**
 * The checks on each entry of the VM-entry MSR-load list; failure is a VM exit with reason 34, whose qualification is
 * the entry's number, counted from 1.
 */
@Sdm(section = "28.4", title = "Loading MSRs")
public enum MsrLoadCheck implements EntryCheckDescriptor {
    MSR_ENTRY_FS_BASE("The MSR must not be IA32_FS_BASE.", "Use the guest-state area."),
    MSR_ENTRY_GS_BASE("The MSR must not be IA32_GS_BASE.", "Use the guest-state area."),
    MSR_ENTRY_X2APIC(
            "The MSR must not be an x2APIC register (bits 31:8 of the index equal to 000008H) while the local APIC "
                    + "is in x2APIC mode.", "Remove the entry."),
    MSR_ENTRY_SMM_ONLY(
            "The MSR must not be one that can be written in SMM only (IA32_SMM_MONITOR_CTL, IA32_SMBASE), unless in "
                    + "SMM.", "Remove the entry."),
    MSR_ENTRY_MODEL_SPECIFIC("The MSR must be one that this processor lets VM entry load.", "Remove the entry."),
    MSR_ENTRY_RESERVED_BITS("Bits 63:32 of the entry must be 0.", "Clear bits 63:32 of the entry's first 8 bytes."),
    MSR_ENTRY_VALUE("WRMSR of the value to the MSR at privilege level 0 must not cause a general-protection exception.",
            "Write a value that WRMSR accepts.");

    private final EntryCheckText text;

    MsrLoadCheck(String rule, String remedy) {
        this.text = new EntryCheckText(EntryCheckSection.MSR_LOADING, rule, remedy, List.of());
    }

    @Override
    public EntryCheckText text() {
        return text;
    }

    @Override
    public Consequence consequence() {
        return Consequence.MSR_LOADING;
    }
}
