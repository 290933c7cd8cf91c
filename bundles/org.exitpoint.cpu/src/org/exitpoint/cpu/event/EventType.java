/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.event;

/** Type of an event, with the number that VMX's interruption-information fields give it. */
public enum EventType {
    /** An external interrupt. */
    EXTERNAL_INTERRUPT(0),
    /** A non-maskable interrupt. */
    NMI(2),
    /** A processor exception, INT1, INT3 and INTO excepted. */
    HARDWARE_EXCEPTION(3),
    /** INT n. */
    SOFTWARE_INTERRUPT(4),
    /** INT1. */
    PRIVILEGED_SOFTWARE_EXCEPTION(5),
    /** INT3 and INTO. */
    SOFTWARE_EXCEPTION(6);

    private final int number;

    EventType(int number) {
        this.number = number;
    }

    /** Number in bits 10:8 of the interruption-information fields. */
    public int number() {
        return number;
    }

    /** Whether an instruction raised the event on purpose: the saved RIP is the next instruction's, EXT is 0. */
    public boolean isSoftware() {
        return number >= 4;
    }
}
