/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.PageFaultErrorCode;
import org.exitpoint.arch.vmx.ExitQualification;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.inspect.WalkStep;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.tlb.ArchitecturalTlb;
import org.exitpoint.mmu.walk.AddressTranslation;
import org.exitpoint.mmu.walk.PagingMode;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.mmu.walk.TranslationFault;
import org.exitpoint.mmu.walk.WalkObserver.Stage;

/** Walks tables for people: each entry on the way, and what comes of it. Machine's thread only. */
public final class WalkReporter {
    private static final long PRESENT = 1;
    private static final int USER_CPL = 3;
    private static final int LARGEST_PAGE_SHIFT = 30;

    private final ContextInspector contexts;

    /** A reporter of walks. */
    public WalkReporter(ContextInspector contexts) {
        this.contexts = contexts;
    }

    /** Walks for a linear or guest-physical address. */
    public PageWalkReport walk(Address address, AccessKind kind) {
        return switch (address.space()) {
            case Space.Linear linear -> linear(address, linear, kind);
            case Space.GuestPhysical physical -> guestPhysical(address, physical, kind);
            case Space.HostPhysical _ -> throw new SessionException("host-physical addresses are not translated");
            case Space.Io _ -> throw new SessionException("this machine has no IOMMU");
        };
    }

    private PageWalkReport linear(Address address, Space.Linear space, AccessKind kind) {
        TranslationContext context = contexts.translation(space.context(), space.cr3());
        if (!MemoryAccess.isCanonical(address.offset(), context)) {
            return failed(address, List.of(), "not a canonical address: an access causes #GP or #SS");
        }
        List<WalkStep> steps = new ArrayList<>();
        AddressTranslation probe = probe(space.context(), context, steps);
        ContextState state = contexts.state(space.context());
        boolean user = (state.value("SS.rights") >>> 5 & 3) == USER_CPL;
        long host = probe.linear(context, address.offset(), access(kind) | (user ? Access.USER : 0));
        if (host < 0) {
            OptionalLong reached = host == TranslationFault.PAGE_FAULT ? OptionalLong.empty()
                    : OptionalLong.of(probe.fault().guestPhysical());
            return new PageWalkReport(address, steps, reached, OptionalLong.empty(), 0, fault(probe.fault(), host),
                    cached(space, address.offset()));
        }
        OptionalLong physical = context.usesEpt() ? OptionalLong.of(probe.guestPhysical()) : OptionalLong.empty();
        boolean paged = probe.pageShift() <= LARGEST_PAGE_SHIFT;
        return new PageWalkReport(address, steps, physical, OptionalLong.of(host),
                paged ? 1L << probe.pageShift() : 0, translated(host, probe.pageShift(), paged),
                cached(space, address.offset()));
    }

    private PageWalkReport guestPhysical(Address address, Space.GuestPhysical space, AccessKind kind) {
        TranslationContext context = contexts.translation(space.guest(), OptionalLong.empty());
        if (!context.usesEpt()) {
            return new PageWalkReport(address, List.of(), OptionalLong.of(address.offset()),
                    OptionalLong.of(address.offset()), 0, "EPT is not in use: the host-physical address is the same",
                    OptionalLong.empty());
        }
        List<WalkStep> steps = new ArrayList<>();
        AddressTranslation probe = probe(space.guest(), context, steps);
        long host = probe.guestPhysical(context, address.offset(), access(kind));
        if (host < 0) {
            return failed(address, steps, fault(probe.fault(), host));
        }
        int shift = probe.eptResult().pageShift();
        return new PageWalkReport(address, steps, OptionalLong.of(address.offset()), OptionalLong.of(host),
                1L << shift, translated(host, shift, true), OptionalLong.empty());
    }

    private static PageWalkReport failed(Address address, List<WalkStep> steps, String outcome) {
        return new PageWalkReport(address, steps, OptionalLong.empty(), OptionalLong.empty(), 0, outcome,
                OptionalLong.empty());
    }

    private AddressTranslation probe(ContextId owner, TranslationContext context, List<WalkStep> steps) {
        Space tables = context.usesEpt() && owner instanceof ContextId.Guest guest ? new Space.GuestPhysical(guest)
                : new Space.HostPhysical();
        return AddressTranslation.probe(contexts.core(owner).physical(), (stage, level, at, host, entry) -> {
            boolean nested = stage == Stage.GUEST_PHYSICAL;
            Space space = nested ? new Space.HostPhysical() : tables;
            steps.add(new WalkStep(structure(context.mode(), nested, level), level, nested, new Address(space, at),
                    host, entry, nested ? eptWords(entry) : words(entry)));
        });
    }

    private OptionalLong cached(Space.Linear space, long linear) {
        Core core = contexts.core(space.context());
        if (space.cr3().isPresent() || !contexts.contexts().current(core.index()).equals(space.context())) {
            return OptionalLong.empty();
        }
        long mapping = core.mmu().cached(linear);
        return mapping == 0 ? OptionalLong.empty() : OptionalLong.of(ArchitecturalTlb.translate(mapping, linear));
    }

    private static int access(AccessKind kind) {
        return switch (kind) {
            case READ -> Access.READ;
            case WRITE -> Access.WRITE;
            case FETCH -> Access.FETCH;
        };
    }

    private static String translated(long host, int shift, boolean paged) {
        String size = !paged ? "paging is off"
                : shift >= 30 ? "1-GByte page" : shift >= 20 ? (1 << shift - 20) + "-MByte page" : "4-KByte page";
        return String.format(Locale.ROOT, "hpa:0x%x, %s", host, size);
    }

    private static String fault(TranslationFault fault, long code) {
        if (code == TranslationFault.PAGE_FAULT) {
            return String.format(Locale.ROOT, "#PF, error code 0x%x (%s)", fault.errorCode(),
                    BitField.describe(PageFaultErrorCode.values(), fault.errorCode()));
        }
        if (code == TranslationFault.EPT_MISCONFIGURATION) {
            return String.format(Locale.ROOT, "EPT misconfiguration at guest-physical 0x%x", fault.guestPhysical());
        }
        return String.format(Locale.ROOT, "EPT violation at guest-physical 0x%x: %s", fault.guestPhysical(),
                ExitQualification.decode(ExitReason.EPT_VIOLATION, fault.qualification()).inWords());
    }

    private static String structure(PagingMode mode, boolean nested, int level) {
        String name = switch (level) {
            case 5 -> "PML5E";
            case 4 -> "PML4E";
            case 3 -> "PDPTE";
            case 2 -> "PDE";
            default -> "PTE";
        };
        return nested ? "EPT " + name : mode == PagingMode.NONE ? "" : name;
    }

    /** The flags that all formats of ordinary paging share, in the manual's letters. */
    private static String words(long entry) {
        if ((entry & PRESENT) == 0) {
            return "not present";
        }
        return ((entry & 2) != 0 ? "R/W" : "R") + ((entry & 4) != 0 ? " U" : " S") + ((entry & 1 << 5) != 0 ? " A" : "")
                + ((entry & 1 << 6) != 0 ? " D" : "") + ((entry & 1 << 7) != 0 ? " PS/PAT" : "")
                + ((entry & 1 << 8) != 0 ? " G" : "") + (entry < 0 ? " XD" : "");
    }

    private static String eptWords(long entry) {
        if ((entry & 7) == 0) {
            return "not present";
        }
        return ((entry & 1) != 0 ? "R" : "-") + ((entry & 2) != 0 ? "W" : "-") + ((entry & 4) != 0 ? "X" : "-")
                + ((entry & 1 << 7) != 0 ? " page" : "") + ((entry & 1 << 8) != 0 ? " A" : "")
                + ((entry & 1 << 9) != 0 ? " D" : "");
    }
}
