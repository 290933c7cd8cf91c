/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.walk.WalkObserver.Stage;
import org.exitpoint.mmu.walk.WalkResult.Outcome;

/**
 * Translation by walking, in one stage or two (SDM vol. 3, "Paging" and "The Extended Page Table Mechanism (EPT)").
 *
 * <p>Order under EPT, from "Prioritization of EPT Misconfigurations and EPT Violations": each access to a guest table
 * translates first; the guest's own checks come next, and its page fault wins over an EPT violation of the final
 * address; the guest's accessed and dirty flags are written before the final address is looked at.
 *
 * <p>Reused from translation to translation; the details of the last one are readable until the next. Machine's thread
 * only; allocates nothing.
 */
public final class AddressTranslation {
    private final PageWalk linearWalk;
    private final PageWalk eptWalk;
    private final WalkResult linearResult = new WalkResult();
    private final WalkResult eptResult = new WalkResult();
    private final TranslationFault fault = new TranslationFault();
    private final GuestPhysicalCache cache;
    private final TableSpace guestTables = this::resolveTable;
    private TranslationContext context;
    private long guestPhysical;
    private int guestShift;
    private int pageShift;
    private int permissions;
    private int secondShift;
    private int secondPermissions;
    private boolean global;

    private AddressTranslation(PhysicalMemory memory, boolean sideEffects, WalkObserver observer,
            GuestPhysicalCache cache) {
        linearWalk = new PageWalk(memory, Stage.LINEAR, sideEffects, observer);
        eptWalk = new PageWalk(memory, Stage.GUEST_PHYSICAL, sideEffects, observer);
        this.cache = cache;
    }

    /** A processor's translation: sets accessed and dirty flags, uses and fills a cache of guest-physical mappings. */
    public static AddressTranslation ofProcessor(PhysicalMemory memory, GuestPhysicalCache cache) {
        return new AddressTranslation(memory, true, null, cache);
    }

    /** A translation from the tables as they stand in memory, without any effect. The observer may be null. */
    public static AddressTranslation probe(PhysicalMemory memory, WalkObserver observer) {
        return new AddressTranslation(memory, false, observer, null);
    }

    /**
     * Translates a linear address.
     *
     * @param inContext how
     * @param linear    canonical, or with its upper half zero outside 64-bit mode
     * @param access    bits of {@link Access}
     * @return host-physical address, or a fault code of {@link TranslationFault}
     */
    public long linear(TranslationContext inContext, long linear, int access) {
        context = inContext;
        fault.clear(linear);
        permissions = Permission.ALL;
        global = false;
        guestPhysical = linear;
        guestShift = Integer.MAX_VALUE;
        if (context.mode() != PagingMode.NONE) {
            Outcome outcome = walkLinear(linear, access);
            if (outcome != Outcome.TRANSLATED) {
                return outcome == Outcome.TABLE_FAULT ? fault.code()
                        : fault.pageFault(outcome, access, context.reportsFetch());
            }
            guestPhysical = linearResult.address;
            guestShift = linearResult.pageShift;
            permissions = linearResult.permissions;
            global = linearResult.global && context.globalPages();
        }
        pageShift = guestShift;
        return context.usesEpt() ? translateFinal(access) : guestPhysical;
    }

    /**
     * Translates a guest-physical address that is no translation of a linear one, under EPT: the load of PDPTEs, for
     * example.
     *
     * @return host-physical address, or a fault code of {@link TranslationFault}
     */
    public long guestPhysical(TranslationContext inContext, long address, int access) {
        context = inContext;
        fault.clear(0);
        return second(address, access & (Access.READ | Access.WRITE | Access.FETCH), 0);
    }

    /** Details of the last translation if it failed. */
    public TranslationFault fault() {
        return fault;
    }

    /** The guest-physical address that the linear address translated to; the host-physical one without EPT. */
    public long guestPhysical() {
        return guestPhysical;
    }

    /** log2 of the size of the page by ordinary paging; 31 or more if there is none. */
    public int guestPageShift() {
        return guestShift;
    }

    /** log2 of the size of the page by both stages: the smaller. */
    public int pageShift() {
        return pageShift;
    }

    /** Permissions of both stages combined, {@link Permission#DIRTY} included. */
    public int permissions() {
        return permissions;
    }

    /** Whether the translation is global: its entry is marked so and CR4.PGE is set. */
    public boolean isGlobal() {
        return global;
    }

    /** The walk of ordinary paging, if there was one. */
    public WalkResult linearResult() {
        return linearResult;
    }

    /** The last walk of the EPT, if there was one: of the final address if that was reached. */
    public WalkResult eptResult() {
        return eptResult;
    }

    private Outcome walkLinear(long linear, int access) {
        long root = context.root(linear);
        if (root < 0) {
            return linearResult.end(Outcome.NOT_PRESENT);
        }
        return linearWalk.walk(context.format(), root, context.usesEpt() ? guestTables : null, linear, access,
                Permission.rights(access, context.controls()), linearResult);
    }

    private long translateFinal(int access) {
        long host = second(guestPhysical, access & (Access.READ | Access.WRITE | Access.FETCH),
                TranslationFault.QUALIFICATION_LINEAR_VALID | TranslationFault.QUALIFICATION_TRANSLATION);
        permissions &= secondPermissions;
        pageShift = Math.min(guestShift, secondShift);
        return host;
    }

    private long resolveTable(long address, boolean update) {
        boolean asWrite = update || context.usesEptAccessedDirty();
        return second(address, asWrite ? Access.READ | Access.WRITE : Access.READ,
                TranslationFault.QUALIFICATION_LINEAR_VALID);
    }

    private long second(long address, int access, int origin) {
        long rights = Permission.rights(access, 0);
        long cached = cache == null ? 0 : cache.find(address, rights);
        if (cached != 0) {
            secondShift = cache.pageShift(cached);
            secondPermissions = cache.permissions(cached);
            return cache.frame(cached) | address & (1L << secondShift) - 1;
        }
        Outcome outcome = eptWalk.walk(context.eptFormat(), context.ep4ta(), null, address, access, rights, eptResult);
        if (outcome != Outcome.TRANSLATED) {
            return outcome == Outcome.RESERVED ? fault.eptMisconfiguration(address)
                    : fault.eptViolation(address, access, eptResult.permissions, origin, permissions);
        }
        secondShift = eptResult.pageShift;
        secondPermissions = eptResult.permissions;
        if (cache != null) {
            cache.add(address, eptResult.address & -(1L << secondShift), secondShift, secondPermissions);
        }
        return eptResult.address;
    }
}
