/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;

/**
 * CLI and STI. The processor has neither virtual-8086 mode extensions nor protected-mode virtual interrupts, so that
 * only IOPL counts.
 */
public final class InterruptFlag {
    private static final long IF = Rflags.IF.mask();

    private final GuestState state;

    /** The interrupt flag of a processor. */
    public InterruptFlag(Core core) {
        state = core.state();
    }

    /** Helper CLI. */
    public long clear() {
        long flags = checked();
        state.set(GuestState.SYSTEM_FLAGS, flags & ~IF);
        return 0;
    }

    /** Helper STI: blocks interrupts for one instruction if they were off. */
    public long set() {
        long flags = checked();
        if ((flags & IF) == 0) {
            state.set(GuestState.SYSTEM_FLAGS, flags | IF);
            state.blockForOneInstruction(GuestState.BLOCKING_BY_STI);
        }
        return 0;
    }

    private long checked() {
        long flags = state.get(GuestState.SYSTEM_FLAGS);
        if (state.cpl() > Rflags.IOPL.of(flags)) {
            throw Faults.generalProtection();
        }
        return flags;
    }
}
