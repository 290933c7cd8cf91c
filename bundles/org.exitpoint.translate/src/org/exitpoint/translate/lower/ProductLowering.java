/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.emit.Shift;
import org.exitpoint.translate.emit.Unary;

/** Products and quotients. */
final class ProductLowering {
    private static final int ACCUMULATOR = 0;
    private static final int DATA = 2;

    private final OpContext context;
    private final Values values;

    ProductLowering(OpContext context) {
        this.context = context;
        this.values = context.values;
    }

    // Products.

    /** MUL: the low half, with its overflow where that is wanted. */
    void low(BoundOp op) {
        int a = op.argument(0);
        int b = op.argument(1);
        if (values.isKnown(a)) {
            int swap = a;
            a = b;
            b = swap;
        }
        Width width = op.width() == Width.I8 ? Width.I32 : op.width();
        if (values.isImmediate(b, width)) {
            HostOperand factor = values.operand(a, width);
            HostRegister to = destinationBeside(op, a);
            context.asm.imul(width, to, factor, width.signExtend(values.constant(b)));
            finishLow(op, to);
            return;
        }
        int guest = context.wholePinnedTarget();
        if (values.isIn(b, guest)) {
            int swap = a;
            a = b;
            b = swap;
        }
        if (guest == OpContext.NO_TARGET || values.isIn(b, guest) && a != b) {
            HostRegister to = values.takeCopy(a, width);
            context.asm.imul(width, to, values.operand(b, width));
            finishLow(op, to);
        } else {
            HostOperand factor = values.operand(b, width);
            boolean there = values.isIn(a, guest);
            values.beforeWrite(guest);
            HostRegister to = RegisterMap.pinned(guest);
            if (!there) {
                values.load(to, a, width);
            }
            context.asm.imul(width, to, factor);
            context.placed(guest);
            finishLow(op, to);
        }
    }

    private HostRegister destinationBeside(BoundOp op, int a) {
        int guest = context.wholePinnedTarget();
        if (guest == OpContext.NO_TARGET) {
            return values.isScratch(a) && values.isLastUse(a) ? values.takeCopy(a, op.width()) : values.take();
        }
        values.beforeWrite(guest);
        context.placed(guest);
        return RegisterMap.pinned(guest);
    }

    private void finishLow(BoundOp op, HostRegister to) {
        context.complete(to, op.width().bits() >= Width.I32.bits() ? op.width() : null);
        int overflow = context.program().overflowOf(op.result());
        if (overflow >= 0) {
            values.put(overflow, new Location.InFlags(Cond.O));
            context.flags.produced(op.result(), Flag.mask(Flag.CF, Flag.OF));
        }
    }

    /** MULHU and MULHS: the high half. */
    void high(BoundOp op) {
        if (op.width() == Width.I64) {
            HostRegister high = unsignedHigh(op.argument(0), op.argument(1));
            if (op.op() == IrOp.MULHS) {
                correct(high, op.argument(0), op.argument(1));
                correct(high, op.argument(1), op.argument(0));
            }
            values.define(op.result(), high, Width.I64);
            return;
        }
        HostRegister a = values.takeCopy(op.argument(0), op.width());
        HostRegister b = values.takeCopy(op.argument(1), op.width());
        extend(op, a);
        extend(op, b);
        context.asm.imul(Width.I64, a, b);
        context.asm.shift(Shift.SHR, Width.I64, a, op.width().bits());
        values.define(op.result(), a, null);
    }

    private void extend(BoundOp op, HostRegister register) {
        if (op.op() == IrOp.MULHS) {
            context.asm.movSignExtend(op.width(), Width.I64, register, register);
        } else {
            context.asm.movZeroExtend(op.width(), register, register);
        }
    }

    private HostRegister unsignedHigh(int first, int second) {
        boolean swap = values.isIn(second, DATA);
        int a = swap ? second : first;
        int b = swap ? first : second;
        HostRegister data = RegisterMap.pinned(DATA);
        HostRegister high = values.take();
        HostOperand factor = values.operand(b, Width.I64);
        boolean there = values.isIn(a, DATA);
        if (!there) {
            context.asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED), data);
            values.load(data, a, Width.I64);
        }
        context.asm.multiply(Width.I64, high, high, factor);
        if (!there) {
            context.asm.mov(Width.I64, data, RegisterMap.state(Scratch.SAVED));
        }
        if (factor instanceof HostRegister register
            && (register == RegisterMap.SCRATCH || register == RegisterMap.SCRATCH2)) {
            values.giveBack(register);
        }
        return high;
    }

    /** A negative operand counted 2^64 too much of the other. */
    private void correct(HostRegister high, int negative, int other) {
        HostRegister sign = values.take();
        values.load(sign, negative, Width.I64);
        context.asm.shift(Shift.SAR, Width.I64, sign, Long.SIZE - 1);
        if (values.isKnown(other)) {
            context.asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED), sign);
            values.load(sign, other, Width.I64);
            context.asm.alu(Alu.AND, Width.I64, sign, RegisterMap.state(Scratch.SAVED));
        } else {
            context.asm.alu(Alu.AND, Width.I64, sign, values.operand(other, Width.I64));
        }
        context.asm.alu(Alu.SUB, Width.I64, high, sign);
        values.giveBack(sign);
    }

    // Quotients.

    /**
     * Guards a division. An unsigned one is possible if the high half is less than the divisor. Of the signed ones
     * emitted code does only those that extend the low half's sign and do not divide by 0 or -1, which are nearly all.
     */
    void guardDivision(BoundOp fits, Label leave) {
        Width width = fits.width();
        int high = fits.argument(0);
        int low = fits.argument(1);
        int divisor = fits.argument(2);
        if (fits.op() == IrOp.DIV_FITS_U) {
            HostRegister register = values.register(high, width);
            if (values.isImmediate(divisor, width)) {
                context.asm.alu(Alu.CMP, width, register, values.constant(divisor));
            } else {
                context.asm.alu(Alu.CMP, width, register, values.operand(divisor, width));
            }
            context.asm.jump(Cond.AE, leave);
            return;
        }
        HostRegister sign = values.take();
        values.load(sign, low, width);
        context.asm.shift(Shift.SAR, width, sign, width.bits() - 1);
        context.asm.alu(Alu.CMP, width, sign, values.isKnown(high) ? values.register(high, width)
            : values.operand(high, width));
        context.asm.jump(Cond.NE, leave);
        values.load(sign, divisor, width);
        context.asm.unary(Unary.INC, width, sign);
        context.asm.alu(Alu.CMP, width, sign, 1);
        context.asm.jump(Cond.BE, leave);
        values.giveBack(sign);
    }

    /** DIV_U, REM_U, DIV_S and REM_S, after their guard. */
    void divide(BoundOp op) {
        boolean signed = op.op() == IrOp.DIV_S || op.op() == IrOp.REM_S;
        boolean quotient = op.op() == IrOp.DIV_U || op.op() == IrOp.DIV_S;
        Width width = op.width() == Width.I64 ? Width.I64 : Width.I32;
        HostRegister accumulator = RegisterMap.pinned(ACCUMULATOR);
        HostRegister data = RegisterMap.pinned(DATA);
        HostRegister divisor = extendedCopy(op, op.argument(2), signed);
        HostRegister low = extendedCopy(op, op.argument(1), signed);
        if (!signed && op.width().bits() < Width.I32.bits()) {
            context.asm.shift(Shift.SHL, Width.I32, low, Width.I32.bits() - op.width().bits());
            insertHigh(op.width(), low, op.argument(0));
        }
        context.asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED), accumulator);
        context.asm.mov(Width.I64, RegisterMap.state(Scratch.SAVED2), data);
        if (!signed && op.width() == width) {
            values.load(data, op.argument(0), width);
        }
        context.asm.mov(Width.I64, accumulator, low);
        if (signed) {
            context.asm.signIntoData(width);
        } else if (op.width() != width) {
            context.asm.mov(data, 0);
        }
        context.asm.unary(signed ? Unary.IDIV : Unary.DIV, width, divisor);
        context.asm.mov(Width.I64, low, quotient ? accumulator : data);
        context.asm.mov(Width.I64, accumulator, RegisterMap.state(Scratch.SAVED));
        context.asm.mov(Width.I64, data, RegisterMap.state(Scratch.SAVED2));
        values.define(op.result(), low, null);
    }

    private HostRegister extendedCopy(BoundOp op, int value, boolean signed) {
        HostRegister register = values.take();
        values.load(register, value, op.width());
        if (signed) {
            context.asm.movSignExtend(op.width(), Width.I64, register, register);
        } else {
            context.asm.movZeroExtend(op.width(), register, register);
        }
        return register;
    }

    /** With the low half at the top of 32 bits, turns the high half in above it. */
    private void insertHigh(Width width, HostRegister low, int high) {
        if (values.isKnown(high)) {
            context.asm.movImmediate(width, low, values.constant(high));
        } else {
            context.asm.mov(width, low, values.operand(high, width));
        }
        context.asm.rotateRight(Width.I32, low, low, Width.I32.bits() - width.bits());
    }
}
