/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** Hears that the next instruction changes the host's flags, in time to save what is in them. */
@FunctionalInterface
public interface FlagGuard {
    /** The host's flags are about to change. What this emits must leave them alone. */
    void beforeFlagsChange();
}
