/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Width;

/** Reading of the current stack and setting of its pointer, in the stack's width. */
final class Stack {
    private static final int RSP = GeneralRegister.RSP.number();

    private final GuestState state;
    private final LinearMemory memory;

    Stack(GuestState state, LinearMemory memory) {
        this.state = state;
        this.memory = memory;
    }

    /** The stack pointer. */
    long pointer() {
        return state.register(RSP) & state.stackWidth().mask();
    }

    /** The value of {@code bytes} at a distance above the stack pointer. */
    long peek(long distance, int bytes) {
        return memory.load(GuestState.SS, pointer() + distance & state.stackWidth().mask(), bytes);
    }

    /** Sets the stack pointer in the width that SS and the mode have by now. */
    void setPointer(long value) {
        Width width = state.stackWidth();
        if (width == Width.I16) {
            state.setRegister(RSP, state.register(RSP) & ~width.mask() | value & width.mask());
        } else {
            state.setRegister(RSP, value & width.mask());
        }
    }
}
