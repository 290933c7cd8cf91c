/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api;

import org.exitpoint.debug.api.stop.Stop;

/** Hears of a session's events, in order, on the session's dispatcher thread, which it may block. */
public interface SessionListener {
    /** The machine runs: queries for the last stop are stale. */
    default void resumed() {
    }

    /**
     * The machine stopped.
     *
     * @param stop where and why
     */
    void stopped(Stop stop);

    /**
     * The session is over; no event follows.
     *
     * @param cause why, in a sentence if it was not the client's wish; else empty
     */
    default void terminated(String cause) {
    }
}
