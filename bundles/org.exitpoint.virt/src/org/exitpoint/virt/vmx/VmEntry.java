/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.List;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.msr.DebugCtl;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.check.EntryChecker;
import org.exitpoint.virt.vmx.check.EntryState;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** VMLAUNCH and VMRESUME at privilege level 0, in the steps of the manual's chapter. */
@Sdm(section = "28", title = "VM Entries")
final class VmEntry {
    private final Core core;
    private final GuestState state;
    private final VmxState vmx;
    private final VmxCapabilities capabilities;
    private final InstructionOutcome outcome;
    private final VmExit exit;
    private final MsrLists msrs;
    private final PreemptionTimer timer;
    private final GuestStateArea guest;
    private final EventInjection injection;
    private final EntryChecker checker = new EntryChecker();
    private VmxListener listener;

    VmEntry(Core core, VmxState vmx, VmxCapabilities capabilities, InstructionOutcome outcome, VmExit exit,
            MsrLists msrs, PreemptionTimer timer) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
        this.capabilities = capabilities;
        this.outcome = outcome;
        this.exit = exit;
        this.msrs = msrs;
        this.timer = timer;
        this.guest = new GuestStateArea(core, vmx);
        this.injection = new EventInjection(core, vmx);
    }

    void setListener(VmxListener newListener) {
        listener = newListener;
    }

    /** VMLAUNCH. */
    void launch(Instruction instruction) {
        enter(instruction, true);
    }

    /** VMRESUME. */
    void resume(Instruction instruction) {
        enter(instruction, false);
    }

    private void enter(Instruction instruction, boolean launch) {
        InstructionError error = basicChecks(launch);
        if (vmx.current == null || error != null) {
            fail(instruction, error);
            if (error != null) {
                tellFailure(List.of());
            }
            return;
        }
        EntryState entry = entryState();
        EntryCheckDescriptor failed = checker.firstFailure(entry);
        if (failed == null) {
            loadGuest(entry, launch);
        } else if (failed.consequence().error() != null) {
            fail(instruction, failed.consequence().error());
            tellFailure(checker.failures(entry));
        } else {
            long qualification = ((GuestStateCheck) failed).qualification().encode();
            exit.failEntry(ExitReason.ENTRY_FAILURE_GUEST_STATE, qualification,
                    listener == null ? List.of() : checker.failures(entry));
        }
    }

    /** What the checks see: the current VMCS as it stands, and the processor that executes the instruction. */
    EntryState entryState() {
        return new EntryState(vmx.current, capabilities, core.physical(), state.get(GuestState.EFER),
                vmx.vmxonPointer);
    }

    /** The error of a check before those on the VMCS, or null. */
    @Sdm(section = "28.1", title = "Basic VM-Entry Checks")
    private InstructionError basicChecks(boolean launch) {
        if (vmx.current == null) {
            return null;
        }
        if ((state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_MOV_SS) != 0) {
            return InstructionError.ENTRY_BLOCKED_BY_MOV_SS;
        }
        if (launch) {
            return vmx.current.identity().isLaunched() ? InstructionError.VMLAUNCH_NON_CLEAR_VMCS : null;
        }
        return vmx.current.identity().isLaunched() ? null : InstructionError.VMRESUME_NON_LAUNCHED_VMCS;
    }

    private void fail(Instruction instruction, InstructionError error) {
        if (vmx.current == null) {
            outcome.failInvalid();
        } else {
            outcome.fail(error);
        }
        state.setRip(state.rip() + instruction.length());
    }

    private void tellFailure(List<EntryCheckDescriptor> failures) {
        if (listener != null) {
            listener.entryFailed(vmx.current, failures);
        }
    }

    private void loadGuest(EntryState entry, boolean launch) {
        Vmcs vmcs = vmx.current;
        if (entry.has(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS)
                && vmcs.isSet(VmcsField.GUEST_IA32_DEBUGCTL, DebugCtl.BTF)) {
            throw new Interruption.NotImplemented("VM entry that loads IA32_DEBUGCTL.BTF, single-stepping on branches");
        }
        if (entry.has(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS)
                && (vmcs.get(VmcsField.GUEST_DR7) & Dr7.BREAKPOINTS) != 0) {
            throw new Interruption.NotImplemented("VM entry that loads DR7 with hardware breakpoints enabled");
        }
        vmx.enforce();
        guest.load(entry);
        useGuestTranslations(vmcs);
        state.set8(GuestState.VMX_OPERATION, Vmx.NON_ROOT);
        core.stateReplaced();
        long failed = msrs.load(vmcs, VmcsField.VM_ENTRY_MSR_LOAD_ADDRESS, VmcsField.VM_ENTRY_MSR_LOAD_COUNT);
        if (failed != 0) {
            exit.failEntry(ExitReason.ENTRY_FAILURE_MSR_LOADING, failed, List.of(msrs.failure()));
            return;
        }
        if (launch) {
            vmcs.identity().launch();
        }
        injection.prepare(vmcs);
        timer.start(vmcs);
        state.set(GuestState.INTERCEPTS, InterceptMask.of(vmx));
        state.set8(GuestState.INTERRUPTS_EXIT, vmx.has(VmxControl.EXTERNAL_INTERRUPT_EXITING) ? 1 : 0);
        state.attend(Attention.BUDGET | Attention.VIRTUALIZATION);
        if (listener != null) {
            listener.entered(vmcs);
        }
    }

    /** Translations of VPID 0000H are invalidated unless "enable VPID" is 1. */
    @Sdm(section = "28.3.2.5", title = "Updating Non-Register State")
    private void useGuestTranslations(Vmcs vmcs) {
        boolean tagged = vmx.has(VmxControl.ENABLE_VPID);
        if (!tagged) {
            core.mmu().invalidate(InvalidationRule.VM_TRANSITION_WITHOUT_VPID, 0);
        }
        core.mmu().virtualization(tagged ? (int) vmcs.get(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER) : 0,
                vmx.has(VmxControl.ENABLE_EPT) ? vmcs.get(VmcsField.EPT_POINTER) : TranslationContext.NO_EPT);
    }
}
