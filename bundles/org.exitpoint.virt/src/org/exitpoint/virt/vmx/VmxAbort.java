/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;

/** Why a VM exit cannot be completed; the number is left in the VMCS region. */
@Sdm(section = "29.7", title = "VMX Aborts")
enum VmxAbort {
    SAVING_GUEST_MSRS(1, "saving guest MSRs failed"),
    HOST_PDPTES(2, "a page-directory-pointer-table entry of the host is invalid"),
    LOADING_HOST_MSRS(4, "loading host MSRs failed");

    private final int indicator;
    private final String cause;

    VmxAbort(int indicator, String cause) {
        this.indicator = indicator;
        this.cause = cause;
    }

    /** The VMX-abort indicator. */
    int indicator() {
        return indicator;
    }

    /** What failed. */
    String cause() {
        return "VMX abort " + indicator + ": " + cause;
    }
}
