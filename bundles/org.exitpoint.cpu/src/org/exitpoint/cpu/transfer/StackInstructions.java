/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.memory.StackFrame;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** ENTER, PUSHA, POPA, PUSHF, POPF and CMPXCHG16B. */
public final class StackInstructions {
    private static final int RAX = GeneralRegister.RAX.number();
    private static final int RCX = GeneralRegister.RCX.number();
    private static final int RDX = GeneralRegister.RDX.number();
    private static final int RBX = GeneralRegister.RBX.number();
    private static final int RSP = GeneralRegister.RSP.number();
    private static final int RBP = GeneralRegister.RBP.number();
    private static final int GENERAL_REGISTERS = 8;
    private static final long PUSHED_FLAGS = ~(Rflags.VM.mask() | Rflags.RF.mask());
    private static final int NESTING = 0x1F;

    private final GuestState state;
    private final LinearMemory memory;
    private final Stack stack;
    private final StackFrame frame;
    private final FlagsWriter flags;
    private final long[] popped = new long[GENERAL_REGISTERS];

    /** The stack instructions of a processor. */
    public StackInstructions(Core core) {
        state = core.state();
        memory = core.memory();
        stack = new Stack(state, memory);
        frame = new StackFrame(state, memory);
        flags = new FlagsWriter(core);
    }

    /** Helper ENTER. What it pushes may be what it then reads as the outer procedures' frame pointers. */
    public long enter(Instruction instruction, long size, long nesting) {
        Width width = instruction.shape().key().operandWidth();
        int bytes = width.bytes();
        int level = (int) nesting & NESTING;
        frame.onCurrentStack(bytes, 0);
        long stackMask = state.stackWidth().mask();
        pushChecked(state.register(RBP));
        long pointer = state.register(RSP) & ~stackMask | frame.pointer();
        long base = state.register(RBP);
        for (int i = 1; i < level; i++) {
            base -= bytes;
            pushChecked(frame.load(base & stackMask));
        }
        if (level > 0) {
            pushChecked(pointer);
        }
        long top = frame.pointer() - size & stackMask;
        memory.probeWrite(GuestState.SS, top, bytes);
        frame.write();
        stack.setPointer(top);
        setRegister(RBP, width, pointer);
        return 0;
    }

    private void pushChecked(long value) {
        frame.push(value);
        frame.checkLast();
    }

    /** Helper PUSHA. */
    public long pushAll(Instruction instruction) {
        frame.onCurrentStack(instruction.shape().key().operandWidth().bytes(), 0);
        for (int i = 0; i < GENERAL_REGISTERS; i++) {
            frame.push(state.register(i));
        }
        frame.check();
        frame.write();
        stack.setPointer(frame.pointer());
        return 0;
    }

    /** Helper POPA; the image of the stack pointer is skipped. */
    public long popAll(Instruction instruction) {
        Width width = instruction.shape().key().operandWidth();
        int bytes = width.bytes();
        for (int i = GENERAL_REGISTERS - 1; i >= 0; i--) {
            popped[i] = stack.peek((long) (GENERAL_REGISTERS - 1 - i) * bytes, bytes);
        }
        for (int i = 0; i < GENERAL_REGISTERS; i++) {
            if (i != RSP) {
                setRegister(i, width, popped[i]);
            }
        }
        stack.setPointer(stack.pointer() + (long) GENERAL_REGISTERS * bytes);
        return 0;
    }

    /** Helper PUSHF: VM and RF are pushed as 0. */
    public long pushFlags(Instruction instruction) {
        rejectVirtual8086("PUSHF");
        frame.onCurrentStack(instruction.shape().key().operandWidth().bytes(), 0);
        frame.push(state.rflags() & PUSHED_FLAGS);
        frame.check();
        frame.write();
        stack.setPointer(frame.pointer());
        return 0;
    }

    /** Helper POPF. */
    public long popFlags(Instruction instruction) {
        rejectVirtual8086("POPF");
        int bytes = instruction.shape().key().operandWidth().bytes();
        long image = stack.peek(0, bytes);
        flags.pop(image, bytes);
        stack.setPointer(stack.pointer() + bytes);
        return 0;
    }

    /** Helper CMPXCHG16B. */
    public long compareAndExchange16(Instruction instruction, long offset) {
        int segment = instruction.segment();
        if ((memory.linear(segment, offset) & 15) != 0) {
            throw Faults.generalProtection();
        }
        memory.probeWrite(segment, offset, 16);
        long low = memory.load(segment, offset, 8);
        long high = memory.load(segment, offset + 8, 8);
        boolean equal = low == state.register(RAX) && high == state.register(RDX);
        memory.store(segment, offset, 8, equal ? state.register(RBX) : low);
        memory.store(segment, offset + 8, 8, equal ? state.register(RCX) : high);
        if (!equal) {
            state.setRegister(RAX, low);
            state.setRegister(RDX, high);
        }
        long others = StatusFlags.word(state) & ~Flag.ZF.mask();
        StatusFlags.set(state, equal ? others | Flag.ZF.mask() : others);
        return 0;
    }

    private void rejectVirtual8086(String what) {
        if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented(what + " in virtual-8086 mode");
        }
    }

    private void setRegister(int number, Width width, long value) {
        if (width == Width.I16) {
            state.setRegister(number, state.register(number) & ~width.mask() | value & width.mask());
        } else {
            state.setRegister(number, value & width.mask());
        }
    }
}
