/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.event;

import org.exitpoint.arch.ExceptionVector;

/**
 * An event to deliver through the IDT.
 *
 * @param type what kind
 * @param vector 0 to 255
 * @param hasErrorCode whether an error code is pushed
 * @param errorCode the error code, 0 if there is none
 * @param address for page faults the linear address that goes to CR2; for debug exceptions the bits that go to DR6, in
 *        the format of the exit qualification; else 0
 * @param instructionLength for software events the bytes of the instruction that raised it, else 0
 */
public record Event(EventType type, int vector, boolean hasErrorCode, long errorCode, long address,
        int instructionLength) {

    /** A processor exception; the vector says whether it has an error code. */
    public static Event exception(ExceptionVector vector, long errorCode, long address) {
        return new Event(EventType.HARDWARE_EXCEPTION, vector.vector(), vector.pushesErrorCode(), errorCode, address,
            0);
    }

    /** An external interrupt. */
    public static Event externalInterrupt(int vector) {
        return new Event(EventType.EXTERNAL_INTERRUPT, vector, false, 0, 0, 0);
    }

    /** A non-maskable interrupt. */
    public static Event nmi() {
        return new Event(EventType.NMI, ExceptionVector.NMI.vector(), false, 0, 0, 0);
    }

    /** A software interrupt or exception raised by an instruction of this length. */
    public static Event software(EventType type, int vector, int instructionLength) {
        return new Event(type, vector, false, 0, 0, instructionLength);
    }
}
