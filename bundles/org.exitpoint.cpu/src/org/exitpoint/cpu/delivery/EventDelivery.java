/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.delivery;

import org.exitpoint.arch.Dr6;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.Delivery;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;

/**
 * Delivers events, and what their delivery raises, until a handler is entered, a VM exit is done or the processor shuts
 * down (SDM vol. 3, "Interrupt 8—Double Fault Exception (#DF)").
 *
 * <p>A fault met while an event is delivered is first offered to the virtualization, as the event it is; only then the
 * table of double faults makes of both what it says.
 */
public final class EventDelivery implements Delivery {
    private static final int DR6 = GuestState.DEBUG_REGISTERS + 6 * 8;
    private static final int DR7 = GuestState.DEBUG_REGISTERS + 7 * 8;
    private static final long MATCHED = Dr6.B0.mask() | Dr6.B1.mask() | Dr6.B2.mask() | Dr6.B3.mask();
    private static final long STATUS = MATCHED | Dr6.BD.mask() | Dr6.BS.mask() | Dr6.BT.mask();
    private static final long GD = Dr7.GD.mask();
    private static final long RF = Rflags.RF.mask();

    private final Core core;
    private final GuestState state;
    private final GateEntry gates;
    private final EventChain chain = new EventChain();
    private Event vectoring;
    private String shutdownCause;
    private boolean entered;

    /** The delivery of a processor's events. */
    public EventDelivery(Core core) {
        this.core = core;
        this.state = core.state();
        this.gates = new GateEntry(core);
    }

    @Override
    public void raise(Interruption interruption) {
        if (interruption instanceof Interruption.NotImplemented) {
            throw interruption;
        }
        vectoring = null;
        chain.clear();
        if (interruption instanceof Interruption.GuestPhysicalFault) {
            core.virtualization().guestPhysicalFault();
            return;
        }
        offer(eventOf(interruption));
    }

    @Override
    public void exception(Event event) {
        vectoring = null;
        chain.clear();
        offer(event);
    }

    @Override
    public void deliver(Event event) {
        vectoring = null;
        chain.clear();
        run(event);
    }

    @Override
    public Event vectoring() {
        return vectoring;
    }

    @Override
    public boolean takeEntered() {
        boolean was = entered;
        entered = false;
        return was;
    }

    @Override
    public String shutdownCause() {
        return shutdownCause;
    }

    /** Forgets the cause of an earlier shutdown. */
    public void reset() {
        vectoring = null;
        shutdownCause = null;
        entered = false;
    }

    private void offer(Event event) {
        if (!isIntercepted(event)) {
            run(event);
        }
    }

    /** Delivers an event that nobody intercepts, then whatever that raises. */
    private void run(Event first) {
        Event event = first;
        while (event != null) {
            vectoring = event;
            Interruption raised = attempt(event);
            if (raised == null) {
                vectoring = null;
                return;
            }
            if (raised instanceof Interruption.GuestPhysicalFault) {
                core.virtualization().guestPhysicalFault();
                vectoring = null;
                return;
            }
            event = afterFault(event, eventOf(raised));
        }
    }

    private Interruption attempt(Event event) {
        try {
            gates.deliver(event);
            entered = true;
            return null;
        } catch (Interruption.NotImplemented e) {
            vectoring = null;
            throw e;
        } catch (Interruption e) {
            return e;
        }
    }

    /** The event to deliver next, or null if there was a VM exit or a shutdown. */
    private Event afterFault(Event delivered, Event fault) {
        chain.add(delivered, state);
        if (isIntercepted(fault)) {
            vectoring = null;
            return null;
        }
        return switch (combination(delivered, fault)) {
            case SERIAL -> fault;
            case DOUBLE_FAULT -> {
                chain.add(fault, state);
                vectoring = null;
                Event doubleFault = Event.exception(ExceptionVector.DF, 0, 0);
                yield isIntercepted(doubleFault) ? null : doubleFault;
            }
            case SHUTDOWN -> {
                chain.add(fault, state);
                vectoring = null;
                shutDown();
                yield null;
            }
        };
    }

    /** The table "Conditions for Generating a Double Fault"; interrupts and software events are benign. */
    private static ExceptionVector.Combination combination(Event delivered, Event fault) {
        if (delivered.type() != EventType.HARDWARE_EXCEPTION) {
            return ExceptionVector.Combination.SERIAL;
        }
        return ExceptionVector.ofVector(delivered.vector()).then(ExceptionVector.ofVector(fault.vector()));
    }

    private void shutDown() {
        if (core.virtualization().interceptTripleFault()) {
            return;
        }
        shutdownCause = chain.inWords();
        state.set8(GuestState.ACTIVITY, Activity.SHUTDOWN.ordinal());
    }

    /**
     * Whether an exception exits; if not, does to the registers what the exception does before it is delivered. RF is
     * set before the virtualization is asked, because a VM exit saves what would have been pushed (SDM vol. 3, "Saving
     * RIP, RSP, RFLAGS, and SSP").
     */
    private boolean isIntercepted(Event event) {
        ExceptionVector vector = ExceptionVector.ofVector(event.vector());
        boolean hardware = event.type() == EventType.HARDWARE_EXCEPTION;
        if (hardware && vector.kind() == ExceptionVector.Kind.FAULT) {
            state.set(GuestState.SYSTEM_FLAGS, state.get(GuestState.SYSTEM_FLAGS) | RF);
        }
        if (core.virtualization().interceptException(event)) {
            return true;
        }
        if (vector == ExceptionVector.PF) {
            state.set(GuestState.CR2, event.address());
        } else if (vector == ExceptionVector.DB && hardware) {
            state.set(DR6, state.get(DR6) & ~MATCHED | event.address() & STATUS);
            state.set(DR7, state.get(DR7) & ~GD);
        }
        return false;
    }

    private static Event eventOf(Interruption interruption) {
        return switch (interruption) {
            case Interruption.Fault fault -> Event.exception(fault.vector(), fault.errorCode(), 0);
            case Interruption.PageFault fault ->
                Event.exception(ExceptionVector.PF, fault.errorCode(), fault.address());
            case Interruption.DebugFault fault -> Event.exception(ExceptionVector.DB, 0, fault.conditions());
            case Interruption.GuestPhysicalFault other -> throw new IllegalArgumentException(other);
            case Interruption.NotImplemented other -> throw new IllegalArgumentException(other);
        };
    }
}
