/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.memory.PhysicalAccess;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.Mmu;

/**
 * One processor: what instruction helpers, engines and virtualization work on. The machine's thread only.
 */
public interface Core {
    /** Number of the processor, from 0. */
    int index();

    /** The architectural state. */
    GuestState state();

    /** Memory as instructions see it. */
    LinearMemory memory();

    /** Address translation. */
    Mmu mmu();

    /** Host-physical memory. */
    PhysicalMemory physical();

    /** Host-physical addresses as the processor reaches them: memory, its local APIC, devices. */
    PhysicalAccess physicalAccess();

    /** The bus that devices are on. */
    Bus bus();

    /** The machine's clock. */
    Clock clock();

    /** What the processor model supports. */
    ProcessorFeatures features();

    /** The model-specific registers. */
    ModelSpecificRegisters msrs();

    /** The local interrupt controller. */
    LocalInterrupts interrupts();

    /** Delivery of exceptions, interrupts and injected events. */
    Delivery delivery();

    /** Whoever decides on VM exits. */
    Virtualization virtualization();

    /**
     * Says that CR0, CR3, CR4, IA32_EFER, CS, SS or EFLAGS.VM were set in the state: recomputes what follows from them,
     * here and in the MMU. Invalidates no cached translation.
     */
    void stateReplaced();

    /** Says that a VM exit was done: the state is the host's. */
    void exited();

    /** Whether a VM exit was done since this was last asked; asking clears it. */
    boolean takeExited();
}
