/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

/**
 * How long a run may last.
 *
 * @param steps steps, from 1
 * @param nanoseconds time on the wall clock
 */
record Limits(long steps, long nanoseconds) {
    /** No limits. */
    static final Limits NONE = new Limits(Long.MAX_VALUE, Long.MAX_VALUE);
}
