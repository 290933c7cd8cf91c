/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.ShapeKey;
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.emit.Shift;
import org.exitpoint.translate.emit.Unary;

/**
 * REP MOVS and REP STOS: as many iterations at once as the count, the budget and the pages allow, by the host's own
 * instruction.
 *
 * <p>The host's does element after element what the guest's does, in the same memory, so that even overlapping operands
 * come out the same. Each iteration takes its step from the budget. With DF set the interpreter does it.
 */
final class BulkLowering {
    private static final int COUNT = 1;
    private static final int SOURCE = 6;
    private static final int DESTINATION = 7;
    private static final String MOVE = "MOVS";
    private static final String STORE = "STOS";

    private final OpContext context;
    private final MemoryLowering memory;
    private final HostAssembler asm;

    BulkLowering(OpContext context, MemoryLowering memory) {
        this.context = context;
        this.memory = memory;
        this.asm = context.asm;
    }

    /** Whether an instruction is one that can be done in bulk. */
    static boolean applies(BoundProgram program) {
        ShapeKey key = program.instruction().shape().key();
        String mnemonic = key.row().mnemonic();
        return program.terminator().op() == IrOp.REPEAT && key.addressWidth() == key.mode().addressWidth()
            && (mnemonic.equals(MOVE) || mnemonic.equals(STORE));
    }

    /** Emits iterations up to the next obstacle, or goes to {@code done} if the count is 0. */
    void lower(BoundProgram program, Label done) {
        Instruction insn = program.instruction();
        Width width = insn.shape().key().operandWidth();
        boolean moves = insn.shape().key().row().mnemonic().equals(MOVE);
        HostRegister count = RegisterMap.pinned(COUNT);
        context.start(0);
        context.values.takeBoth();
        asm.test(address(), count, count);
        asm.jump(Cond.E, done);
        asm.test(Width.I32, RegisterMap.state(GuestState.SYSTEM_FLAGS), Rflags.DF.mask());
        asm.jump(Cond.NE, context.leave(Exit.Reason.HAND_OVER));
        if (moves) {
            probe(SOURCE, insn.segment(), width, false);
            asm.alu(Alu.ADD, Width.I64, RegisterMap.SCRATCH2, RegisterMap.SCRATCH);
            asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED), RegisterMap.SCRATCH2);
            asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED2), RegisterMap.SCRATCH);
        }
        probe(DESTINATION, Segment.ES.ordinal(), width, true);
        asm.alu(Alu.ADD, Width.I64, RegisterMap.SCRATCH2, RegisterMap.SCRATCH);
        if (moves) {
            asm.alu(Alu.CMP, Width.I64, RegisterMap.SCRATCH, RegisterMap.state(Scratch.SAVED2));
            asm.cmov(Cond.B, Width.I64, RegisterMap.SCRATCH, RegisterMap.state(Scratch.SAVED2));
        }
        limitIterations(width);
        context.flags.beforeWrite(COUNT, context.values);
        context.flags.beforeWrite(DESTINATION, context.values);
        if (moves) {
            context.flags.beforeWrite(SOURCE, context.values);
        }
        iterate(width, moves);
    }

    private Width address() {
        return context.program().instruction().shape().key().addressWidth();
    }

    private void probe(int index, int segment, Width width, boolean write) {
        boolean longMode = context.program().instruction().shape().key().mode().isLong();
        asm.mov(address(), RegisterMap.SCRATCH, RegisterMap.pinned(index));
        if (segment >= Segment.FS.ordinal()) {
            asm.alu(Alu.ADD, longMode ? Width.I64 : Width.I32, RegisterMap.SCRATCH,
                RegisterMap.state(GuestState.segment(segment) + GuestState.SEGMENT_BASE));
        }
        memory.probeLinear(width, write);
    }

    /**
     * From the greater offset in a page makes the number of elements to do: to the page's end, the count, the budget.
     */
    private void limitIterations(Width width) {
        HostRegister elements = RegisterMap.SCRATCH;
        asm.unary(Unary.NEG, Width.I64, elements);
        asm.alu(Alu.ADD, Width.I64, elements, MemoryLowering.PAGE_SIZE);
        if (width != Width.I8) {
            asm.shift(Shift.SHR, Width.I64, elements, Integer.numberOfTrailingZeros(width.bytes()));
        }
        asm.alu(Alu.CMP, address(), elements, RegisterMap.pinned(COUNT));
        asm.cmov(Cond.A, address(), elements, RegisterMap.pinned(COUNT));
        Label affordable = new Label();
        asm.alu(Alu.CMP, Width.I64, elements, RegisterMap.state(GuestState.BUDGET));
        asm.jump(Cond.BE, affordable);
        asm.mov(Width.I64, elements, RegisterMap.state(GuestState.BUDGET));
        asm.unary(Unary.INC, Width.I64, elements);
        asm.bind(affordable);
    }

    private void iterate(Width width, boolean moves) {
        Width address = address();
        HostRegister elements = RegisterMap.SCRATCH;
        HostRegister count = RegisterMap.pinned(COUNT);
        HostRegister source = RegisterMap.pinned(SOURCE);
        HostRegister destination = RegisterMap.pinned(DESTINATION);
        asm.mov(Width.I64, RegisterMap.inState(COUNT), count);
        asm.mov(Width.I64, RegisterMap.inState(DESTINATION), destination);
        asm.mov(Width.I64, destination, RegisterMap.SCRATCH2);
        asm.mov(Width.I64, count, elements);
        if (moves) {
            asm.mov(Width.I64, RegisterMap.SCRATCH2, source);
            asm.mov(Width.I64, source, RegisterMap.state(Scratch.SAVED));
            asm.repMoveString(width);
            advance(address, source, RegisterMap.SCRATCH2, width);
        } else {
            asm.repStoreString(width);
        }
        asm.mov(Width.I64, destination, RegisterMap.inState(DESTINATION));
        advance(address, destination, destination, width);
        asm.mov(Width.I64, count, RegisterMap.inState(COUNT));
        asm.alu(Alu.SUB, address, count, elements);
        asm.unary(Unary.DEC, Width.I64, elements);
        asm.alu(Alu.SUB, Width.I64, RegisterMap.state(GuestState.BUDGET), elements);
    }

    private void advance(Width address, HostRegister to, HostRegister from, Width width) {
        asm.lea(address, to, new HostAddress(from, RegisterMap.SCRATCH,
            Integer.numberOfTrailingZeros(width.bytes()), 0));
    }

    /** After {@link #lower}: the condition under which there is more to do. */
    Cond repeatCondition() {
        HostRegister count = RegisterMap.pinned(COUNT);
        asm.test(address(), count, count);
        return Cond.NE;
    }
}
