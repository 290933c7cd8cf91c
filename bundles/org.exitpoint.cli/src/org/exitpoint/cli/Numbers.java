/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import org.exitpoint.cli.machine.Failure;

/** Numbers in options. */
final class Numbers {
    private static final double MOST_SECONDS = 1e9;
    private static final long NANOS = 1_000_000_000L;

    private Numbers() {
    }

    /** A decimal number from 1 up; {@code _} may group digits. */
    static long positive(String option, String text) throws Failure {
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are none to count with.
        }
        throw Failure.usage(option + " takes a number from 1 up, not \"" + text + "\"");
    }

    /** A time in seconds, with a fraction if need be, in nanoseconds. */
    static long nanoseconds(String option, String text) throws Failure {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= MOST_SECONDS) {
                return (long) (seconds * NANOS);
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are no time to wait.
        }
        throw Failure.usage(option + " takes a number of seconds above 0, not \"" + text + "\"");
    }
}
