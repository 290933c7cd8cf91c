/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

/** What a processor is doing when it executes no instructions; in the order of the VMCS field's values. */
public enum Activity {
    /** Executing instructions. */
    ACTIVE,
    /** Halted by HLT. */
    HLT,
    /** Shut down by a triple fault. */
    SHUTDOWN,
    /** Waiting for a startup IPI. */
    WAIT_FOR_SIPI
}
