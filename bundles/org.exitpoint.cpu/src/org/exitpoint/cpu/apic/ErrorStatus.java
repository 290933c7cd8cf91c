/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** The error status register. Errors become readable when software writes the register. */
@Sdm(section = "12.5.3", title = "Error Handling")
final class ErrorStatus {
    /** The APIC was told to send a vector of 0 to 15. */
    static final int SEND_ILLEGAL_VECTOR = 1 << 5;
    /** A vector of 0 to 15 arrived, or came from the local vector table. */
    static final int RECEIVE_ILLEGAL_VECTOR = 1 << 6;
    /** Software used a reserved register. */
    static final int ILLEGAL_REGISTER_ADDRESS = 1 << 7;

    private int detected;
    private int readable;

    void reset() {
        detected = 0;
        readable = 0;
    }

    /** Notes an error; true if it is the first since the last write, which is the one that interrupts. */
    boolean detect(int error) {
        boolean first = detected == 0;
        detected |= error;
        return first;
    }

    int read() {
        return readable;
    }

    void write() {
        readable = detected;
        detected = 0;
    }

    void save(StateWriter out) {
        out.number("esrDetected", detected);
        out.number("esr", readable);
    }

    void restore(StateReader in) {
        detected = (int) in.number("esrDetected");
        readable = (int) in.number("esr");
    }
}
