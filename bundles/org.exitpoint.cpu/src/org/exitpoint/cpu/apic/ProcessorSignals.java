/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** What waits for the processor beside vectors: NMI, INIT, a start-up IPI, a message to ask the external controller. */
final class ProcessorSignals {
    private static final int NO_STARTUP = -1;

    private boolean nmi;
    private boolean init;
    private int startup = NO_STARTUP;
    private boolean externalMessage;

    void reset() {
        nmi = false;
        init = false;
        startup = NO_STARTUP;
        externalMessage = false;
    }

    boolean isNmiPending() {
        return nmi;
    }

    void setNmi(boolean pending) {
        nmi = pending;
    }

    boolean isInitOrStartupPending() {
        return init || startup != NO_STARTUP;
    }

    /** A start-up IPI that came before the INIT was for nobody who waited. */
    void signalInit() {
        init = true;
        startup = NO_STARTUP;
    }

    boolean takeInit() {
        boolean taken = init;
        init = false;
        return taken;
    }

    void signalStartup(int vector) {
        startup = vector;
    }

    int takeStartup() {
        int taken = startup;
        startup = NO_STARTUP;
        return taken;
    }

    boolean isExternalMessagePending() {
        return externalMessage;
    }

    void setExternalMessage(boolean pending) {
        externalMessage = pending;
    }

    void save(StateWriter out) {
        out.number("nmi", nmi ? 1 : 0);
        out.number("init", init ? 1 : 0);
        out.number("startup", startup);
        out.number("externalMessage", externalMessage ? 1 : 0);
    }

    void restore(StateReader in) {
        nmi = in.number("nmi") != 0;
        init = in.number("init") != 0;
        startup = (int) in.number("startup");
        externalMessage = in.number("externalMessage") != 0;
    }
}
