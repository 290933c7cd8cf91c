/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/** One simulated logical processor, as devices and platform see it. */
public interface Vcpu {
    /** Number of the processor in its machine, from 0; also its initial APIC ID. */
    int index();

    /** Whether the processor waits for an event (HLT, wait-for-SIPI, shutdown). */
    boolean isIdle();
}
