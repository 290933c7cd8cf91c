/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

import org.exitpoint.mmu.format.PagingFormat.Builder;

/** 32-bit paging (SDM vol. 3, "32-Bit Paging"), with 40-bit addresses of 4-MByte pages (PSE-36). */
public final class Legacy32Format {
    private Legacy32Format() {
    }

    /**
     * The format.
     *
     * @param maxPhyAddr         physical-address width in bits, 32 to 52
     * @param pageSizeExtensions CR4.PSE: a page-directory entry may map a 4-MByte page
     */
    public static PagingFormat of(int maxPhyAddr, boolean pageSizeExtensions) {
        Builder b = OrdinaryEntry.describe(new Builder(2, Integer.BYTES, 10)).frames(PagingFormat.bits(31, 12));
        if (pageSizeExtensions) {
            int width = Math.min(40, maxPhyAddr);
            b.large(2, OrdinaryEntry.PAGE_SIZE, PagingFormat.bits(21, width - 19))
                    .highFrames(PagingFormat.bits(width - 20, 13), 32 - 13);
        }
        return b.build();
    }
}
