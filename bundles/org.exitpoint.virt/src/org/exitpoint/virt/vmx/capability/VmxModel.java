/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.capability;

import org.exitpoint.arch.Cr4;
import org.exitpoint.cpu.core.ProcessorFeatures;
import org.exitpoint.cpu.msr.MsrTable;
import org.exitpoint.cpu.system.Cr4Features;
import org.exitpoint.mmu.format.PagingFeatures;

/**
 * What of a processor model bears on VMX.
 *
 * @param paging paging features, EPT's among them
 * @param cr4 bits of CR4 that the model has, VMXE or not
 * @param efer bits of IA32_EFER that the model has
 * @param debugCtl bits of IA32_DEBUGCTL that may be 1
 */
public record VmxModel(PagingFeatures paging, long cr4, long efer, long debugCtl) {
    private static final int WIDTH_4_LEVEL = 48;
    private static final int WIDTH_5_LEVEL = 57;

    /** What bears on VMX of a processor with these features. */
    public static VmxModel of(ProcessorFeatures features, PagingFeatures paging) {
        return new VmxModel(paging, new Cr4Features(features).mask(), MsrTable.eferMask(features),
                MsrTable.DEBUGCTL_DEFINED);
    }

    /** Physical-address width in bits. */
    public int physicalAddressBits() {
        return paging.maxPhyAddr();
    }

    /** Width of linear addresses in bits. */
    public int linearAddressBits() {
        return Cr4.LA57.isSet(cr4) ? WIDTH_5_LEVEL : WIDTH_4_LEVEL;
    }

    /** Whether an address sets no bit beyond the physical-address width. */
    public boolean isPhysical(long address) {
        return address >>> physicalAddressBits() == 0;
    }

    /** Whether an address is canonical for the model's width of linear addresses. */
    public boolean isCanonical(long address) {
        int unused = Long.SIZE - linearAddressBits();
        return address << unused >> unused == address;
    }
}
