/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of the error code of #PF. */
@Sdm(section = "5.7", title = "Page-Fault Exceptions")
public enum PageFaultErrorCode implements BitField {
    P(0, "The fault was caused by a page-level protection violation (0: by a non-present page)"),
    W_R(1, "The access was a write"),
    U_S(2, "A user-mode access caused the fault"),
    RSVD(3, "A reserved bit was 1 in a paging-structure entry"),
    I_D(4, "The access was an instruction fetch"),
    PK(5, "There was a protection-key violation"),
    SS(6, "The access was a shadow-stack access"),
    HLAT(7, "The fault occurred during HLAT paging"),
    SGX(15, "The fault resulted from violation of SGX-specific access-control requirements");

    private final BitRange range;
    private final String title;

    PageFaultErrorCode(int bit, String title) {
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
