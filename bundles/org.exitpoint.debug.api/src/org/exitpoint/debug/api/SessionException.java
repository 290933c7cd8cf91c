/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api;

/** A session could not do what it was asked. The message is one sentence for the user. */
public class SessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message one sentence
     */
    public SessionException(String message) {
        super(message);
    }
}
