/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/** Takes a component's state, named field by named field, in a fixed order. */
public interface StateWriter {
    /** Writes a number of up to 64 bits. */
    void number(String field, long value);

    /** Writes bytes. */
    void bytes(String field, byte[] value);
}
