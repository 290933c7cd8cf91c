/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Interruption;

/**
 * Delivery of exceptions, interrupts and injected events. Each method returns when the state stands at the handler's
 * first instruction, when a VM exit was done, or when the processor is shut down. The machine's thread only.
 */
public interface Delivery {
    /**
     * Delivers what an instruction raised. The state is that of before the instruction. What the machine does not
     * implement is thrown on.
     */
    void raise(Interruption interruption);

    /**
     * Delivers an exception, software exceptions included, unless the virtualization intercepts it. Sets CR2, DR6 and
     * DR7.GD as the exception does; for exceptions of the class of faults sets RFLAGS.RF in what is saved.
     */
    void exception(Event event);

    /**
     * Delivers an interrupt, or an event that VM entry injects: the virtualization is not asked about the event itself,
     * and CR2, DR6, DR7 and the saved RF stay.
     */
    void deliver(Event event);

    /**
     * The event whose delivery is under way, or null: the "original event" of SDM vol. 3, "Information for VM Exits
     * During Event Delivery".
     */
    Event vectoring();

    /**
     * Whether a handler was entered since this was last asked; asking clears it. An instruction that enters one itself
     * (INT n) has cleared TF and is not single-stepped.
     */
    boolean takeEntered();

    /** What led to the shutdown state, in a sentence; null if nothing did since reset. */
    String shutdownCause();
}
