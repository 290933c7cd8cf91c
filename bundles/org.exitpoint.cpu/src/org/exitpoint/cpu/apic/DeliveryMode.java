/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;

/** What an interrupt message does at its destination; in the order of the field's encodings. */
@Sdm(section = "12.5.1", title = "Local Vector Table")
public enum DeliveryMode {
    /** Delivers the vector to every destination. */
    FIXED,
    /** Delivers the vector to the destination that runs at the lowest priority. */
    LOWEST_PRIORITY,
    /** A system-management interrupt. */
    SMI,
    /** No mode has this encoding. */
    RESERVED,
    /** A non-maskable interrupt; the vector is ignored. */
    NMI,
    /** Makes the processor do an INIT. */
    INIT,
    /** Starts a processor that waits for it, at the page that the vector names. Interprocessor interrupts only. */
    STARTUP,
    /** The processor asks the external controller for the vector. Not for interprocessor interrupts. */
    EXTINT;

    private static final int SHIFT = 8;
    private static final DeliveryMode[] MODES = values();

    /** The mode in bits 10:8, where all registers and messages have it. */
    public static DeliveryMode of(int register) {
        return MODES[register >>> SHIFT & MODES.length - 1];
    }

    /** The mode as bits 10:8. */
    int inRegister() {
        return ordinal() << SHIFT;
    }
}
