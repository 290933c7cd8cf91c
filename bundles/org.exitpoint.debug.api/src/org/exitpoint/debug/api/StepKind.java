/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api;

/** How far a step goes. Steps never alter execution: the normal schedule runs until the stepping processor is there. */
public enum StepKind {
    /**
     * One instruction. At VMLAUNCH and VMRESUME to the first instruction of the guest; at an instruction that causes a
     * VM exit to HOST_RIP.
     */
    INTO,
    /**
     * One instruction, calls and repetitions included, in the same context. At VMLAUNCH and VMRESUME to the next
     * arrival at HOST_RIP; at an instruction that causes a VM exit to the next instruction of the same guest.
     */
    OVER,
    /** Out of the present procedure; in a guest to its next VM exit. */
    RETURN
}
