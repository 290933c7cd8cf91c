/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Width;

/** Operations on known values, as far as binding an instruction makes them known. */
final class Folding {
    private Folding() {
    }

    /** Whether {@link #fold} knows the operation. */
    static boolean canFold(IrOp op) {
        return switch (op) {
            case ADD, SUB, NEG, NOT, AND, OR, XOR, SHL, SHR, SAR, ZERO_EXTEND, SIGN_EXTEND, TRUNCATE, SELECT, EQUAL,
                LESS_U, LESS_S -> true;
            default -> false;
        };
    }

    /**
     * The result of an operation.
     *
     * @param width the width it works in
     * @param to width of its result
     */
    static long fold(IrOp op, Width width, Width to, long a, long b, long c) {
        return to.mask() & switch (op) {
            case ADD -> a + b;
            case SUB -> a - b;
            case NEG -> -a;
            case NOT -> ~a;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> b < 64 ? a << b : 0;
            case SHR -> b < 64 ? a >>> b : 0;
            case SAR -> width.signExtend(a) >> Math.min(b, 63);
            case ZERO_EXTEND, TRUNCATE -> a;
            case SIGN_EXTEND -> width.signExtend(a);
            case SELECT -> a != 0 ? b : c;
            case EQUAL -> a == b ? 1 : 0;
            case LESS_U -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
            case LESS_S -> width.signExtend(a) < width.signExtend(b) ? 1 : 0;
            default -> throw new IllegalArgumentException("cannot fold " + op);
        };
    }
}
