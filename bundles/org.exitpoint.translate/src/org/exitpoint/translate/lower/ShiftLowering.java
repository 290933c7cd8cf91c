/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.emit.Shift;

/** Shifts and rotates. */
final class ShiftLowering {
    private static final FlagKind[] KINDS = FlagKind.values();
    private static final int COUNTER = 1;
    private static final int LAST_COUNT = 63;

    private final OpContext context;
    private final Values values;

    ShiftLowering(OpContext context) {
        this.context = context;
        this.values = context.values;
    }

    void shift(BoundOp op) {
        if (values.isKnown(op.argument(1))) {
            shiftByConstant(op, values.constant(op.argument(1)));
        } else if (op.op() == IrOp.ROL || op.op() == IrOp.ROR) {
            rotateByValue(op);
        } else {
            shiftByValue(op);
        }
    }

    private static Shift shift(IrOp op) {
        return switch (op) {
            case SHL -> Shift.SHL;
            case SHR -> Shift.SHR;
            case SAR -> Shift.SAR;
            case ROL -> Shift.ROL;
            default -> Shift.ROR;
        };
    }

    private void shiftByConstant(BoundOp op, long wanted) {
        int bits = op.width().bits();
        boolean rotates = op.op() == IrOp.ROL || op.op() == IrOp.ROR;
        int count = (int) (rotates ? wanted % bits : op.op() == IrOp.SAR ? Math.min(wanted, bits - 1) : wanted);
        if (count >= bits) {
            values.put(op.result(), new Location.Known(0));
            return;
        }
        int a = op.argument(0);
        int guest = target(op, a);
        HostOperand to;
        if (guest == OpContext.NO_TARGET) {
            to = values.takeCopy(a, op.width());
        } else {
            to = RegisterMap.operand(guest);
            boolean there = values.isIn(a, guest);
            values.beforeWrite(guest);
            if (!there) {
                values.load(RegisterMap.pinned(guest), a, op.width());
            }
        }
        context.asm.shift(shift(op.op()), op.width(), to, count);
        tellFlags(op, wanted, count);
        if (guest == OpContext.NO_TARGET) {
            values.define(op.result(), (HostRegister) to, op.width().bits() >= Width.I32.bits() ? op.width() : null);
        } else {
            context.placed(guest);
        }
    }

    private int target(BoundOp op, int a) {
        int guest = context.target();
        if (guest == OpContext.NO_TARGET) {
            return guest;
        }
        boolean inPlace = values.isIn(a, guest);
        boolean narrow = op.width().bits() < Width.I32.bits();
        boolean possible = RegisterMap.isPinned(guest) ? inPlace || !narrow : inPlace && op.width() != Width.I32;
        return possible ? guest : OpContext.NO_TARGET;
    }

    /** The host leaves AF undefined, and OF for counts other than 1. */
    private void tellFlags(BoundOp op, long wanted, int count) {
        BoundOp definition = context.flagsDefinition(op.result());
        if (definition == null || definition.width() != op.width() || wanted != count || count == 0) {
            return;
        }
        FlagKind kind = KINDS[(int) definition.auxiliary()];
        boolean matches = kind == FlagKind.SHL && op.op() == IrOp.SHL
            || kind == FlagKind.SHR && (op.op() == IrOp.SHR || op.op() == IrOp.SAR);
        int exact = Flag.ALL & ~Flag.AF.mask() & (count == 1 ? -1 : ~Flag.OF.mask());
        context.flags.produced(op.result(), matches ? exact : 0);
    }

    /** Shifts as 64 bits, so that counts up to 63 need no care in narrower widths. */
    private void shiftByValue(BoundOp op) {
        int count = op.argument(1);
        boolean fits = Long.compareUnsigned(context.program().upperBound(count), LAST_COUNT) <= 0;
        HostRegister to = values.takeCopy(op.argument(0), op.width());
        if (op.op() == IrOp.SAR) {
            context.asm.movSignExtend(op.width(), Width.I64, to, to);
        } else if (op.width() != Width.I64) {
            context.asm.movZeroExtend(op.width(), to, to);
        }
        HostRegister by = values.register(count, Width.I8);
        switch (op.op()) {
            case SHL -> context.asm.shiftLeft(Width.I64, to, to, by);
            case SHR -> context.asm.shiftRight(Width.I64, to, to, by);
            default -> context.asm.shiftRightSigned(Width.I64, to, to, by);
        }
        if (!fits) {
            saturate(op, to, by);
        }
        values.define(op.result(), to, op.op() == IrOp.SHR ? op.width() : null);
    }

    /** The host takes counts modulo 64; here one of 64 and more shifts everything out. */
    private void saturate(BoundOp op, HostRegister to, HostRegister by) {
        Label inRange = new Label();
        context.asm.alu(Alu.CMP, Width.I8, by, LAST_COUNT);
        context.asm.jump(Cond.BE, inRange);
        if (op.op() == IrOp.SAR) {
            context.asm.shift(Shift.SAR, Width.I64, to, LAST_COUNT);
        } else {
            context.asm.mov(to, 0);
        }
        context.asm.bind(inRange);
    }

    /** The host rotates by CL only; it takes counts modulo 32 or 64, and so modulo the width. */
    private void rotateByValue(BoundOp op) {
        HostRegister counter = RegisterMap.pinned(COUNTER);
        HostRegister to = values.takeCopy(op.argument(0), op.width());
        int count = op.argument(1);
        boolean there = values.isIn(count, COUNTER);
        if (!there) {
            context.asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED), counter);
            values.load(counter, count, Width.I8);
        }
        context.asm.shiftByCl(shift(op.op()), op.width(), to);
        if (!there) {
            context.asm.mov(Width.I64, counter, RegisterMap.state(Scratch.SAVED));
        }
        values.define(op.result(), to, null);
    }
}
