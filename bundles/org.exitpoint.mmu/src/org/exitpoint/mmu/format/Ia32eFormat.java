/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

import org.exitpoint.mmu.format.PagingFormat.Builder;

/**
 * 4-level and 5-level paging (SDM vol. 3, "4-Level Paging and 5-Level Paging").
 */
public final class Ia32eFormat {
    private Ia32eFormat() {
    }

    /**
     * The format.
     *
     * @param levels         4 or 5
     * @param maxPhyAddr     physical-address width in bits, 32 to 52
     * @param gigabytePages  whether CPUID reports 1-GByte pages
     * @param executeDisable IA32_EFER.NXE: bit 63 is execute-disable rather than reserved
     */
    public static PagingFormat of(int levels, int maxPhyAddr, boolean gigabytePages, boolean executeDisable) {
        Builder b = longEntries(new Builder(levels, Long.BYTES, 9), maxPhyAddr, executeDisable)
                .reservedInTable(4, OrdinaryEntry.PAGE_SIZE)
                .reservedInTable(5, OrdinaryEntry.PAGE_SIZE);
        if (gigabytePages) {
            b.large(3, OrdinaryEntry.PAGE_SIZE, PagingFormat.bits(29, 13));
        } else {
            b.reservedInTable(3, OrdinaryEntry.PAGE_SIZE);
        }
        return b.build();
    }

    /** What PAE paging and 4-level paging share: 8-byte entries with 4-KByte and 2-MByte pages. */
    static Builder longEntries(Builder b, int maxPhyAddr, boolean executeDisable) {
        OrdinaryEntry.describe(b)
                .frames(PagingFormat.bits(maxPhyAddr - 1, 12))
                .reserved(PagingFormat.bits(51, maxPhyAddr))
                .large(2, OrdinaryEntry.PAGE_SIZE, PagingFormat.bits(20, 13));
        return executeDisable ? b.permissions(OrdinaryEntry.GRANTED & ~Permission.EXECUTE, Permission.WRITE,
                OrdinaryEntry.USER, 1).executeDisable() : b.reserved(1L << 63);
    }
}
