/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;

/**
 * Which operation invalidates which cached mappings: SDM vol. 3, "Operations that Invalidate TLBs and Paging-Structure
 * Caches" and "Operations That Invalidate Cached Mappings". What an operation need not invalidate, it does not.
 */
public enum InvalidationRule {
    /** Nothing: MOV to CR3 with bit 63 set and CR4.PCIDE, for example. */
    NONE(Kinds.NONE, Match.THIS, Match.THIS, Globals.KEPT, Match.THIS, Scope.ONE_ADDRESS),
    /** INVLPG, of the current VPID and PCID. */
    INVLPG(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.INVALIDATED, Match.ANY, Scope.ONE_ADDRESS),
    /** INVPCID type 0, with the descriptor's PCID. */
    INVPCID_INDIVIDUAL_ADDRESS(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.KEPT, Match.ANY,
            Scope.ONE_ADDRESS),
    /** INVPCID type 1, with the descriptor's PCID. */
    INVPCID_SINGLE_CONTEXT(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.KEPT, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** INVPCID type 2. */
    INVPCID_ALL_CONTEXTS_AND_GLOBALS(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** INVPCID type 3. */
    INVPCID_ALL_CONTEXTS(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.KEPT, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** MOV to CR0 that clears PG. */
    MOV_TO_CR0_PG(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** MOV to CR3, with the new PCID (0 without CR4.PCIDE), and a task switch that changes CR3. */
    MOV_TO_CR3(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.KEPT, Match.ANY, Scope.ALL_ADDRESSES),
    /** MOV to CR4 that changes PGE, or clears PCIDE. */
    MOV_TO_CR4_ALL(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** MOV to CR4 that changes PAE, or sets SMEP. Global translations may be used with the PCID, so they go too. */
    MOV_TO_CR4_CURRENT_PCID(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** A page fault, for its linear address. */
    PAGE_FAULT(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.THIS, Globals.INVALIDATED, Match.ANY, Scope.ONE_ADDRESS),
    /** VM entry or VM exit while "enable VPID" is 0. */
    VM_TRANSITION_WITHOUT_VPID(Kinds.LINEAR_AND_COMBINED, Match.ZERO, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** An EPT violation, for its guest-physical address. */
    EPT_VIOLATION(Kinds.GUEST_PHYSICAL, Match.ANY, Match.ANY, Globals.INVALIDATED, Match.THIS, Scope.ONE_ADDRESS),
    /** An EPT violation met while a linear address was used, for that address. */
    EPT_VIOLATION_LINEAR(Kinds.COMBINED, Match.THIS, Match.THIS, Globals.INVALIDATED, Match.THIS, Scope.ONE_ADDRESS),
    /** INVVPID type 0, with the descriptor's VPID. */
    INVVPID_INDIVIDUAL_ADDRESS(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ONE_ADDRESS),
    /** INVVPID type 1, with the descriptor's VPID. */
    INVVPID_SINGLE_CONTEXT(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** INVVPID type 2: all VPIDs but 0000H. */
    INVVPID_ALL_CONTEXTS(Kinds.LINEAR_AND_COMBINED, Match.NOT_ZERO, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** INVVPID type 3, with the descriptor's VPID. */
    INVVPID_SINGLE_CONTEXT_RETAINING_GLOBALS(Kinds.LINEAR_AND_COMBINED, Match.THIS, Match.ANY, Globals.KEPT, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** INVEPT type 1, with bits 51:12 of the descriptor's EPT pointer. */
    INVEPT_SINGLE_CONTEXT(Kinds.THROUGH_EPT, Match.ANY, Match.ANY, Globals.INVALIDATED, Match.THIS,
            Scope.ALL_ADDRESSES),
    /** INVEPT type 2. */
    INVEPT_ALL_CONTEXTS(Kinds.THROUGH_EPT, Match.ANY, Match.ANY, Globals.INVALIDATED, Match.ANY,
            Scope.ALL_ADDRESSES),
    /** Power-up and RESET; INIT invalidates nothing. */
    RESET(Kinds.ALL, Match.ANY, Match.ANY, Globals.INVALIDATED, Match.ANY, Scope.ALL_ADDRESSES);

    private static final long CR0_PG = Cr0.PG.mask();
    private static final long CR3_RETAIN = 1L << 63;
    private static final long CR4_PAE = Cr4.PAE.mask();
    private static final long CR4_PGE = Cr4.PGE.mask();
    private static final long CR4_PCIDE = Cr4.PCIDE.mask();
    private static final long CR4_SMEP = Cr4.SMEP.mask();

    private final int kinds;
    private final Match vpid;
    private final Match pcid;
    private final Globals globals;
    private final Match ep4ta;
    private final Scope scope;

    InvalidationRule(int kinds, Match vpid, Match pcid, Globals globals, Match ep4ta, Scope scope) {
        this.kinds = kinds;
        this.vpid = vpid;
        this.pcid = pcid;
        this.globals = globals;
        this.ep4ta = ep4ta;
        this.scope = scope;
    }

    /** What MOV to CR0 calls for. */
    public static InvalidationRule ofMovToCr0(long before, long after) {
        return (before & ~after & CR0_PG) != 0 ? MOV_TO_CR0_PG : NONE;
    }

    /** What MOV to CR3 calls for, by its source operand. */
    public static InvalidationRule ofMovToCr3(long source, long cr4) {
        return (source & CR3_RETAIN) != 0 && (cr4 & CR4_PCIDE) != 0 ? NONE : MOV_TO_CR3;
    }

    /** What MOV to CR4 calls for. */
    public static InvalidationRule ofMovToCr4(long before, long after) {
        if (((before ^ after) & CR4_PGE) != 0 || (before & ~after & CR4_PCIDE) != 0) {
            return MOV_TO_CR4_ALL;
        }
        return ((before ^ after) & CR4_PAE) != 0 || (after & ~before & CR4_SMEP) != 0 ? MOV_TO_CR4_CURRENT_PCID : NONE;
    }

    /** Whether only mappings of one address go. */
    public boolean isForOneAddress() {
        return scope == Scope.ONE_ADDRESS;
    }

    /**
     * Whether mappings of a tag go.
     *
     * @param thisVpid  the operation's VPID
     * @param thisPcid  the operation's PCID
     * @param thisEp4ta the operation's EP4TA
     */
    public boolean concerns(TlbTag tag, int thisVpid, int thisPcid, long thisEp4ta) {
        if ((kinds & 1 << tag.kind().ordinal()) == 0) {
            return false;
        }
        if (tag.kind() == MappingKind.GUEST_PHYSICAL) {
            return ep4ta.matches(tag.ep4ta(), thisEp4ta);
        }
        boolean context = tag.global() ? globals == Globals.INVALIDATED : pcid.matches(tag.pcid(), thisPcid);
        return context && vpid.matches(tag.vpid(), thisVpid)
                && (tag.kind() == MappingKind.LINEAR || ep4ta.matches(tag.ep4ta(), thisEp4ta));
    }

    private enum Match {
        THIS, ANY, ZERO, NOT_ZERO;

        boolean matches(long value, long of) {
            return switch (this) {
                case THIS -> value == of;
                case ANY -> true;
                case ZERO -> value == 0;
                case NOT_ZERO -> value != 0;
            };
        }
    }

    private enum Globals {
        KEPT, INVALIDATED
    }

    private enum Scope {
        ONE_ADDRESS, ALL_ADDRESSES
    }

    private static final class Kinds {
        static final int NONE = 0;
        static final int GUEST_PHYSICAL = 1 << MappingKind.GUEST_PHYSICAL.ordinal();
        static final int COMBINED = 1 << MappingKind.COMBINED.ordinal();
        static final int LINEAR_AND_COMBINED = 1 << MappingKind.LINEAR.ordinal() | COMBINED;
        static final int THROUGH_EPT = GUEST_PHYSICAL | COMBINED;
        static final int ALL = LINEAR_AND_COMBINED | GUEST_PHYSICAL;
    }
}
