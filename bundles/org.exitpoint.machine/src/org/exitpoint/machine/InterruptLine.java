/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/** An interrupt output of a device, wired by the platform. Machine's thread only. */
@FunctionalInterface
public interface InterruptLine {
    /** Drives the line to a level. */
    void set(boolean asserted);
}
