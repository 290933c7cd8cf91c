/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.Cr4;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/** RDTSC, RDTSCP and RDPID. The counter runs at one tick a nanosecond of the machine's clock. */
public final class TimeStampCounter {
    private static final long TSD = Cr4.TSD.mask();

    private final Core core;
    private final GuestState state;

    /** The counter of a processor. */
    public TimeStampCounter(Core core) {
        this.core = core;
        state = core.state();
    }

    /** The processor's counter, without a guest's offset. */
    public long value() {
        return core.clock().now() + state.get(MsrSlots.TSC_OFFSET);
    }

    /** Helper RDTSC. */
    public long read() {
        Pair.set(state, core.virtualization().visibleTimeStampCounter(value()));
        return 0;
    }

    /** Helper RDTSCP. */
    public long readWithProcessor(Instruction instruction) {
        if (core.virtualization().forbids(Helper.RDTSCP)) {
            throw Faults.invalidOpcode();
        }
        if (state.cpl() != 0 && state.isSet(GuestState.CR4, TSD)) {
            throw Faults.generalProtection();
        }
        if (state.isSet(GuestState.INTERCEPTS, Intercept.RDTSCP.mask())
            && core.virtualization().intercept(Intercept.RDTSCP, instruction, 0)) {
            return 0;
        }
        state.setRegister(Pair.RCX, state.get(GuestState.TSC_AUX));
        return read();
    }

    /** Helper RDPID. */
    public long processor() {
        if (core.virtualization().forbids(Helper.RDPID)) {
            throw Faults.invalidOpcode();
        }
        return state.get(GuestState.TSC_AUX);
    }
}
