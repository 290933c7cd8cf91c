/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.Permission;

/**
 * Whose translations a bank of the fast TLB holds.
 *
 * @param paged      whether linear addresses go through ordinary paging
 * @param vpid       VPID
 * @param pcid       PCID
 * @param ep4ta      address of the EPT root table, or {@link #NO_EPT}
 * @param controls   CONTROL bits of {@link Permission}
 * @param accessBits of {@link Access}: the mode of the accesses that the bank serves, {@link Access#USER},
 *                   {@link Access#AC_OVERRIDE} or 0
 */
record FastContext(boolean paged, int vpid, int pcid, long ep4ta, int controls, int accessBits) {
    /** In place of an EP4TA: EPT is not in use. */
    static final long NO_EPT = -1;

    private static final int CONTROLS_SHIFT = 6;
    private static final int PCID_SHIFT = 9;
    private static final int VPID_SHIFT = 21;
    private static final long PAGED = 1L << 37;

    /** A context but for its EP4TA as a number, reduced so that contexts that may share a bank agree. */
    static long key(boolean paged, int vpid, int pcid, int controls, int access) {
        if (!paged) {
            return 0;
        }
        int mode = modeOf(access, controls);
        int effective = mode == Access.USER ? 0 : controls;
        return PAGED | (long) vpid << VPID_SHIFT | (long) pcid << PCID_SHIFT | (long) effective << CONTROLS_SHIFT
                | mode;
    }

    /** The context that a {@link #key} stands for. */
    static FastContext of(long key, long ep4ta) {
        return new FastContext((key & PAGED) != 0, (int) (key >>> VPID_SHIFT) & 0xFFFF,
                (int) (key >>> PCID_SHIFT) & 0xFFF, ep4ta, (int) (key >>> CONTROLS_SHIFT) & 7, (int) key & 0x3F);
    }

    /** The bits of an access that choose a bank. */
    static int modeOf(int access, int controls) {
        if ((access & Access.USER) != 0) {
            return Access.USER;
        }
        boolean override = (access & (Access.AC_OVERRIDE | Access.IMPLICIT_SUPERVISOR)) == Access.AC_OVERRIDE;
        return override && (controls & Permission.CONTROL_SMAP) != 0 ? Access.AC_OVERRIDE : 0;
    }

    /** Whether translations of this context come from mappings of a tag. */
    boolean uses(TlbTag tag) {
        return switch (tag.kind()) {
            case LINEAR -> paged && ep4ta == NO_EPT && tag.vpid() == vpid && (tag.global() || tag.pcid() == pcid);
            case COMBINED -> paged && ep4ta == tag.ep4ta() && tag.vpid() == vpid
                    && (tag.global() || tag.pcid() == pcid);
            case GUEST_PHYSICAL -> !paged && ep4ta == tag.ep4ta();
        };
    }
}
