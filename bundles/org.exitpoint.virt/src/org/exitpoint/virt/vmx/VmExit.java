/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.List;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** VM exits, in the steps of the manual's chapter, and the failures of VM entry that end like one. */
@Sdm(section = "29", title = "VM Exits")
final class VmExit {
    private final Core core;
    private final GuestState state;
    private final VmxState vmx;
    private final ExitInformation information = new ExitInformation();
    private final GuestStateArea guest;
    private final HostStateArea host;
    private final MsrLists msrs;
    private final PreemptionTimer timer;
    private VmxListener listener;

    VmExit(Core core, VmxState vmx, VmxCapabilities capabilities, MsrLists msrs, PreemptionTimer timer) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
        this.msrs = msrs;
        this.timer = timer;
        this.guest = new GuestStateArea(core, vmx);
        this.host = new HostStateArea(core, capabilities);
    }

    void setListener(VmxListener newListener) {
        listener = newListener;
    }

    /** Starts an exit; the caller adds what its cause has and calls {@link #deliver}. */
    ExitInformation begin(ExitReason reason) {
        return information.begin(reason);
    }

    /** The exit that was begun. */
    ExitInformation information() {
        return information;
    }

    /** Does the exit that was begun: the processor is in VMX root operation at the host's entry point. */
    void deliver() {
        Vmcs vmcs = vmx.current;
        ExitReason reason = information.reason();
        recordVectoring(reason);
        information.record(vmcs);
        guest.save(information.resumeFlag());
        timer.save(vmcs);
        boolean stored = msrs.store(vmcs);
        leave();
        if (!stored) {
            abort(VmxAbort.SAVING_GUEST_MSRS);
        } else if (loadHost(vmcs) && listener != null) {
            listener.exited(vmcs, reason);
        }
    }

    /** The same for a VM entry that fails after its control and host checks: no guest state is saved. */
    @Sdm(section = "28.8", title = "VM-Entry Failures During or After Loading Guest State")
    void failEntry(ExitReason reason, long qualification, List<EntryCheckDescriptor> failures) {
        Vmcs vmcs = vmx.current;
        information.begin(reason).qualification(qualification).recordReason(vmcs);
        leave();
        if (loadHost(vmcs) && listener != null) {
            listener.entryFailed(vmcs, failures);
        }
    }

    /** An exit that occurs while an event is delivered reports that event, unless it is a triple fault. */
    @Sdm(section = "29.2.4", title = "Information for VM Exits During Event Delivery")
    private void recordVectoring(ExitReason reason) {
        Event vectoring = core.delivery().vectoring();
        if (vectoring != null && reason != ExitReason.TRIPLE_FAULT) {
            information.vectoring(vectoring);
        }
    }

    /** Leaves non-root operation. Translations of VPID 0000H are invalidated unless "enable VPID" is 1. */
    private void leave() {
        if (!vmx.current.has(VmxControl.ENABLE_VPID)) {
            core.mmu().invalidate(InvalidationRule.VM_TRANSITION_WITHOUT_VPID, 0);
        }
        vmx.release();
        core.mmu().virtualization(0, TranslationContext.NO_EPT);
        state.set8(GuestState.VMX_OPERATION, Vmx.ROOT);
        state.set(GuestState.INTERCEPTS, 0);
        state.set8(GuestState.INTERRUPTS_EXIT, 0);
        state.set32(GuestState.ATTENTION, state.get32(GuestState.ATTENTION) & ~Attention.VIRTUALIZATION);
        state.attend(Attention.BUDGET);
    }

    private boolean loadHost(Vmcs vmcs) {
        boolean valid = host.load(vmcs);
        core.stateReplaced();
        core.exited();
        if (!valid) {
            abort(VmxAbort.HOST_PDPTES);
            return false;
        }
        if (msrs.load(vmcs, VmcsField.VM_EXIT_MSR_LOAD_ADDRESS, VmcsField.VM_EXIT_MSR_LOAD_COUNT) != 0) {
            abort(VmxAbort.LOADING_HOST_MSRS);
            return false;
        }
        return true;
    }

    private void abort(VmxAbort abort) {
        long indicator = vmx.current.address() + VmcsLayout.ABORT_INDICATOR_OFFSET;
        core.physical().write(indicator, Integer.BYTES, abort.indicator());
        vmx.abortCause = abort.cause();
        state.set8(GuestState.ACTIVITY, Activity.SHUTDOWN.ordinal());
        core.exited();
    }
}
