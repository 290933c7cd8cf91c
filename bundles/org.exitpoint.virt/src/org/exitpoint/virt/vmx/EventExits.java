/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.function.IntSupplier;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.EptViolation;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.BoundaryEvent;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.mmu.walk.TranslationFault;

/** Exits that no instruction asks for: exceptions, interrupts, EPT violations, windows, the preemption timer. */
@Sdm(section = "27.2", title = "Other Causes of VM Exits")
final class EventExits {
    private static final int BLOCKING_BY_STI_OR_MOV_SS = GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_BY_MOV_SS;

    private final Core core;
    private final GuestState state;
    private final VmxState vmx;
    private final VmExit exit;
    private final PreemptionTimer timer;

    EventExits(Core core, VmxState vmx, VmExit exit, PreemptionTimer timer) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
        this.exit = exit;
        this.timer = timer;
    }

    /** An exception; whether it exited. */
    boolean exception(Event event) {
        boolean candidate = switch (event.type()) {
            case HARDWARE_EXCEPTION, SOFTWARE_EXCEPTION, PRIVILEGED_SOFTWARE_EXCEPTION -> true;
            case EXTERNAL_INTERRUPT, NMI, SOFTWARE_INTERRUPT -> false;
        };
        if (!candidate || !isInBitmap(event)) {
            return false;
        }
        boolean hasQualification = event.type() == EventType.HARDWARE_EXCEPTION
                && (event.vector() == ExceptionVector.PF.vector() || event.vector() == ExceptionVector.DB.vector());
        boolean unblocking = event.vector() != ExceptionVector.DF.vector() && core.delivery().vectoring() == null
                && takeUnblocking();
        exit.begin(ExitReason.EXCEPTION_OR_NMI).event(event, unblocking)
                .qualification(hasQualification ? event.address() : 0);
        exit.deliver();
        return true;
    }

    /** The exception bitmap; for page faults its bit is meant for error codes that match, its inverse for others. */
    private boolean isInBitmap(Event event) {
        boolean set = (vmx.exceptionBitmap >>> event.vector() & 1) != 0;
        if (event.vector() != ExceptionVector.PF.vector()) {
            return set;
        }
        return set == ((event.errorCode() & vmx.pageFaultMask) == vmx.pageFaultMatch);
    }

    /** Whether the instruction under way is an IRET that ended blocking by NMI. */
    private boolean takeUnblocking() {
        return vmx.unblockingSteps == core.clock().steps() && vmx.unblockingRip == state.rip();
    }

    /** IRET starts: whether it ends blocking by NMI in the processor. */
    boolean iretUnblocksNmi() {
        boolean nmiExiting = vmx.has(VmxControl.NMI_EXITING);
        boolean virtualNmis = vmx.has(VmxControl.VIRTUAL_NMIS);
        boolean blocked = virtualNmis ? vmx.virtualNmiBlocking
                : (state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_NMI) != 0;
        if (blocked && (virtualNmis || !nmiExiting)) {
            vmx.unblockingRip = state.rip();
            vmx.unblockingSteps = core.clock().steps();
        }
        if (virtualNmis) {
            vmx.virtualNmiBlocking = false;
        }
        return !nmiExiting;
    }

    /** An external interrupt; whether it exited. */
    boolean externalInterrupt(IntSupplier acknowledge) {
        if (!vmx.has(VmxControl.EXTERNAL_INTERRUPT_EXITING)) {
            return false;
        }
        exit.begin(ExitReason.EXTERNAL_INTERRUPT);
        if (vmx.current.has(VmxControl.EXIT_ACKNOWLEDGE_INTERRUPT_ON_EXIT)) {
            exit.information().event(Event.externalInterrupt(acknowledge.getAsInt()), false);
        }
        exit.deliver();
        return true;
    }

    /** An NMI; whether it exited. NMIs are blocked after such an exit. */
    boolean nmi() {
        if (!vmx.has(VmxControl.NMI_EXITING)) {
            return false;
        }
        exit.begin(ExitReason.EXCEPTION_OR_NMI).event(Event.nmi(), false);
        exit.deliver();
        state.set8(GuestState.BLOCKING, state.get8(GuestState.BLOCKING) | GuestState.BLOCKING_BY_NMI);
        return true;
    }

    /** An EPT violation or misconfiguration, of which the MMU has the details. */
    void guestPhysicalFault() {
        TranslationFault fault = core.mmu().fault();
        boolean vectoring = core.delivery().vectoring() != null;
        boolean violation = fault.code() == TranslationFault.EPT_VIOLATION;
        ExitInformation information = exit.begin(violation ? ExitReason.EPT_VIOLATION
                : ExitReason.EPT_MISCONFIGURATION).physicalAddress(fault.guestPhysical());
        information.resumeFlag(vectoring ? ExitInformation.ResumeFlag.UNCHANGED : ExitInformation.ResumeFlag.SET);
        if (violation) {
            boolean unblocking = !vectoring && takeUnblocking();
            information.qualification(fault.qualification() | fault.advancedQualification()
                    | (unblocking ? EptViolation.Bit.NMI_UNBLOCKING.mask() : 0));
            if ((fault.qualification() & TranslationFault.QUALIFICATION_LINEAR_VALID) != 0) {
                information.linearAddress(fault.linear());
            }
        }
        exit.deliver();
    }

    /** An exit that has nothing to report but its reason and perhaps a qualification. */
    void plain(ExitReason reason, long qualification) {
        exit.begin(reason).qualification(qualification);
        exit.deliver();
    }

    /** What may exit between instructions; whether it did. */
    boolean boundary(BoundaryEvent event) {
        ExitReason reason = switch (event) {
            case MONITOR_TRAP_FLAG -> null;
            case PREEMPTION_TIMER -> timer.hasExpired() ? ExitReason.PREEMPTION_TIMER : null;
            case NMI_WINDOW -> isNmiWindowOpen() ? ExitReason.NMI_WINDOW : null;
            case INTERRUPT_WINDOW -> isInterruptWindowOpen() ? ExitReason.INTERRUPT_WINDOW : null;
        };
        if (reason != null) {
            plain(reason, 0);
        }
        return reason != null;
    }

    private boolean isNmiWindowOpen() {
        return vmx.has(VmxControl.NMI_WINDOW_EXITING) && !vmx.virtualNmiBlocking
                && (state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_MOV_SS) == 0
                && state.get8(GuestState.ACTIVITY) != Activity.WAIT_FOR_SIPI.ordinal();
    }

    private boolean isInterruptWindowOpen() {
        return vmx.has(VmxControl.INTERRUPT_WINDOW_EXITING) && state.isSet(GuestState.SYSTEM_FLAGS, Rflags.IF.mask())
                && (state.get8(GuestState.BLOCKING) & BLOCKING_BY_STI_OR_MOV_SS) == 0
                && state.get8(GuestState.ACTIVITY) <= Activity.HLT.ordinal();
    }
}
