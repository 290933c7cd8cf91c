/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/**
 * The machine's one clock. Time is a count of steps (retired instructions, REP iterations, delivered events, VM entries
 * and exits, over all vCPUs) plus the steps skipped while every processor was idle; one step is one nanosecond nominal.
 *
 * <p>A device has named deadlines, not callbacks of its own making: it registers a {@link Timer} once and arms it with
 * an absolute time. Timers due at the same time fire in the order in which they were registered. Machine's thread only.
 */
public interface Clock {
    /** Steps executed since power-on: names one state of the machine. */
    long steps();

    /** Nominal time in nanoseconds: steps plus idle skip. */
    long now();

    /** Registers a timer under a name unique in the machine. It starts disarmed. */
    Timer timer(String name, Runnable expired);

    /** The earliest armed deadline in nominal nanoseconds, or {@link Long#MAX_VALUE}. */
    long nextDeadline();

    /** A deadline in the machine's time. */
    interface Timer {
        /**
         * Arms the timer for an absolute nominal time in nanoseconds; a time not after now expires at the next
         * boundary.
         */
        void arm(long deadline);

        /** Disarms the timer. */
        void disarm();

        /** The armed deadline, or {@link Long#MAX_VALUE}. */
        long deadline();
    }
}
