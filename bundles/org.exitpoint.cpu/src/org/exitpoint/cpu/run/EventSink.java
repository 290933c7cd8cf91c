/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Interruption;

/**
 * Delivers events on a processor: afterwards the state is at a handler's first instruction, or a VM exit was done, or
 * the processor has shut down.
 */
public interface EventSink {
    /** Delivers what kept an instruction from completing. Not for what is not implemented. */
    void raise(Interruption interruption);

    /** Delivers an event that is no instruction's. */
    void deliver(Event event);

    /** How the processor came to shut down, in words; empty if it did not. */
    String shutdownCause();
}
