/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

import org.exitpoint.mmu.format.PagingFormat.Builder;

/**
 * PAE paging (SDM vol. 3, "PAE Paging"): the two levels below the page-directory-pointer-table entries, which are
 * registers, loaded and checked with CR3.
 */
public final class PaeFormat {
    private PaeFormat() {
    }

    /** The format; parameters as for {@link Ia32eFormat#of}. */
    public static PagingFormat of(int maxPhyAddr, boolean executeDisable) {
        return Ia32eFormat.longEntries(new Builder(2, Long.BYTES, 9), maxPhyAddr, executeDisable)
                .reserved(PagingFormat.bits(62, 52))
                .build();
    }

    /** The bits that must be 0 in a present PDPTE when it is loaded. */
    public static long reservedInPdpte(int maxPhyAddr) {
        return PagingFormat.bits(63, maxPhyAddr) | PagingFormat.bits(8, 5) | PagingFormat.bits(2, 1);
    }
}
