/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/**
 * Why a machine stopped running. The position is the vCPU that stopped it and the clock's step count, both in the
 * machine; a debugger adds contexts.
 */
public sealed interface Stop {
    /** The step or instruction limit that {@code run} was given is used up. */
    record Limit() implements Stop {
    }

    /** Somebody asked the machine to pause. */
    record Paused() implements Stop {
    }

    /** A hook asked to stop (breakpoint, VM exit, VM entry, entry failure); the hook knows what it is. */
    record Hook(int vcpu, Object cause) implements Stop {
    }

    /** Every processor is halted, nothing can wake one. */
    record Idle() implements Stop {
    }

    /** The guest asked for power-off. */
    record PowerOff() implements Stop {
    }

    /** The guest wrote a value to the debug-exit port. */
    record GuestExit(long value) implements Stop {
    }

    /** The processor entered the shutdown state (triple fault outside a guest); the cause says what led there. */
    record Shutdown(int vcpu, String cause) implements Stop {
    }

    /** The guest reached something this machine does not implement. */
    record NotImplemented(int vcpu, long rip, String what) implements Stop {
    }

    /** Two machines in lock-step differ. */
    record Divergence(String difference) implements Stop {
    }
}
