/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.Sdm;

/** The values of the guest activity state, in the order of their numbers. */
@Sdm(section = "26.4.2", title = "Guest Non-Register State")
public enum ActivityState {
    /** 0: executing instructions normally. */
    ACTIVE,
    /** 1: inactive because of HLT. */
    HLT,
    /** 2: inactive because of a triple fault or another serious error. */
    SHUTDOWN,
    /** 3: waiting for a start-up IPI. */
    WAIT_FOR_SIPI;

    private static final ActivityState[] ALL = values();

    /**
     * The value of the field.
     *
     * @return 0 to 3
     */
    public int number() {
        return ordinal();
    }

    /**
     * Finds a state by its number.
     *
     * @param number a value of the field, zero-extended
     * @return the state, or null if the value is not used
     */
    public static ActivityState ofNumber(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : null;
    }
}
