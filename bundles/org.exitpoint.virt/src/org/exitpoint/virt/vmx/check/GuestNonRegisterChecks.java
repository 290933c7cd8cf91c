/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.DebugCtl;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ActivityState;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.Interruptibility;
import org.exitpoint.arch.vmx.InterruptionInfo.Type;
import org.exitpoint.arch.vmx.PendingDebug;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.arch.vmx.VmxMisc;

/** Checks on guest non-register state. */
@Sdm(section = "28.3.1.5", title = "Checks on Guest Non-Register State")
final class GuestNonRegisterChecks {
    private static final long INTERRUPTIBILITY_RESERVED = ~BitField.maskOf(Interruptibility.values());
    private static final long STI_AND_MOV_SS = BitField.maskOf(Interruptibility.BLOCKING_BY_STI,
            Interruptibility.BLOCKING_BY_MOV_SS);
    /** Bus-lock debug exceptions (bit 11) are not supported; RTM (bit 16) has checks of its own. */
    private static final long PENDING_DEBUG_RESERVED = ~BitField.maskOf(PendingDebug.B0, PendingDebug.B1,
            PendingDebug.B2, PendingDebug.B3, PendingDebug.ENABLED_BREAKPOINT, PendingDebug.BS, PendingDebug.RTM);
    private static final long PENDING_DEBUG_OF_RTM = BitField.maskOf(PendingDebug.ENABLED_BREAKPOINT,
            PendingDebug.RTM);
    private static final long NO_LINK = -1;
    private static final int PAGE = 12;
    private static final long REVISION = new BitRange(0, 30).mask();

    private GuestNonRegisterChecks() {
    }

    static void bind(PredicateTable table) {
        activity(table);
        interruptibility(table);
        interruptibilityAndInjection(table);
        pendingDebug(table);
        linkPointer(table);
    }

    private static boolean isActivity(EntryState e, ActivityState state) {
        return e.get(VmcsField.GUEST_ACTIVITY_STATE) == state.number();
    }

    private static boolean blocks(EntryState e, Interruptibility by) {
        return by.isSet(e.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE));
    }

    private static void activity(PredicateTable table) {
        table.bind(GuestStateCheck.ACTIVITY_STATE_VALUE, GuestNonRegisterChecks::isActivitySupported);
        table.bind(GuestStateCheck.ACTIVITY_STATE_HLT_DPL, e -> !isActivity(e, ActivityState.HLT)
                || AccessRights.DPL.of(e.get(VmcsField.GUEST_SS_ACCESS_RIGHTS)) == 0);
        table.bind(GuestStateCheck.ACTIVITY_STATE_WITH_BLOCKING, e -> isActivity(e, ActivityState.ACTIVE)
                || (e.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE) & STI_AND_MOV_SS) == 0);
        table.bind(GuestStateCheck.ACTIVITY_STATE_HLT_INJECTION,
                e -> !isActivity(e, ActivityState.HLT) || !e.injects() || wakesFromHlt(e));
        table.bind(GuestStateCheck.ACTIVITY_STATE_SHUTDOWN_INJECTION, e -> !isActivity(e, ActivityState.SHUTDOWN)
                || !e.injects() || e.injects(Type.NMI) || injectsException(e, ExceptionVector.MC));
        table.bind(GuestStateCheck.ACTIVITY_STATE_WAIT_FOR_SIPI_INJECTION,
                e -> !isActivity(e, ActivityState.WAIT_FOR_SIPI) || !e.injects());
        table.bind(GuestStateCheck.ACTIVITY_STATE_WAIT_FOR_SIPI_SMM,
                e -> !isActivity(e, ActivityState.WAIT_FOR_SIPI) || !e.has(VmxControl.ENTRY_TO_SMM));
    }

    private static boolean isActivitySupported(EntryState e) {
        ActivityState activity = ActivityState.ofNumber(e.get(VmcsField.GUEST_ACTIVITY_STATE));
        long misc = e.capabilities().msr(Msr.IA32_VMX_MISC);
        return activity != null && switch (activity) {
            case ACTIVE -> true;
            case HLT -> VmxMisc.ACTIVITY_HLT.isSet(misc);
            case SHUTDOWN -> VmxMisc.ACTIVITY_SHUTDOWN.isSet(misc);
            case WAIT_FOR_SIPI -> VmxMisc.ACTIVITY_WAIT_FOR_SIPI.isSet(misc);
        };
    }

    private static boolean injectsException(EntryState e, ExceptionVector vector) {
        return e.injects(Type.HARDWARE_EXCEPTION) && e.eventVector() == vector.vector();
    }

    private static boolean wakesFromHlt(EntryState e) {
        return switch (e.eventType()) {
            case EXTERNAL_INTERRUPT, NMI -> true;
            case HARDWARE_EXCEPTION ->
                injectsException(e, ExceptionVector.DB) || injectsException(e, ExceptionVector.MC);
            case OTHER_EVENT -> e.eventVector() == 0;
            default -> false;
        };
    }

    private static void interruptibility(PredicateTable table) {
        table.bind(GuestStateCheck.INTERRUPTIBILITY_RESERVED_BITS,
                e -> (e.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE) & INTERRUPTIBILITY_RESERVED) == 0);
        table.bind(GuestStateCheck.INTERRUPTIBILITY_STI_AND_MOV_SS,
                e -> (e.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE) & STI_AND_MOV_SS) != STI_AND_MOV_SS);
        table.bind(GuestStateCheck.INTERRUPTIBILITY_STI_WITHOUT_IF,
                e -> !blocks(e, Interruptibility.BLOCKING_BY_STI) || Rflags.IF.isSet(e.get(VmcsField.GUEST_RFLAGS)));
        table.bind(GuestStateCheck.INTERRUPTIBILITY_SMI_OUTSIDE_SMM,
                e -> !blocks(e, Interruptibility.BLOCKING_BY_SMI));
        table.bind(GuestStateCheck.INTERRUPTIBILITY_SMI_ENTRY_TO_SMM,
                e -> !e.has(VmxControl.ENTRY_TO_SMM) || blocks(e, Interruptibility.BLOCKING_BY_SMI));
        table.bind(GuestStateCheck.INTERRUPTIBILITY_ENCLAVE_MOV_SS,
                e -> !blocks(e, Interruptibility.ENCLAVE_INTERRUPTION)
                        || !blocks(e, Interruptibility.BLOCKING_BY_MOV_SS));
        // The machine has no SGX.
        table.bind(GuestStateCheck.INTERRUPTIBILITY_ENCLAVE_SUPPORT,
                e -> !blocks(e, Interruptibility.ENCLAVE_INTERRUPTION));
    }

    private static void interruptibilityAndInjection(PredicateTable table) {
        notBlocked(table, GuestStateCheck.INTERRUPTIBILITY_STI_INTERRUPT, Type.EXTERNAL_INTERRUPT,
                Interruptibility.BLOCKING_BY_STI);
        notBlocked(table, GuestStateCheck.INTERRUPTIBILITY_MOV_SS_INTERRUPT, Type.EXTERNAL_INTERRUPT,
                Interruptibility.BLOCKING_BY_MOV_SS);
        notBlocked(table, GuestStateCheck.INTERRUPTIBILITY_MOV_SS_NMI, Type.NMI,
                Interruptibility.BLOCKING_BY_MOV_SS);
        // Processors may require it or not; this one does, so that software that relies on less shows.
        notBlocked(table, GuestStateCheck.INTERRUPTIBILITY_STI_NMI, Type.NMI, Interruptibility.BLOCKING_BY_STI);
        table.bind(GuestStateCheck.INTERRUPTIBILITY_NMI_VIRTUAL_NMIS, e -> !e.has(VmxControl.VIRTUAL_NMIS)
                || !e.injects(Type.NMI) || !blocks(e, Interruptibility.BLOCKING_BY_NMI));
    }

    private static void notBlocked(PredicateTable table, GuestStateCheck check, Type type, Interruptibility by) {
        table.bind(check, e -> !e.injects(type) || !blocks(e, by));
    }

    private static void pendingDebug(PredicateTable table) {
        table.bind(GuestStateCheck.PENDING_DEBUG_RESERVED_BITS,
                e -> (e.get(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS) & PENDING_DEBUG_RESERVED) == 0);
        table.bind(GuestStateCheck.PENDING_DEBUG_BS_MISSING,
                e -> !holdsSingleStep(e) || !isSingleStepping(e) || isPending(e, PendingDebug.BS));
        table.bind(GuestStateCheck.PENDING_DEBUG_BS_UNEXPECTED,
                e -> !holdsSingleStep(e) || isSingleStepping(e) || !isPending(e, PendingDebug.BS));
        table.bind(GuestStateCheck.PENDING_DEBUG_RTM_BITS, e -> !isPending(e, PendingDebug.RTM)
                || e.get(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS) == PENDING_DEBUG_OF_RTM);
        // The machine has no RTM.
        table.bind(GuestStateCheck.PENDING_DEBUG_RTM_SUPPORT, e -> !isPending(e, PendingDebug.RTM));
        table.bind(GuestStateCheck.PENDING_DEBUG_RTM_MOV_SS,
                e -> !isPending(e, PendingDebug.RTM) || !blocks(e, Interruptibility.BLOCKING_BY_MOV_SS));
    }

    private static boolean isPending(EntryState e, PendingDebug bit) {
        return bit.isSet(e.get(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS));
    }

    /** Whether a single-step trap of the last instruction would be still pending. */
    private static boolean holdsSingleStep(EntryState e) {
        return (e.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE) & STI_AND_MOV_SS) != 0
                || isActivity(e, ActivityState.HLT);
    }

    private static boolean isSingleStepping(EntryState e) {
        return Rflags.TF.isSet(e.get(VmcsField.GUEST_RFLAGS))
                && !DebugCtl.BTF.isSet(e.get(VmcsField.GUEST_IA32_DEBUGCTL));
    }

    private static void linkPointer(PredicateTable table) {
        link(table, GuestStateCheck.LINK_POINTER_ALIGNMENT, (e, pointer) -> ControlRules.isAligned(pointer, PAGE));
        link(table, GuestStateCheck.LINK_POINTER_WIDTH, (e, pointer) -> e.model().isPhysical(pointer));
        link(table, GuestStateCheck.LINK_POINTER_REVISION,
                (e, pointer) -> (header(e, pointer) & REVISION) == VmcsLayout.REVISION_IDENTIFIER);
        link(table, GuestStateCheck.LINK_POINTER_SHADOW_INDICATOR,
                (e, pointer) -> header(e, pointer) > REVISION == e.has(VmxControl.VMCS_SHADOWING));
        link(table, GuestStateCheck.LINK_POINTER_CURRENT_VMCS, (e, pointer) -> pointer != e.currentPointer());
        // Counts in SMM only, which the machine does not have.
        link(table, GuestStateCheck.LINK_POINTER_VMXON_POINTER, (e, pointer) -> true);
    }

    private static long header(EntryState e, long pointer) {
        return e.memory().read(pointer + VmcsLayout.REVISION_IDENTIFIER_OFFSET, Integer.BYTES);
    }

    /** Decides about a link pointer that is there. */
    @FunctionalInterface
    private interface LinkRule {
        boolean holds(EntryState entry, long pointer);
    }

    private static void link(PredicateTable table, GuestStateCheck check, LinkRule rule) {
        table.bind(check, e -> {
            long pointer = e.get(VmcsField.VMCS_LINK_POINTER);
            return pointer == NO_LINK || rule.holds(e, pointer);
        });
    }
}
