/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api;

/** A query named a stop that is over: the machine runs, or has stopped anew. */
public final class StaleStopException extends SessionException {
    private static final long serialVersionUID = 1L;

    /**
     * A query that came too late.
     *
     * @param stopId the stop it named
     */
    public StaleStopException(long stopId) {
        super("stop " + stopId + " is over");
    }
}
