/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.util.function.LongSupplier;

/** A clock as the run loop drives it. Machine's thread only. */
public interface DrivenClock extends Clock {
    /** Counts steps that processors took, not negative. Does not expire timers. */
    void advance(long count);

    /** Skips time in which every processor is idle, up to a nominal time not before now. Does not expire timers. */
    void advanceIdle(long to);

    /**
     * Expires, at a boundary, every timer that was due when the method was called: the earliest deadline first, equal
     * deadlines in order of registration. A timer armed meanwhile waits for the next boundary.
     *
     * @return whether any timer expired
     */
    boolean expire();

    /**
     * Registers who knows how many steps the running processor has taken since the last {@link #advance}: what
     * {@link #steps} and {@link #now} tell within a slice includes them.
     */
    void inFlight(LongSupplier stepsOfSlice);

    /** Registers who must know when {@link #nextDeadline} has become earlier: a processor's budget hangs on it. */
    void onEarlierDeadline(Runnable listener);
}
