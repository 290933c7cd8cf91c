/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/**
 * HLT, PAUSE, MONITOR and MWAIT. MWAIT does not wait: the manual lets a processor leave the optimized state at any
 * time, and this one leaves it at once.
 */
public final class WaitInstructions {
    private final Core core;
    private final GuestState state;

    /** The waiting of a processor. */
    public WaitInstructions(Core core) {
        this.core = core;
        state = core.state();
    }

    /** Helper HLT. */
    public long halt() {
        state.set8(GuestState.ACTIVITY, Activity.HLT.ordinal());
        return 0;
    }

    /** Helper PAUSE. */
    public long pause() {
        state.attend(Attention.YIELD);
        return 0;
    }

    /** Helper MONITOR. */
    public long monitor(Instruction instruction, long offset) {
        if (Pair.selector(state) != 0) {
            throw Faults.generalProtection();
        }
        core.memory().probeRead(instruction.segment(), offset, 1);
        state.set(MsrSlots.MONITOR_ARMED, 1);
        return 0;
    }

    /** Helper MWAIT; its qualification is whether MONITOR has armed the address-range hardware. */
    public long waitForStore(Instruction instruction) {
        if (state.isSet(GuestState.INTERCEPTS, Intercept.MWAIT.mask())
            && core.virtualization().intercept(Intercept.MWAIT, instruction, state.get(MsrSlots.MONITOR_ARMED))) {
            return 0;
        }
        if (Pair.selector(state) != 0) {
            throw Faults.generalProtection();
        }
        state.set(MsrSlots.MONITOR_ARMED, 0);
        return pause();
    }
}
