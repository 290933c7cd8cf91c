/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/** RDMSR, WRMSR and RDPMC. */
public final class ModelSpecificInstructions {
    private final Core core;
    private final GuestState state;

    /** The instructions of a processor. */
    public ModelSpecificInstructions(Core core) {
        this.core = core;
        state = core.state();
    }

    /** Helper RDMSR. */
    public long read(Instruction instruction) {
        int address = Pair.selector(state);
        if (!intercepted(Intercept.RDMSR, instruction, address)) {
            Pair.set(state, core.msrs().read(address));
        }
        return 0;
    }

    /** Helper WRMSR. */
    public long write(Instruction instruction) {
        int address = Pair.selector(state);
        if (!intercepted(Intercept.WRMSR, instruction, address)) {
            core.msrs().write(address, Pair.get(state));
        }
        return 0;
    }

    /** Helper RDPMC: the processor has no performance-monitoring counters. */
    public long readCounter() {
        throw Faults.generalProtection();
    }

    private boolean intercepted(Intercept event, Instruction instruction, int address) {
        return state.isSet(GuestState.INTERCEPTS, event.mask())
            && core.virtualization().interceptMsr(instruction, address, event == Intercept.WRMSR);
    }
}
