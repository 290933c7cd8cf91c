/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

/** Where a processor's interrupts come from: its local APIC and what is wired to it. */
public interface InterruptSource {
    /** Acknowledges the pending interrupt of the highest priority and gives its vector, 0 to 255. */
    int acknowledge();

    /** Takes a pending non-maskable interrupt; false if there is none. */
    boolean takeNmi();

    /** Takes a pending INIT; false if there is none. */
    boolean takeInit();

    /** Takes a pending start-up IPI's vector; -1 if there is none. */
    int takeStartup();
}
