/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;

/** Registers, fields and addresses. */
final class RegisterLowering {
    private static final int BYTE_BITS = 8;
    private static final int STACK_POINTER = 4;
    private static final int FS = 4;
    private static final StateField[] FIELDS = StateField.values();

    private final OpContext context;

    RegisterLowering(OpContext context) {
        this.context = context;
    }

    void getRegister(BoundOp op) {
        int register = (int) op.auxiliary();
        if (register < RegisterSlot.HIGH_BYTE) {
            context.values.put(op.result(), new Location.InGuest(register));
            return;
        }
        HostRegister to = context.values.take();
        context.asm.rotateRight(Width.I64, to, RegisterMap.pinned(register - RegisterSlot.HIGH_BYTE), BYTE_BITS);
        context.values.define(op.result(), to, null);
    }

    void getField(BoundOp op) {
        StateField field = FIELDS[(int) op.auxiliary()];
        context.values.put(op.result(), new Location.InState(GuestState.offsetOf(field), field.width()));
    }

    void setField(BoundOp op) {
        StateField field = FIELDS[(int) op.auxiliary()];
        HostAddress to = RegisterMap.state(GuestState.offsetOf(field));
        for (int value = 0; value < context.program().values(); value++) {
            context.values.saveFromState(value, GuestState.offsetOf(field));
        }
        context.asm.mov(field.width(), to, context.values.register(op.argument(0), field.width()));
    }

    void segmentBase(BoundOp op) {
        boolean longMode = context.program().instruction().shape().key().mode().isLong();
        if (longMode && op.auxiliary() < FS) {
            context.values.put(op.result(), new Location.Known(0));
        } else {
            int offset = GuestState.segment((int) op.auxiliary()) + GuestState.SEGMENT_BASE;
            context.values.put(op.result(), new Location.InState(offset, Width.I64));
        }
    }

    void effectiveAddress(BoundOp op) {
        Instruction insn = context.program().instruction();
        long displacement = insn.displacement() + (insn.base() == STACK_POINTER ? op.auxiliary() : 0);
        Location.Sum sum = new Location.Sum(insn.base(), insn.index(), insn.scale(), Math.toIntExact(displacement),
            op.width() == Width.I16 ? Width.I32 : op.width());
        context.values.put(op.result(), sum);
        if (op.width() == Width.I16) {
            HostRegister register = context.values.take();
            context.values.load(register, op.result(), Width.I32);
            context.asm.movZeroExtend(Width.I16, register, register);
            context.values.define(op.result(), register, Width.I16);
        }
    }

    void setRegister(BoundOp op) {
        int register = (int) op.auxiliary();
        int value = op.argument(0);
        if (context.isPlaced(value) && context.values.isIn(value, register)) {
            return;
        }
        if (register >= RegisterSlot.HIGH_BYTE) {
            setHighByte(register - RegisterSlot.HIGH_BYTE, value);
            return;
        }
        if (op.width() == Width.I64 && context.values.isIn(value, register)) {
            return;
        }
        context.values.beforeWrite(register);
        if (RegisterMap.isPinned(register)) {
            setPinned(op.width(), RegisterMap.pinned(register), value);
        } else {
            setInMemory(op.width(), RegisterMap.inState(register), value);
        }
        if (context.values.isScratch(value) && op.width().bits() >= Width.I32.bits()) {
            context.values.put(value, new Location.InGuest(register));
        }
    }

    private void setPinned(Width width, HostRegister to, int value) {
        switch (context.values.at(value)) {
            case Location.Known known when width.bits() >= Width.I32.bits() -> context.asm.mov(to, known.value());
            case Location.Known known -> context.asm.movImmediate(width, to, known.value());
            case Location.Sum sum when width == Width.I64 && sum.width() == Width.I64 ->
                context.values.load(to, value, width);
            case Location.InFlags in -> context.asm.set(in.condition(), to);
            default -> {
                HostOperand from = context.values.operand(value, width);
                if (from != to || width == Width.I32) {
                    context.asm.mov(width, to, from);
                }
            }
        }
    }

    private void setInMemory(Width width, HostAddress to, int value) {
        if (width != Width.I32 && context.values.isImmediate(value, width)) {
            context.asm.movImmediate(width, to, context.values.constant(value));
        } else if (width != Width.I32 || context.values.isScratch(value)
            && context.values.isClean(value, Width.I32)) {
            context.asm.mov(width == Width.I32 ? Width.I64 : width, to, context.values.register(value, width));
        } else {
            HostRegister whole = context.values.takeCopy(value, width);
            context.asm.movZeroExtend(width, whole, whole);
            context.asm.mov(Width.I64, to, whole);
        }
    }

    /** Turns the byte down, puts it in and turns back: an instruction with AH cannot name the scratch registers. */
    private void setHighByte(int guest, int value) {
        context.values.beforeWrite(guest);
        HostRegister to = RegisterMap.pinned(guest);
        HostRegister from = context.values.takeCopy(value, Width.I8);
        context.asm.rotateRight(Width.I64, to, to, BYTE_BITS);
        context.asm.mov(Width.I8, to, from);
        context.asm.rotateRight(Width.I64, to, to, Long.SIZE - BYTE_BITS);
    }
}
