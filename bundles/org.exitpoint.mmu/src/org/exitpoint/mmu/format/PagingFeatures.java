/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

/**
 * What a processor model supports of paging, as its CPUID leaves and IA32_VMX_EPT_VPID_CAP report it.
 *
 * @param maxPhyAddr     physical-address width in bits, 32 to 52
 * @param gigabytePages  1-GByte pages in 4-level paging
 * @param eptLargePages  the highest EPT level whose entries may map pages: 1 (4 KBytes), 2 (2 MBytes), 3 (1 GByte)
 * @param eptExecuteOnly EPT entries may permit execution without reading
 */
public record PagingFeatures(int maxPhyAddr, boolean gigabytePages, int eptLargePages, boolean eptExecuteOnly) {
    /** Checks the ranges. */
    public PagingFeatures {
        if (maxPhyAddr < 32 || maxPhyAddr > 52) {
            throw new IllegalArgumentException("MAXPHYADDR is 32 to 52 bits, not " + maxPhyAddr);
        }
        if (eptLargePages < 1 || eptLargePages > 3) {
            throw new IllegalArgumentException("EPT levels that map pages end at 1, 2 or 3, not " + eptLargePages);
        }
    }
}
