/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.Arrays;
import java.util.List;

import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ir.Value;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Shape;

/**
 * A shape's program as an array: {@link #STRIDE} numbers for each operation (op, bits of its width, result, three
 * arguments, auxiliary, group), so that running it touches no objects. Constants that need 64 bits stand in a pool; the
 * auxiliary of a sign extension is the bits it extends to.
 */
final class ShapeCode {
    static final int OP = 0;
    static final int BITS = 1;
    static final int RESULT = 2;
    static final int FIRST = 3;
    static final int SECOND = 4;
    static final int THIRD = 5;
    static final int AUXILIARY = 6;
    static final int GROUP = 7;
    static final int STRIDE = 8;
    /** Group of the operations that define a value. */
    static final int COMPUTES = 0;
    /** Group of the operations that do something and define nothing. */
    static final int AFFECTS = 1;
    /** Group of the operations that may cause a VM exit. */
    static final int CALLS = 2;
    /** Group of the operations that may complete the instruction early. */
    static final int SKIPS = 3;
    /** Group of the operations that end the program. */
    static final int TERMINATES = 4;
    /** In place of an argument that is missing. */
    static final int ABSENT = -1;

    private static ShapeCode[] byShape = new ShapeCode[1024];

    final int[] code;
    final long[] constants;
    final int values;

    private ShapeCode(IrProgram program) {
        List<IrInsn> instructions = program.instructions();
        code = new int[instructions.size() * STRIDE];
        constants = new long[instructions.size()];
        values = program.values();
        for (int i = 0; i < instructions.size(); i++) {
            flatten(instructions.get(i), i);
        }
    }

    private void flatten(IrInsn insn, int position) {
        int at = position * STRIDE;
        code[at + OP] = insn.op().ordinal();
        code[at + GROUP] = group(insn);
        code[at + BITS] = effectiveWidth(insn).bits();
        code[at + RESULT] = insn.result() == null ? ABSENT : insn.result().id();
        for (int i = 0; i < 3; i++) {
            Value argument = i < insn.arguments().size() ? insn.argument(i) : null;
            code[at + FIRST + i] = argument == null ? ABSENT : argument.id();
        }
        code[at + AUXILIARY] = switch (insn.op()) {
            case CONST -> {
                constants[position] = insn.auxiliary();
                yield position;
            }
            case SIGN_EXTEND -> insn.result().width().bits();
            default -> Math.toIntExact(insn.auxiliary());
        };
    }

    private static int group(IrInsn insn) {
        if (insn.op().has(IrOp.Attribute.TERMINATES)) {
            return TERMINATES;
        }
        return switch (insn.op()) {
            case HELPER, INTERCEPT -> CALLS;
            case SKIP_IF -> SKIPS;
            default -> insn.result() == null ? AFFECTS : COMPUTES;
        };
    }

    /** Truncation is told the width it truncates to; every other operation the one it works in. */
    private static Width effectiveWidth(IrInsn insn) {
        return insn.op() == IrOp.TRUNCATE ? insn.result().width() : insn.width();
    }

    /** The code of a shape, made on first use. Thread-safe. */
    static synchronized ShapeCode of(Shape shape) {
        if (shape.id() >= byShape.length) {
            byShape = Arrays.copyOf(byShape, Math.max(2 * byShape.length, shape.id() + 1));
        }
        ShapeCode code = byShape[shape.id()];
        if (code == null) {
            code = new ShapeCode(shape.program());
            byShape[shape.id()] = code;
        }
        return code;
    }
}
