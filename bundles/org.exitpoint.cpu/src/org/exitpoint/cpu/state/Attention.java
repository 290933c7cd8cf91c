/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

/** Reasons to go back to the instruction boundary, as bits of {@link GuestState#ATTENTION}. */
public final class Attention {
    /** A debugger, a device or a hook asked the machine to stop. */
    public static final int STOP = 1;
    /** Budgets must be computed anew: a deadline or the preemption timer has changed. */
    public static final int BUDGET = 1 << 1;
    /** A non-maskable interrupt is pending. */
    public static final int NMI = 1 << 2;
    /** {@link GuestState#PENDING_DEBUG} holds a debug exception. */
    public static final int DEBUG_EXCEPTION = 1 << 3;
    /** The virtualization wants to be asked: a window, the monitor trap flag, an event it injects. */
    public static final int VIRTUALIZATION = 1 << 4;
    /** INIT or a start-up IPI arrived. */
    public static final int INIT = 1 << 5;
    /** The processor gives the rest of its turn to the others. */
    public static final int YIELD = 1 << 6;
    /** What ends a slice, and is settled when the processor's next one begins. */
    public static final int ENDS_SLICE = STOP | BUDGET | YIELD;

    private Attention() {
    }
}
