/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/** What a helper may do beyond computing its result. */
public enum Effect {
    /** It may raise a fault; then it has written nothing. */
    FAULTS,
    /** It may cause a VM exit, which replaces the state; then it has written nothing else. */
    EXITS,
    /** It writes architectural state. */
    WRITES,
    /** It reads the status flags. */
    READS_FLAGS,
    /** It writes the status flags. */
    WRITES_FLAGS,
    /** It sets the instruction pointer itself; the row ends with {@code transferred}. */
    TRANSFERS
}
