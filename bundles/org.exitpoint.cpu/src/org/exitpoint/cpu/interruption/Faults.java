/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interruption;

import org.exitpoint.arch.ExceptionVector;

/** Makes the exceptions that instructions raise most. */
public final class Faults {
    private Faults() {
    }

    /** #GP(0). */
    public static Interruption.Fault generalProtection() {
        return generalProtection(0);
    }

    /** #GP with an error code. */
    public static Interruption.Fault generalProtection(int errorCode) {
        return new Interruption.Fault(ExceptionVector.GP, errorCode);
    }

    /** #UD. */
    public static Interruption.Fault invalidOpcode() {
        return new Interruption.Fault(ExceptionVector.UD, 0);
    }

    /** An exception with an error code that names a selector; {@code external} is its EXT bit, 0 or 1. */
    public static Interruption.Fault ofSelector(ExceptionVector vector, int selector, int external) {
        return new Interruption.Fault(vector, selector & 0xFFFC | external);
    }
}
