/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.Arrays;
import java.util.List;

import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ir.Value;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Shape;

/**
 * A shape's program as arrays: the operations, and {@link #STRIDE} numbers for each (bits of its width, result, three
 * arguments, auxiliary), so that running it touches no other objects. Results and arguments are positions in an array
 * of values whose position 0 always holds 0 and stands for what is missing. Constants that need 64 bits stand in a
 * pool; the auxiliary of a sign extension is the bits it extends to, that of a flag definition the tuple's op word.
 */
final class ShapeCode {
    static final int BITS = 0;
    static final int RESULT = 1;
    static final int FIRST = 2;
    static final int SECOND = 3;
    static final int THIRD = 4;
    static final int AUXILIARY = 5;
    static final int STRIDE = 6;
    /** In place of a result or an argument that is missing: a position that holds 0. */
    static final int ABSENT = 0;

    private static final FlagKind[] KINDS = FlagKind.values();

    private static ShapeCode[] byShape = new ShapeCode[1024];

    final IrOp[] ops;
    final int[] code;
    final long[] constants;
    /** Positions of values that the program uses, position 0 included. */
    final int values;
    final long instructionPointerMask;

    private ShapeCode(Shape shape) {
        IrProgram program = shape.program();
        List<IrInsn> instructions = program.instructions();
        instructionPointerMask = shape.key().mode().instructionPointerMask();
        ops = new IrOp[instructions.size()];
        code = new int[instructions.size() * STRIDE];
        constants = new long[instructions.size()];
        values = program.values() + 1;
        for (int i = 0; i < instructions.size(); i++) {
            flatten(instructions.get(i), i);
        }
    }

    private void flatten(IrInsn insn, int position) {
        int at = position * STRIDE;
        ops[position] = insn.op();
        code[at + BITS] = effectiveWidth(insn).bits();
        code[at + RESULT] = position(insn.result());
        for (int i = 0; i < insn.arguments().size(); i++) {
            code[at + FIRST + i] = position(insn.argument(i));
        }
        code[at + AUXILIARY] = switch (insn.op()) {
            case CONST -> {
                constants[position] = insn.auxiliary();
                yield position;
            }
            case SIGN_EXTEND -> insn.result().width().bits();
            case FLAGS_DEF, FLAGS_DEF_IF -> StatusFlags.op(KINDS[(int) insn.auxiliary()], insn.width());
            default -> Math.toIntExact(insn.auxiliary());
        };
    }

    private static int position(Value value) {
        return value == null ? ABSENT : value.id() + 1;
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
            code = new ShapeCode(shape);
            byShape[shape.id()] = code;
        }
        return code;
    }
}
