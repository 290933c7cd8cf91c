/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

/** The bytes are no snapshot, or not one of this version and board. The message is one sentence for the user. */
public final class SnapshotException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SnapshotException(String message) {
        super(message);
    }
}
