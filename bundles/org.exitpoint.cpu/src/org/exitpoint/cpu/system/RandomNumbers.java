/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.shape.Instruction;

/** RDRAND and RDSEED: a sequence that the seed in the state fixes, so that the same run gives the same numbers. */
public final class RandomNumbers {
    private static final long INCREMENT = 0x9E37_79B9_7F4A_7C15L;

    private final GuestState state;

    /** The numbers of a processor. */
    public RandomNumbers(Core core) {
        state = core.state();
    }

    /** Helpers RDRAND and RDSEED. */
    public long next(Instruction instruction) {
        long position = state.get(MsrSlots.RANDOM) + INCREMENT;
        state.set(MsrSlots.RANDOM, position);
        long mixed = (position ^ position >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return (mixed ^ mixed >>> 31) & instruction.shape().key().operandWidth().mask();
    }
}
