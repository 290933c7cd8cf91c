/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

/** Things that may exit between instructions, in falling priority (SDM vol. 3, "Priority Among Concurrent Events"). */
public enum BoundaryEvent {
    /** Monitor trap flag, or an MTF exit that was injected. */
    MONITOR_TRAP_FLAG,
    /** The VMX-preemption timer has counted down. */
    PREEMPTION_TIMER,
    /** An NMI could be delivered. */
    NMI_WINDOW,
    /** An external interrupt could be delivered. */
    INTERRUPT_WINDOW
}
