/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of VM-entry failures due to invalid guest state.
 *
 * @param cause the number, one of the constants here
 */
@Sdm(section = "28.8", title = "VM-Entry Failures During or After Loading Guest State")
public record EntryFailure(long cause) implements ExitQualification {
    /** Any check that has no number of its own. */
    public static final long OTHER = 0;
    /** Loading the PDPTEs failed. */
    public static final long PDPTE = 2;
    /** An NMI was to be injected while events were blocked by STI. */
    public static final long NMI_INJECTION = 3;
    /** The VMCS link pointer is invalid. */
    public static final long LINK_POINTER = 4;

    static EntryFailure decode(long value) {
        return new EntryFailure(value);
    }

    @Override
    public long encode() {
        return cause;
    }

    @Override
    public String inWords() {
        if (cause == PDPTE) {
            return "PDPTE loading failed";
        }
        if (cause == NMI_INJECTION) {
            return "NMI injection while events are blocked by STI";
        }
        return cause == LINK_POINTER ? "invalid VMCS link pointer"
                : cause == OTHER ? "" : "reserved value " + Long.toUnsignedString(cause);
    }
}
