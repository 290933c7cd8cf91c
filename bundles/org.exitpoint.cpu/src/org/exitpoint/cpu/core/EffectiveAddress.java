/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.shape.Instruction;

/** The offset that an instruction's memory operand denotes, for engine 0 and for helpers that need it besides. */
public final class EffectiveAddress {
    private EffectiveAddress() {
    }

    /** The offset, truncated to the address size; the state's instruction pointer is that of the instruction. */
    public static long of(GuestState state, Instruction instruction) {
        long offset = instruction.displacement();
        if (instruction.base() == Instruction.RIP) {
            offset += state.rip() + instruction.length();
        } else if (instruction.base() != Instruction.NO_REGISTER) {
            offset += state.register(instruction.base());
        }
        if (instruction.index() != Instruction.NO_REGISTER) {
            offset += state.register(instruction.index()) << instruction.scale();
        }
        return offset & instruction.shape().key().addressWidth().mask();
    }
}
