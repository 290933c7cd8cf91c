/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Shift;

/** Byte order, counts of bits, parallel deposit and extract. */
final class BitLowering {
    private final OpContext context;
    private final Values values;

    BitLowering(OpContext context) {
        this.context = context;
        this.values = context.values;
    }

    void byteSwap(BoundOp op) {
        HostRegister to = values.takeCopy(op.argument(0), op.width());
        switch (op.width()) {
            case I1, I8 -> values.define(op.result(), to, null);
            case I16 -> {
                context.asm.shift(Shift.ROL, Width.I16, to, Width.I8.bits());
                values.define(op.result(), to, null);
            }
            case I32, I64 -> {
                context.asm.byteSwap(op.width(), to);
                values.define(op.result(), to, op.width());
            }
        }
    }

    /** POP_COUNT, LEADING_ZEROS and TRAILING_ZEROS, the narrow ones in 32 bits. */
    void count(BoundOp op) {
        HostRegister to = values.takeCopy(op.argument(0), op.width());
        Width width = op.width() == Width.I64 ? Width.I64 : Width.I32;
        int missing = width.bits() - op.width().bits();
        if (missing != 0) {
            context.asm.movZeroExtend(op.width(), to, to);
        }
        switch (op.op()) {
            case POP_COUNT -> context.asm.popCount(width, to, to);
            case LEADING_ZEROS -> {
                context.asm.leadingZeros(width, to, to);
                if (missing != 0) {
                    context.asm.alu(Alu.SUB, width, to, missing);
                }
            }
            default -> {
                if (missing != 0) {
                    context.asm.alu(Alu.OR, width, to, 1L << op.width().bits());
                }
                context.asm.trailingZeros(width, to, to);
            }
        }
        values.define(op.result(), to, op.width());
    }

    /** DEPOSIT and EXTRACT; both work in 64 bits if the mask is zero-extended. */
    void parallel(BoundOp op) {
        HostRegister mask = values.takeCopy(op.argument(1), op.width());
        if (op.width() != Width.I64) {
            context.asm.movZeroExtend(op.width(), mask, mask);
        }
        HostRegister source = values.register(op.argument(0), op.width());
        if (op.op() == IrOp.DEPOSIT) {
            context.asm.deposit(Width.I64, mask, source, mask);
        } else {
            context.asm.extract(Width.I64, mask, source, mask);
        }
        values.define(op.result(), mask, op.width());
    }
}
