/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.delivery;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.memory.StackFrame;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;

/**
 * Delivery through the interrupt vector table (SDM vol. 3, "Real-Address Mode Operation", "Interrupts and Exceptions").
 */
final class RealModeEntry {
    private static final int RSP = GeneralRegister.RSP.number();
    private static final int ENTRY_BYTES = 4;
    private static final int WORD = 2;
    private static final long LOW_WORD = 0xFFFF;
    private static final long CLEARED = Rflags.TF.mask() | Rflags.IF.mask() | Rflags.RF.mask() | Rflags.AC.mask();

    private final GuestState state;
    private final LinearMemory memory;
    private final StackFrame frame;

    RealModeEntry(Core core) {
        state = core.state();
        memory = core.memory();
        frame = new StackFrame(state, memory);
    }

    /** Enters the handler; real-address mode pushes no error codes. */
    void deliver(Event event, long returnAddress) {
        int at = event.vector() * ENTRY_BYTES;
        if (at + ENTRY_BYTES - 1 > state.get16(GuestState.IDTR + 8)) {
            throw new Interruption.Fault(ExceptionVector.GP, 0);
        }
        long pointer = memory.loadSystem(state.get(GuestState.IDTR) + at, ENTRY_BYTES);
        frame.onCurrentStack(WORD, 0);
        frame.push(state.rflags());
        frame.push(state.selector(GuestState.CS));
        frame.push(returnAddress);
        frame.check();
        frame.write();
        state.setRegister(RSP, state.register(RSP) & ~LOW_WORD | frame.pointer() & LOW_WORD);
        int selector = (int) (pointer >>> 16 & LOW_WORD);
        state.setSegment(GuestState.CS, selector, (long) selector << 4, state.segmentLimit(GuestState.CS),
            state.segmentRights(GuestState.CS));
        state.setRip(pointer & LOW_WORD);
        state.set(GuestState.SYSTEM_FLAGS, state.get(GuestState.SYSTEM_FLAGS) & ~CLEARED);
        ModeUpkeep.refresh(state);
    }
}
