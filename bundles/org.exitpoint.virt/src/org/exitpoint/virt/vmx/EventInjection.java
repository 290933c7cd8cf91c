/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ActivityState;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * What VM entry does about events: the one that it injects is left for the instruction boundary, which delivers it
 * before anything else, so that a debugger can stop between entry and delivery; pending debug exceptions are taken
 * over.
 */
@Sdm(section = "28.6", title = "Event Injection")
final class EventInjection {
    private static final EventType[] TYPES = new EventType[InterruptionInfo.Type.values().length];

    static {
        for (EventType type : EventType.values()) {
            TYPES[type.number()] = type;
        }
    }

    private final GuestState state;
    private final VmxState vmx;

    EventInjection(Core core, VmxState vmx) {
        this.state = core.state();
        this.vmx = vmx;
    }

    /** Takes event and pending debug exceptions from the VMCS. */
    void prepare(Vmcs vmcs) {
        long information = vmcs.get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION);
        vmx.injected = InterruptionInfo.isValid(information) ? event(vmcs, information) : null;
        if (vmx.injected != null) {
            wake(vmx.injected);
        }
        long pending = keepsPendingDebug(vmcs) ? vmcs.get(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS) : 0;
        state.set(GuestState.PENDING_DEBUG, pending);
        if (pending != 0) {
            state.attend(Attention.DEBUG_EXCEPTION);
        }
    }

    private static Event event(Vmcs vmcs, long information) {
        EventType type = TYPES[(int) InterruptionInfo.TYPE.of(information)];
        boolean hasErrorCode = InterruptionInfo.ERROR_CODE.isSet(information);
        long errorCode = hasErrorCode ? vmcs.get(VmcsField.VM_ENTRY_EXCEPTION_ERROR_CODE) : 0;
        int length = type.isSoftware() ? (int) vmcs.get(VmcsField.VM_ENTRY_INSTRUCTION_LENGTH) : 0;
        return new Event(type, (int) InterruptionInfo.VECTOR.of(information), hasErrorCode, errorCode, 0, length);
    }

    /** With an event injected the processor is active after VM entry, whatever the activity state. */
    @Sdm(section = "28.7.2", title = "Activity State")
    private void wake(Event event) {
        state.set8(GuestState.ACTIVITY, ActivityState.ACTIVE.number());
        if (event.type() != EventType.NMI) {
            return;
        }
        if (vmx.has(VmxControl.VIRTUAL_NMIS)) {
            vmx.virtualNmiBlocking = true;
        } else {
            state.set8(GuestState.BLOCKING, state.get8(GuestState.BLOCKING) | GuestState.BLOCKING_BY_NMI);
        }
    }

    @Sdm(section = "28.7.3", title = "Delivery of Pending Debug Exceptions after VM Entry")
    private boolean keepsPendingDebug(Vmcs vmcs) {
        if (vmx.injected == null) {
            long activity = vmcs.get(VmcsField.GUEST_ACTIVITY_STATE);
            return activity <= ActivityState.HLT.number();
        }
        return switch (vmx.injected.type()) {
            case SOFTWARE_INTERRUPT, SOFTWARE_EXCEPTION ->
                (state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_MOV_SS) != 0;
            default -> false;
        };
    }
}
