/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

/** What a local APIC tells the rest of the machine. The machine's thread only. */
public interface InterProcessor {
    /**
     * Sends an interprocessor interrupt to those of its destinations that are not the sender, which has served itself;
     * for the delivery mode "lowest priority" to one of all destinations, the sender included.
     */
    void send(InterprocessorInterrupt interrupt);

    /** Tells the I/O APICs that the service of a level-triggered interrupt has ended. */
    void endOfInterrupt(int vector);
}
