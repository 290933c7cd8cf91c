/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu;

import java.util.Arrays;

import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.mmu.tlb.ArchitecturalTlb;
import org.exitpoint.mmu.tlb.FastTlb;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.tlb.MappingKind;
import org.exitpoint.mmu.tlb.TlbTag;
import org.exitpoint.mmu.walk.AddressTranslation;
import org.exitpoint.mmu.walk.GuestPhysicalCache;
import org.exitpoint.mmu.walk.PagingMode;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.mmu.walk.TranslationFault;

/**
 * The memory-management unit of one virtual processor: translates addresses as its current context says, through the
 * architectural TLB.
 *
 * <p>A cached mapping that allows an access serves it, however stale. One that does not is walked again before a fault
 * is raised, as processors do: so a first write through a clean page sets the dirty flag, and rights that software
 * widened without invalidation are found. The manual allows a fault there, and makes that fault invalidate the mapping.
 *
 * <p>Changing the context invalidates nothing: callers do, by {@link #invalidate}, as {@link InvalidationRule} says.
 * Faults invalidate by themselves. Machine's thread only; translation allocates nothing once a tag is known.
 */
public final class Mmu implements AutoCloseable {
    private static final int BANK_CLASSES = 3;

    private final TranslationContext context;
    private final ArchitecturalTlb tlb;
    private final FastTlb fastTlb;
    private final AddressTranslation translation;
    private final AddressTranslation probe;
    private int seenTagVersion;
    private boolean contextChanged;
    private final int[] banks = new int[BANK_CLASSES];
    private int localTag;
    private int globalTag;
    private int guestPhysicalTag;

    /** An MMU with paging off and nothing cached. */
    public Mmu(FlatPhysicalMemory memory, PagingFeatures features) {
        context = new TranslationContext(features);
        fastTlb = new FastTlb(memory);
        memory.onFlagsAdded(fastTlb);
        tlb = new ArchitecturalTlb(fastTlb);
        translation = AddressTranslation.ofProcessor(memory, new GuestPhysicalMappings());
        probe = AddressTranslation.probe(memory, null);
        changed();
    }

    /** The current context. To be changed through this class only. */
    public TranslationContext context() {
        return context;
    }

    /** The architectural TLB. */
    public ArchitecturalTlb tlb() {
        return tlb;
    }

    /** The fast TLB. */
    public FastTlb fastTlb() {
        return fastTlb;
    }

    /** Sets the control registers and IA32_EFER; see {@link TranslationContext#controls}. */
    public void controls(long cr0, long cr3, long cr4, long efer) {
        context.controls(cr0, cr3, cr4, efer);
        changed();
    }

    /** Sets the PDPTE registers. */
    public void pdptes(long pdpte0, long pdpte1, long pdpte2, long pdpte3) {
        context.pdptes(pdpte0, pdpte1, pdpte2, pdpte3);
    }

    /** Sets VPID and EPT pointer; see {@link TranslationContext#virtualization}. */
    public void virtualization(int vpid, long eptPointer) {
        context.virtualization(vpid, eptPointer);
        changed();
    }

    /**
     * Translates a linear address for an access, with all effects: accessed and dirty flags, cached translations,
     * invalidations by faults.
     *
     * @param linear canonical in 64-bit mode, else at most 32 bits
     * @param access bits of {@link Access}; a read-modify-write is READ and WRITE
     * @return host-physical address, or a negative fault code with details in {@link #fault()}
     */
    public long translate(long linear, int access) {
        boolean paged = context.mode() != PagingMode.NONE;
        if (!paged && !context.usesEpt()) {
            return linear;
        }
        long mapping = paged ? findLinear(linear) : findGuestPhysical(linear);
        long rights = Permission.rights(access, paged ? context.controls() : 0);
        if (mapping != 0 && (rights >>> ArchitecturalTlb.permissions(mapping) & 1) != 0) {
            return ArchitecturalTlb.translate(mapping, linear);
        }
        return walk(linear, access, paged);
    }

    /**
     * Translates a guest-physical address that stands for no linear one, such as that of the PDPTEs; the identity
     * without EPT.
     *
     * @return host-physical address, or a negative fault code with details in {@link #fault()}
     */
    public long translateGuestPhysical(long address, int access) {
        if (!context.usesEpt()) {
            return address;
        }
        long host = translation.guestPhysical(context, address, access);
        if (host == TranslationFault.EPT_VIOLATION) {
            invalidate(InvalidationRule.EPT_VIOLATION, address);
        }
        return host;
    }

    /** Details of the last translation that failed. */
    public TranslationFault fault() {
        return translation.fault();
    }

    /**
     * Translates a linear address from the tables in memory, in any context, without effects: what a debugger asks.
     * What is cached does not count, so the answer can differ from {@link #translate}'s where software forgot to
     * invalidate.
     *
     * @return host-physical address, or a negative fault code with details in the result of {@link #lastProbe()}
     */
    public long probe(TranslationContext inContext, long linear, int access) {
        return probe.linear(inContext, linear, access);
    }

    /** Details of the last {@link #probe}. */
    public AddressTranslation lastProbe() {
        return probe;
    }

    /**
     * The mapping that is cached for a linear address in the current context, with no effect.
     *
     * @return a handle for the queries of {@link ArchitecturalTlb}, or 0
     */
    public long cached(long linear) {
        return context.mode() != PagingMode.NONE ? findLinear(linear) : findGuestPhysical(linear);
    }

    /**
     * The fast-TLB bank for accesses in the current context. Valid until the context changes.
     *
     * @param access bits of {@link Access}, of which only the mode counts
     * @return number of the bank; {@link FastTlb#address} gives what emitted code needs
     */
    public int bank(int access) {
        int mode = (access & Access.USER) != 0 ? 2
                : (access & (Access.AC_OVERRIDE | Access.IMPLICIT_SUPERVISOR)) == Access.AC_OVERRIDE ? 1 : 0;
        int bank = banks[mode];
        if (bank < 0) {
            bank = fastTlb.bank(context.mode() != PagingMode.NONE, context.vpid(), context.pcid(), context.ep4ta(),
                    context.controls(), access);
            banks[mode] = bank;
        }
        return bank;
    }

    /**
     * Enters the page of a linear address in the fast TLB, if it is cached architecturally and may be accessed in
     * place: what an engine does after {@link #translate} succeeded.
     *
     * @param access bits of {@link Access}, of which only the mode counts
     */
    public void fill(long linear, int access) {
        boolean paged = context.mode() != PagingMode.NONE;
        if (!paged && !context.usesEpt()) {
            fastTlb.install(bank(access), linear, linear, Permission.ALL, false);
            return;
        }
        long mapping = cached(linear);
        if (mapping != 0) {
            boolean global = paged && tlb.find(localTag, linear) == 0;
            fastTlb.install(bank(access), linear, ArchitecturalTlb.translate(mapping, linear),
                    ArchitecturalTlb.permissions(mapping), global);
        }
    }

    /**
     * Where an access can be done in place: looks in the fast TLB, and on a miss translates and fills it.
     *
     * @param linear canonical in 64-bit mode, else at most 32 bits
     * @param bytes  1 to 64
     * @param access bits of {@link Access}
     * @return the host address; 0 if the access crosses a page's end, faults, or concerns a page that must not be
     *         accessed in place, all of which {@link #translate} then tells apart
     */
    public long direct(long linear, int bytes, int access) {
        int tag = (access & Access.FETCH) != 0 ? FastTlb.OFFSET_FETCH
                : (access & Access.WRITE) != 0 ? FastTlb.OFFSET_WRITE : FastTlb.OFFSET_READ;
        long bank = fastTlb.address(bank(access));
        long host = FastTlb.lookup(bank, linear, tag, bytes);
        if (host != 0 || (linear & PhysicalMemory.PAGE_SIZE - 1) + bytes > PhysicalMemory.PAGE_SIZE
                || translate(linear, access) < 0) {
            return host;
        }
        fill(linear, access);
        return FastTlb.lookup(bank, linear, tag, bytes);
    }

    /** Invalidates by a rule, with the current VPID, PCID and EP4TA. */
    public void invalidate(InvalidationRule rule, long address) {
        invalidate(rule, context.vpid(), context.pcid(), context.ep4ta(), address);
    }

    /** Invalidates by a rule, with the operation's own VPID, PCID and EP4TA where it has them. */
    public void invalidate(InvalidationRule rule, int vpid, int pcid, long ep4ta, long address) {
        if (rule != InvalidationRule.NONE) {
            tlb.invalidate(rule, vpid, pcid, ep4ta, address);
        }
    }

    /** Writes the cached translations. The context is the processor's to save, and to set again. */
    public void save(StateWriter out) {
        tlb.save(out);
    }

    /** Reads what {@link #save} wrote. */
    public void restore(StateReader in) {
        tlb.restore(in);
    }

    @Override
    public void close() {
        tlb.close();
        fastTlb.close();
    }

    private long walk(long linear, int access, boolean paged) {
        long physical = translation.linear(context, linear, access);
        if (physical == TranslationFault.PAGE_FAULT) {
            invalidate(InvalidationRule.PAGE_FAULT, linear);
        } else if (physical == TranslationFault.EPT_VIOLATION) {
            invalidate(InvalidationRule.EPT_VIOLATION, translation.fault().guestPhysical());
            invalidate(InvalidationRule.EPT_VIOLATION_LINEAR, linear);
        } else if (physical >= 0 && paged) {
            cacheLinear(linear, physical);
        }
        return physical;
    }

    private void cacheLinear(long linear, long physical) {
        int shift = translation.pageShift();
        boolean global = translation.isGlobal();
        long before = findLinear(linear);
        if (before != 0 && (ArchitecturalTlb.pageShift(before) != shift
                || global != (tlb.find(localTag, linear) == 0))) {
            tlb.removeAddress(localTag, linear);
            refreshTags();
            tlb.removeAddress(globalTag, linear);
            refreshTags();
        }
        int index = global ? globalTag : localTag;
        TlbTag tag = index >= 0 ? tlb.tagAt(index)
                : new TlbTag(linearKind(), context.vpid(), global ? 0 : context.pcid(), global, context.ep4ta());
        long pageMask = -(1L << shift);
        tlb.insert(tag, linear, shift, translation.guestPageShift(), physical & pageMask,
                translation.guestPhysical() & pageMask, translation.permissions());
    }

    private long findLinear(long linear) {
        refreshTags();
        long mapping = tlb.find(localTag, linear);
        return mapping != 0 ? mapping : tlb.find(globalTag, linear);
    }

    private long findGuestPhysical(long address) {
        refreshTags();
        return tlb.find(guestPhysicalTag, address);
    }

    private void changed() {
        contextChanged = true;
        Arrays.fill(banks, -1);
    }

    private void refreshTags() {
        if (!contextChanged && seenTagVersion == tlb.tagVersion()) {
            return;
        }
        MappingKind kind = linearKind();
        localTag = tlb.tag(kind, context.vpid(), context.pcid(), false, context.ep4ta());
        globalTag = tlb.tag(kind, context.vpid(), 0, true, context.ep4ta());
        guestPhysicalTag = context.usesEpt() ? tlb.tag(MappingKind.GUEST_PHYSICAL, 0, 0, false, context.ep4ta()) : -1;
        contextChanged = false;
        seenTagVersion = tlb.tagVersion();
    }

    private MappingKind linearKind() {
        return context.usesEpt() ? MappingKind.COMBINED : MappingKind.LINEAR;
    }

    /** The guest-physical mappings of the current EP4TA, as the nested walk sees them. */
    private final class GuestPhysicalMappings implements GuestPhysicalCache {
        @Override
        public long find(long guestPhysical, long rights) {
            long mapping = findGuestPhysical(guestPhysical);
            return mapping != 0 && (rights >>> ArchitecturalTlb.permissions(mapping) & 1) != 0 ? mapping : 0;
        }

        @Override
        public long frame(long handle) {
            return ArchitecturalTlb.frame(handle);
        }

        @Override
        public int pageShift(long handle) {
            return ArchitecturalTlb.pageShift(handle);
        }

        @Override
        public int permissions(long handle) {
            return ArchitecturalTlb.permissions(handle);
        }

        @Override
        public void add(long guestPhysical, long frame, int pageShift, int permissions) {
            long before = findGuestPhysical(guestPhysical);
            if (before != 0 && ArchitecturalTlb.pageShift(before) != pageShift) {
                tlb.removeAddress(guestPhysicalTag, guestPhysical);
                refreshTags();
            }
            TlbTag tag = guestPhysicalTag >= 0 ? tlb.tagAt(guestPhysicalTag)
                    : new TlbTag(MappingKind.GUEST_PHYSICAL, 0, 0, false, context.ep4ta());
            tlb.insert(tag, guestPhysical, pageShift, pageShift, frame, guestPhysical & -(1L << pageShift),
                    permissions);
        }
    }
}
