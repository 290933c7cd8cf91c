/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntSupplier;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.msr.FeatureControl;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.BoundaryEvent;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.CrAccess;
import org.exitpoint.cpu.core.IoAccess;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.check.CheckFailure;
import org.exitpoint.virt.vmx.check.EntryChecker;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/**
 * VT-x of one processor, behind the processor's port. This class hands each question to the class that knows the
 * answer. The machine's thread only.
 */
public final class Vmx implements Virtualization {
    /** {@link GuestState#VMX_OPERATION}: outside VMX operation. */
    static final int OUTSIDE = 0;
    /** {@link GuestState#VMX_OPERATION}: VMX root operation. */
    static final int ROOT = 1;
    /** {@link GuestState#VMX_OPERATION}: VMX non-root operation. */
    static final int NON_ROOT = GuestState.VMX_NON_ROOT;
    /** Number of RSP among the general registers. */
    static final int RSP = 4;
    /** Number of ES among the segment registers. */
    static final int ES = 0;
    /** Number of DS among the segment registers. */
    static final int DS = 3;

    private static final int FEATURE_CONTROL = MsrSlots.offset(Msr.IA32_FEATURE_CONTROL);
    private static final long FEATURE_CONTROL_DEFINED =
            BitField.maskOf(FeatureControl.LOCK, FeatureControl.VMX_OUTSIDE_SMX);

    private final GuestState state;
    private final VmxCapabilities capabilities;
    private final VmxState vmx;
    private final VmxInstructions instructions;
    private final VmEntry entry;
    private final VmExit exit;
    private final PreemptionTimer timer;
    private final InstructionExits instructionExits;
    private final ControlRegisterExits controlRegisterExits;
    private final PermissionBitmaps bitmaps;
    private final EventExits events;
    private VmxListener listener;

    /**
     * VT-x of a processor, outside VMX operation.
     *
     * @param core the processor
     * @param capabilities what it supports
     * @param table the VMCSs of the machine, shared by its processors
     */
    public Vmx(Core core, VmxCapabilities capabilities, VmcsTable table) {
        this.state = core.state();
        this.capabilities = capabilities;
        this.vmx = new VmxState(core.physical(), table);
        this.timer = new PreemptionTimer(core.clock(), vmx, capabilities.preemptionTimerShift());
        InstructionOutcome outcome = new InstructionOutcome(state, vmx);
        MsrLists msrs = new MsrLists(core);
        this.exit = new VmExit(core, vmx, capabilities, msrs, timer);
        this.entry = new VmEntry(core, vmx, capabilities, outcome, exit, msrs, timer);
        this.instructionExits = new InstructionExits(state, exit);
        this.instructions = new VmxInstructions(state, instructionExits, outcome, entry,
                new RegionInstructions(core, vmx, capabilities, table, outcome),
                new FieldInstructions(core, vmx, capabilities, outcome),
                new InvalidationInstructions(core, capabilities, outcome));
        this.controlRegisterExits = new ControlRegisterExits(vmx, exit);
        this.bitmaps = new PermissionBitmaps(core.physical(), vmx, exit);
        this.events = new EventExits(core, vmx, exit, timer);
    }

    /** Sets who hears of entries and exits; null for nobody, which costs nothing. */
    public void setListener(VmxListener newListener) {
        listener = newListener;
        entry.setListener(newListener);
        exit.setListener(newListener);
    }

    /** The capabilities of the processor. */
    public VmxCapabilities capabilities() {
        return capabilities;
    }

    /** The current VMCS, or null if there is none. */
    public Vmcs currentVmcs() {
        return vmx.current;
    }

    /** Host-physical address of the VMXON region, or -1 outside VMX operation. */
    public long vmxonPointer() {
        return vmx.vmxonPointer;
    }

    /**
     * The checks that a VM entry with the current VMCS would fail now, explained; empty if there is no current VMCS.
     */
    public List<CheckFailure> explainEntry() {
        return vmx.current == null ? List.of() : new EntryChecker().explain(entry.entryState());
    }

    private boolean isNonRoot() {
        return state.get8(GuestState.VMX_OPERATION) == NON_ROOT;
    }

    @Override
    public void execute(Helper helper, Instruction instruction, long first, long second) {
        instructions.execute(helper, instruction, first, second);
        if (helper == Helper.VMXOFF && listener != null && vmx.vmxonPointer == VmxState.NO_POINTER) {
            listener.left();
        }
    }

    @Override
    public boolean intercept(Intercept event, Instruction instruction, long qualification) {
        if (!isNonRoot()) {
            return false;
        }
        instructionExits.intercepted(event, instruction, qualification);
        return true;
    }

    @Override
    public boolean interceptCrWrite(CrAccess access, Instruction instruction, int controlRegister, int generalRegister,
            long value, OptionalLong linearAddress) {
        return isNonRoot() && controlRegisterExits.write(access, instruction, controlRegister, generalRegister, value,
                linearAddress);
    }

    @Override
    public boolean interceptCrRead(Instruction instruction, int controlRegister, int generalRegister) {
        return isNonRoot() && controlRegisterExits.read(instruction, controlRegister, generalRegister);
    }

    @Override
    public boolean interceptMovDr(Instruction instruction, int debugRegister, boolean write, int generalRegister) {
        return isNonRoot() && controlRegisterExits.movDr(instruction, debugRegister, write, generalRegister);
    }

    @Override
    public boolean interceptIo(Instruction instruction, IoAccess access) {
        return isNonRoot() && bitmaps.io(instruction, access);
    }

    @Override
    public boolean interceptMsr(Instruction instruction, int msr, boolean write) {
        return isNonRoot() && bitmaps.msr(instruction, msr, write);
    }

    @Override
    public boolean interceptException(Event event) {
        return isNonRoot() && events.exception(event);
    }

    @Override
    public boolean wantsExternalInterrupts() {
        return vmx.has(VmxControl.EXTERNAL_INTERRUPT_EXITING);
    }

    @Override
    public boolean interceptExternalInterrupt(IntSupplier acknowledge) {
        return isNonRoot() && events.externalInterrupt(acknowledge);
    }

    @Override
    public boolean interceptNmi() {
        return isNonRoot() && events.nmi();
    }

    @Override
    public boolean interceptTripleFault() {
        return exitIfGuest(ExitReason.TRIPLE_FAULT, 0);
    }

    @Override
    public boolean interceptInit() {
        return exitIfGuest(ExitReason.INIT_SIGNAL, 0);
    }

    @Override
    public boolean interceptSipi(int vector) {
        return state.get8(GuestState.ACTIVITY) == Activity.WAIT_FOR_SIPI.ordinal()
                && exitIfGuest(ExitReason.STARTUP_IPI, vector);
    }

    private boolean exitIfGuest(ExitReason reason, long qualification) {
        if (!isNonRoot()) {
            return false;
        }
        events.plain(reason, qualification);
        return true;
    }

    @Override
    public void guestPhysicalFault() {
        events.guestPhysicalFault();
    }

    @Override
    public boolean interceptBoundary(BoundaryEvent event) {
        return isNonRoot() && events.boundary(event);
    }

    @Override
    public Event takeInjectedEvent() {
        Event event = vmx.injected;
        vmx.injected = null;
        if (!vmx.has(VmxControl.NMI_WINDOW_EXITING) && !vmx.has(VmxControl.INTERRUPT_WINDOW_EXITING)) {
            state.set32(GuestState.ATTENTION, state.get32(GuestState.ATTENTION) & ~Attention.VIRTUALIZATION);
        }
        return event;
    }

    @Override
    public long stepsToTimer() {
        return timer.ticksLeft();
    }

    @Override
    public long visibleControlRegister(int controlRegister, long value) {
        return controlRegisterExits.visible(controlRegister, value);
    }

    @Override
    public long mergeControlRegister(int controlRegister, long old, long value) {
        return controlRegisterExits.merge(controlRegister, old, value);
    }

    @Override
    public boolean allowsControlRegister(int controlRegister, long value) {
        if (state.get8(GuestState.VMX_OPERATION) == OUTSIDE) {
            return true;
        }
        long fixed0 = controlRegister == 0 ? capabilities.cr0Fixed0() : capabilities.cr4Fixed0();
        long fixed1 = controlRegister == 0 ? capabilities.cr0Fixed1() : capabilities.cr4Fixed1();
        return (value & fixed0) == fixed0 && (value & ~fixed1) == 0;
    }

    @Override
    public long visibleTimeStampCounter(long tsc) {
        return tsc + vmx.tscOffset;
    }

    @Override
    public boolean forbids(Helper helper) {
        if (!isNonRoot()) {
            return false;
        }
        return switch (helper) {
            case RDTSCP, RDPID -> !vmx.has(VmxControl.ENABLE_RDTSCP);
            case INVPCID -> !vmx.has(VmxControl.ENABLE_INVPCID);
            default -> false;
        };
    }

    @Override
    public boolean iretUnblocksNmi() {
        return events.iretUnblocksNmi();
    }

    @Override
    public OptionalLong readMsr(int msr) {
        return msr == Msr.IA32_FEATURE_CONTROL.address() ? OptionalLong.of(state.get(FEATURE_CONTROL))
                : capabilities.msr(msr);
    }

    @Override
    public boolean writeMsr(int msr, long value) {
        if (msr == Msr.IA32_FEATURE_CONTROL.address()) {
            writeFeatureControl(value);
            return true;
        }
        if (capabilities.msr(msr).isPresent()) {
            throw Faults.generalProtection();
        }
        return false;
    }

    /** Nothing sets the register before software does: it starts unlocked, with VMXON disabled. */
    private void writeFeatureControl(long value) {
        if (FeatureControl.LOCK.isSet(state.get(FEATURE_CONTROL)) || (value & ~FEATURE_CONTROL_DEFINED) != 0) {
            throw Faults.generalProtection();
        }
        state.set(FEATURE_CONTROL, value);
    }

    @Override
    public String shutdownCause() {
        return vmx.abortCause;
    }

    @Override
    public void reset() {
        vmx.reset();
        state.set8(GuestState.VMX_OPERATION, OUTSIDE);
        state.set(GuestState.INTERCEPTS, 0);
        state.set8(GuestState.INTERRUPTS_EXIT, 0);
    }

    /** Writes what of VMX stands outside the processor's state and the VMCS regions. */
    public void save(StateWriter out) {
        vmx.save(out, isNonRoot());
    }

    /** Reads what {@link #save} wrote; the processor's state and memory must have been restored before. */
    public void restore(StateReader in) {
        vmx.restore(in);
    }
}
