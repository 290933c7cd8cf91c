/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

/** What an access does, for the question whether an address translates. */
public enum AccessKind {
    /** Data is read. */
    READ,
    /** Data is written. */
    WRITE,
    /** An instruction is fetched. */
    FETCH
}
