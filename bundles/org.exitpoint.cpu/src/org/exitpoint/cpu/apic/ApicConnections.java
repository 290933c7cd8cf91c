/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

import org.exitpoint.machine.Clock;

/**
 * What a local APIC is connected to.
 *
 * @param clock the machine's clock; the timer is registered there as {@code lapic<ID>-timer}
 * @param tscOffset what is added to the clock, in nanoseconds, to give the processor's time-stamp counter; whoever
 *     changes it calls {@link org.exitpoint.cpu.core.LocalInterrupts#timeStampCounterChanged}
 * @param interProcessor the other APICs of the machine
 * @param externalController the interrupt-acknowledge cycle of the 8259A on LINT0: gives the vector, 0 to 255
 * @param changed called whenever something that waits for the processor may have come or gone, not from constructors
 */
public record ApicConnections(Clock clock, LongSupplier tscOffset, InterProcessor interProcessor,
    IntSupplier externalController, Runnable changed) {
}
