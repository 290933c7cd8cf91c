/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** The registers LDR and DFR, by which an APIC knows messages with a logical destination as its own. */
@Sdm(section = "12.6.2.2", title = "Logical Destination Mode")
final class LogicalAddress {
    private static final int ID_SHIFT = 24;
    private static final int MODEL_SHIFT = 28;
    private static final int FLAT = 0xF;
    private static final int CLUSTER = 0;
    private static final int CLUSTER_ADDRESS = 0xF0;
    private static final int CLUSTER_MEMBERS = 0x0F;

    private int destination;
    private int format;

    LogicalAddress() {
        reset();
    }

    void reset() {
        destination = 0;
        format = -1;
    }

    int destination() {
        return destination;
    }

    void setDestination(int ldr) {
        destination = ldr;
    }

    int format() {
        return format;
    }

    void setFormat(int dfr) {
        format = dfr | ~ApicRegister.DFR.writable();
    }

    /** Whether a message destination address means this APIC. Models other than flat and cluster are reserved. */
    boolean matches(int address) {
        int id = destination >>> ID_SHIFT;
        return address == InterruptMessage.BROADCAST || switch (format >>> MODEL_SHIFT) {
            case FLAT -> (id & address) != 0;
            case CLUSTER -> ((id ^ address) & CLUSTER_ADDRESS) == 0 && (id & address & CLUSTER_MEMBERS) != 0;
            default -> false;
        };
    }

    void save(StateWriter out) {
        out.number("ldr", destination);
        out.number("dfr", format);
    }

    void restore(StateReader in) {
        destination = (int) in.number("ldr");
        format = (int) in.number("dfr");
    }
}
