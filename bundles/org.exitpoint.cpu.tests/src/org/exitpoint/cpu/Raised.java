/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Expectations of what an instruction raises. */
final class Raised {
    private Raised() {
    }

    /** The action raises the exception with the error code. */
    static void fault(ExceptionVector vector, long errorCode, Runnable action) {
        Interruption.Fault fault = catchThrowableOfType(Interruption.Fault.class, action::run);
        assertThat(fault).as("raises #%s", vector).isNotNull();
        assertThat(fault.vector()).isEqualTo(vector);
        assertThat(fault.errorCode()).as("error code").isEqualTo(errorCode);
    }

    /** The action raises #GP(0). */
    static void generalProtection(Runnable action) {
        fault(ExceptionVector.GP, 0, action);
    }

    /** The action stops the machine, saying that something is not implemented. */
    static void notImplemented(String what, Runnable action) {
        assertThat(catchThrowableOfType(Interruption.NotImplemented.class, action::run)).hasMessageContaining(what);
    }
}
