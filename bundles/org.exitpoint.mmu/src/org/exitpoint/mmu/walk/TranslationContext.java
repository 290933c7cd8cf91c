/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.mmu.format.EptFormat;
import org.exitpoint.mmu.format.Ia32eFormat;
import org.exitpoint.mmu.format.Legacy32Format;
import org.exitpoint.mmu.format.PaeFormat;
import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.format.PagingFormat;
import org.exitpoint.mmu.format.Permission;

/**
 * The processor state that decides how addresses translate: control registers, VPID, EPT pointer. Mutable and reused,
 * so that a VM entry allocates nothing.
 */
public final class TranslationContext {
    /** In place of an EPT pointer: EPT is not in use. */
    public static final long NO_EPT = -1;

    private static final long CR0_WP = Cr0.WP.mask();
    private static final long CR0_PG = Cr0.PG.mask();
    private static final long CR4_PSE = Cr4.PSE.mask();
    private static final long CR4_PAE = Cr4.PAE.mask();
    private static final long CR4_PGE = Cr4.PGE.mask();
    private static final long CR4_LA57 = Cr4.LA57.mask();
    private static final long CR4_PCIDE = Cr4.PCIDE.mask();
    private static final long CR4_SMEP = Cr4.SMEP.mask();
    private static final long CR4_SMAP = Cr4.SMAP.mask();
    private static final long EFER_LMA = Efer.LMA.mask();
    private static final long EFER_NXE = Efer.NXE.mask();
    private static final long PCID = 0xFFF;
    private static final long ROOT = 0x000F_FFFF_FFFF_F000L;
    private static final long ROOT_32 = 0xFFFF_F000L;

    private final PagingFeatures features;
    private final PagingFormat[] formats = new PagingFormat[PagingMode.values().length * 4];
    private final PagingFormat[] eptFormats = new PagingFormat[PagingFormat.MAX_LEVELS * 2 + 2];
    private final long[] pdptes = new long[4];
    private PagingMode mode = PagingMode.NONE;
    private PagingFormat format;
    private long root;
    private int controls;
    private boolean globalPages;
    private boolean fetchReported;
    private int pcid;
    private int vpid;
    private long eptPointer = NO_EPT;
    private long ep4ta = NO_EPT;
    private PagingFormat eptFormat;

    /** A context with paging off and no EPT. */
    public TranslationContext(PagingFeatures features) {
        this.features = features;
    }

    /** Takes another context's values, which must be of the same processor model. */
    public void copyFrom(TranslationContext other) {
        if (!features.equals(other.features)) {
            throw new IllegalArgumentException("contexts of different processor models");
        }
        mode = other.mode;
        format = other.format;
        root = other.root;
        controls = other.controls;
        globalPages = other.globalPages;
        fetchReported = other.fetchReported;
        pcid = other.pcid;
        System.arraycopy(other.pdptes, 0, pdptes, 0, pdptes.length);
        virtualization(other.vpid, other.eptPointer);
    }

    /** Sets the control registers and IA32_EFER, of which only the bits that concern translation count. */
    public void controls(long cr0, long cr3, long cr4, long efer) {
        boolean nxe = (efer & EFER_NXE) != 0;
        mode = mode(cr0, cr4, efer);
        controls = ((cr0 & CR0_WP) != 0 ? Permission.CONTROL_WP : 0)
                | ((cr4 & CR4_SMEP) != 0 ? Permission.CONTROL_SMEP : 0)
                | ((cr4 & CR4_SMAP) != 0 ? Permission.CONTROL_SMAP : 0);
        globalPages = (cr4 & CR4_PGE) != 0;
        fetchReported = (cr4 & CR4_SMEP) != 0 || (cr4 & CR4_PAE) != 0 && nxe;
        pcid = (cr4 & CR4_PCIDE) != 0 ? (int) (cr3 & PCID) : 0;
        root = cr3 & (mode == PagingMode.LEGACY_32 ? ROOT_32 : ROOT);
        format = format(nxe, (cr4 & CR4_PSE) != 0);
    }

    /** Sets the PDPTE registers that PAE paging starts from. */
    public void pdptes(long pdpte0, long pdpte1, long pdpte2, long pdpte3) {
        pdptes[0] = pdpte0;
        pdptes[1] = pdpte1;
        pdptes[2] = pdpte2;
        pdptes[3] = pdpte3;
    }

    /**
     * Sets what VMX adds.
     *
     * @param newVpid       current VPID; 0 in VMX root operation, outside VMX, and with "enable VPID" 0
     * @param newEptPointer the EPT pointer, or {@link #NO_EPT}
     */
    public void virtualization(int newVpid, long newEptPointer) {
        vpid = newVpid;
        if (newEptPointer == eptPointer) {
            return;
        }
        eptPointer = newEptPointer;
        if (newEptPointer == NO_EPT) {
            ep4ta = NO_EPT;
            eptFormat = null;
        } else {
            ep4ta = EptFormat.root(newEptPointer);
            eptFormat = eptFormat(EptFormat.levels(newEptPointer), usesEptAccessedDirty());
        }
    }

    /** What the processor model supports of paging. */
    public PagingFeatures features() {
        return features;
    }

    /** The paging mode. */
    public PagingMode mode() {
        return mode;
    }

    /** The CONTROL bits of {@link Permission} in force. */
    public int controls() {
        return controls;
    }

    /** Whether CR4.PGE enables global translations. */
    public boolean globalPages() {
        return globalPages;
    }

    /** Current PCID: 0 while CR4.PCIDE is 0. */
    public int pcid() {
        return pcid;
    }

    /** Current VPID. */
    public int vpid() {
        return vpid;
    }

    /** Whether EPT is in use. */
    public boolean usesEpt() {
        return eptFormat != null;
    }

    /** The EPT pointer, or {@link #NO_EPT}. */
    public long eptPointer() {
        return eptPointer;
    }

    /** Current EP4TA, the address of the EPT root table, or {@link #NO_EPT}. */
    public long ep4ta() {
        return ep4ta;
    }

    /** Format of the tables of ordinary paging; null with paging off. */
    public PagingFormat format() {
        return format;
    }

    /** Format of the EPT; null if not in use. */
    public PagingFormat eptFormat() {
        return eptFormat;
    }

    /** Whether the page-fault error code's I/D flag reports instruction fetches. */
    boolean reportsFetch() {
        return fetchReported;
    }

    /** Whether accessed and dirty flags for EPT are enabled. */
    boolean usesEptAccessedDirty() {
        return (eptPointer & EptFormat.EPTP_ACCESSED_DIRTY) != 0;
    }

    /** Address of the root table for a linear address; negative if the PDPTE that should hold it is not present. */
    long root(long linear) {
        if (mode != PagingMode.PAE) {
            return root;
        }
        long pdpte = pdptes[(int) (linear >>> 30 & 3)];
        return (pdpte & 1) != 0 ? pdpte & ROOT : -1;
    }

    private static PagingMode mode(long cr0, long cr4, long efer) {
        if ((cr0 & CR0_PG) == 0) {
            return PagingMode.NONE;
        }
        if ((efer & EFER_LMA) != 0) {
            return (cr4 & CR4_LA57) != 0 ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL;
        }
        return (cr4 & CR4_PAE) != 0 ? PagingMode.PAE : PagingMode.LEGACY_32;
    }

    private PagingFormat format(boolean nxe, boolean pse) {
        int key = mode.ordinal() << 2 | (nxe ? 2 : 0) | (pse ? 1 : 0);
        if (formats[key] == null && mode != PagingMode.NONE) {
            formats[key] = switch (mode) {
                case LEGACY_32 -> Legacy32Format.of(features.maxPhyAddr(), pse);
                case PAE -> PaeFormat.of(features.maxPhyAddr(), nxe);
                case FOUR_LEVEL -> Ia32eFormat.of(4, features.maxPhyAddr(), features.gigabytePages(), nxe);
                case FIVE_LEVEL -> Ia32eFormat.of(5, features.maxPhyAddr(), features.gigabytePages(), nxe);
                case NONE -> throw new AssertionError();
            };
        }
        return formats[key];
    }

    private PagingFormat eptFormat(int levels, boolean accessedDirty) {
        if (levels < 4 || levels > PagingFormat.MAX_LEVELS) {
            throw new IllegalArgumentException("VM entry checks let no EPT of %d levels pass".formatted(levels));
        }
        int key = levels << 1 | (accessedDirty ? 1 : 0);
        if (eptFormats[key] == null) {
            eptFormats[key] = EptFormat.of(levels, features.maxPhyAddr(), features.eptLargePages(),
                    features.eptExecuteOnly(), accessedDirty);
        }
        return eptFormats[key];
    }
}
