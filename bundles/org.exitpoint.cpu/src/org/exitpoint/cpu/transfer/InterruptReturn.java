/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.segment.Selector;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.shape.Instruction;

/** IRET, IRETD and IRETQ (SDM vol. 2, "IRET/IRETD/IRETQ"). */
public final class InterruptReturn {
    private static final long NT = Rflags.NT.mask();
    private static final long VM = Rflags.VM.mask();

    private final Core core;
    private final GuestState state;
    private final FarReturn far;
    private final FlagsWriter flags;
    private final Stack stack;

    /** The interrupt returns of a processor. */
    public InterruptReturn(Core core) {
        this.core = core;
        state = core.state();
        far = new FarReturn(core);
        flags = new FlagsWriter(core);
        stack = new Stack(state, core.memory());
    }

    /** Helper IRET. */
    public long execute(Instruction instruction) {
        unblockNmi();
        int bytes = instruction.shape().key().operandWidth().bytes();
        if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented("IRET in virtual-8086 mode");
        }
        boolean longMode = ModeUpkeep.isLongModeActive(state);
        if (state.isSet(GuestState.SYSTEM_FLAGS, NT)) {
            if (longMode) {
                throw Faults.generalProtection();
            }
            if (ModeUpkeep.isProtected(state)) {
                throw new Interruption.NotImplemented("hardware task switch by IRET with the NT flag set");
            }
        }
        long offset = stack.peek(0, bytes);
        int selector = (int) stack.peek(bytes, bytes) & 0xFFFF;
        long image = stack.peek(2L * bytes, bytes);
        if (!ModeUpkeep.isProtected(state)) {
            far.returnReal(selector, offset, 3L * bytes);
            flags.set(image, bytes, 0);
        } else if ((image & VM) != 0 && bytes == 4 && !longMode && state.cpl() == 0) {
            throw new Interruption.NotImplemented("IRET to virtual-8086 mode");
        } else {
            returnProtected(bytes, offset, selector, image);
        }
        return 0;
    }

    private void returnProtected(int bytes, long offset, int selector, long image) {
        far.readCode(selector);
        int oldLevel = state.cpl();
        int level = Selector.rpl(selector);
        if (level == oldLevel && !ModeUpkeep.is64Bit(state)) {
            far.checkOffset(offset);
            long pointer = stack.pointer() + 3L * bytes;
            far.commitSameStack(level, offset);
            stack.setPointer(pointer);
        } else {
            long pointer = stack.peek(3L * bytes, bytes);
            far.readStack((int) stack.peek(4L * bytes, bytes) & 0xFFFF, level);
            far.checkOffset(offset);
            far.commitOuter(level, offset, pointer);
        }
        flags.set(image, bytes, oldLevel);
    }

    private void unblockNmi() {
        int blocking = state.get8(GuestState.BLOCKING);
        if (core.virtualization().iretUnblocksNmi() && (blocking & GuestState.BLOCKING_BY_NMI) != 0) {
            state.set8(GuestState.BLOCKING, blocking & ~GuestState.BLOCKING_BY_NMI);
        }
    }
}
