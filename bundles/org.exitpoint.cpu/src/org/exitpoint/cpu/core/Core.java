/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.cpu.memory.OperandMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.PhysicalMemory;

/**
 * One processor: what instruction helpers, engines and virtualization work on. The machine's thread only.
 */
public interface Core {
    /** Number of the processor, from 0. */
    int index();

    /** The architectural state. */
    GuestState state();

    /** Memory as instructions see it. */
    OperandMemory memory();

    /** Host-physical memory. */
    PhysicalMemory physical();

    /** The bus that devices are on. */
    Bus bus();

    /** The machine's clock. */
    Clock clock();

    /** Whoever decides on VM exits. */
    Virtualization virtualization();

    /** Says that a VM exit was done: the state is the host's. */
    void exited();

    /** Whether a VM exit was done since this was last asked; asking clears it. */
    boolean takeExited();
}
