/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.BoundaryEvent;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;

/**
 * What happens between two instructions, in the order of the manual's table (SDM vol. 3, "Priority Among Concurrent
 * Events", and for VM exits "Other Causes of VM Exits"): the event that a VM entry injects, INIT and start-up IPIs, the
 * monitor trap flag, debug traps of the last instruction, the VMX-preemption timer, NMI windows and NMIs, interrupt
 * windows and external interrupts.
 */
final class InstructionBoundary {
    private static final int BLOCKING_ONE_INSTRUCTION =
        GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_BY_MOV_SS;

    private final Core core;
    private final GuestState state;

    InstructionBoundary(Core core) {
        this.core = core;
        this.state = core.state();
    }

    /** Lets the event of the highest priority happen; false if there is none. An event is one step. */
    boolean process() {
        return injection() || init() || monitorTrap() || debugTrap() || preemptionTimer() || nonMaskable()
                || maskable();
    }

    private boolean attends(int bit) {
        return (state.get32(GuestState.ATTENTION) & bit) != 0;
    }

    private void settle(int bit) {
        state.set32(GuestState.ATTENTION, state.get32(GuestState.ATTENTION) & ~bit);
    }

    private boolean blockedBy(int blocking) {
        return (state.get8(GuestState.BLOCKING) & blocking) != 0;
    }

    private boolean is(Activity activity) {
        return state.get8(GuestState.ACTIVITY) == activity.ordinal();
    }

    private Virtualization virtualization() {
        return core.virtualization();
    }

    /** The end of a VM entry that injects an event. */
    private boolean injection() {
        if (!attends(Attention.VIRTUALIZATION)) {
            return false;
        }
        Event event = virtualization().takeInjectedEvent();
        if (event == null) {
            return false;
        }
        core.delivery().deliver(event);
        return true;
    }

    private boolean init() {
        if (!attends(Attention.INIT)) {
            return false;
        }
        if (core.interrupts().takeInit()) {
            if (virtualization().interceptInit()) {
                return true;
            }
            throw new Interruption.NotImplemented("an INIT signal outside VMX non-root operation");
        }
        // Taken in any case: a start-up IPI that finds the processor not waiting for it is lost.
        int vector = core.interrupts().takeStartup();
        if (vector >= 0 && is(Activity.WAIT_FOR_SIPI)) {
            if (virtualization().interceptSipi(vector)) {
                return true;
            }
            throw new Interruption.NotImplemented("a start-up IPI, which starts a processor in real mode");
        }
        settle(Attention.INIT);
        return false;
    }

    private boolean monitorTrap() {
        return attends(Attention.VIRTUALIZATION)
            && virtualization().interceptBoundary(BoundaryEvent.MONITOR_TRAP_FLAG);
    }

    private boolean debugTrap() {
        if (!attends(Attention.DEBUG_EXCEPTION) || blockedBy(GuestState.BLOCKING_BY_MOV_SS)) {
            return false;
        }
        settle(Attention.DEBUG_EXCEPTION);
        long pending = state.get(GuestState.PENDING_DEBUG);
        state.set(GuestState.PENDING_DEBUG, 0);
        if (pending == 0) {
            return false;
        }
        wake();
        core.delivery().exception(Event.exception(ExceptionVector.DB, 0, pending));
        return true;
    }

    private boolean preemptionTimer() {
        return virtualization().stepsToTimer() <= 0
            && virtualization().interceptBoundary(BoundaryEvent.PREEMPTION_TIMER);
    }

    private boolean nonMaskable() {
        if (blockedBy(BLOCKING_ONE_INSTRUCTION | GuestState.BLOCKING_BY_NMI) || is(Activity.WAIT_FOR_SIPI)) {
            return false;
        }
        if (attends(Attention.VIRTUALIZATION) && virtualization().interceptBoundary(BoundaryEvent.NMI_WINDOW)) {
            return true;
        }
        if (!attends(Attention.NMI)) {
            return false;
        }
        settle(Attention.NMI);
        if (!core.interrupts().isNmiPending()) {
            return false;
        }
        core.interrupts().acknowledgeNmi();
        if (!virtualization().interceptNmi()) {
            wake();
            state.set8(GuestState.BLOCKING, state.get8(GuestState.BLOCKING) | GuestState.BLOCKING_BY_NMI);
            core.delivery().deliver(Event.nmi());
        }
        return true;
    }

    private boolean maskable() {
        if (blockedBy(BLOCKING_ONE_INSTRUCTION) || is(Activity.WAIT_FOR_SIPI) || is(Activity.SHUTDOWN)) {
            return false;
        }
        boolean enabled = (state.get(GuestState.SYSTEM_FLAGS) & Rflags.IF.mask()) != 0;
        if (enabled && attends(Attention.VIRTUALIZATION)
            && virtualization().interceptBoundary(BoundaryEvent.INTERRUPT_WINDOW)) {
            return true;
        }
        if (state.get8(GuestState.INTERRUPT_PENDING) == 0
            || !enabled && state.get8(GuestState.INTERRUPTS_EXIT) == 0) {
            return false;
        }
        if (!virtualization().interceptExternalInterrupt(core.interrupts()::acknowledge)) {
            wake();
            core.delivery().deliver(Event.externalInterrupt(core.interrupts().acknowledge()));
        }
        return true;
    }

    private void wake() {
        if (is(Activity.HLT)) {
            state.set8(GuestState.ACTIVITY, Activity.ACTIVE.ordinal());
        }
    }
}
