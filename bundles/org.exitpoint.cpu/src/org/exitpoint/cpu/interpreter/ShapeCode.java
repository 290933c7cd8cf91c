/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.ArrayList;
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
 * of values whose position 0 always holds 0 and stands for what is missing. The auxiliary of a sign extension is the
 * bits it extends to, that of a flag definition the tuple's op word.
 *
 * <p>What costs a dispatch and does nothing is left out: constants stand in their values from the start, a
 * zero-extension is its argument, and a program that ends by going on to the next instruction has no last operation.
 * The array of values is reused each time the program runs, so one processor's interpreter owns it.
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

    final IrOp[] ops;
    final int[] code;
    final long[] values;
    final long instructionPointerMask;
    private final int[] positions;

    ShapeCode(Shape shape) {
        IrProgram program = shape.program();
        List<IrInsn> executed = new ArrayList<>();
        positions = new int[program.values()];
        values = new long[program.values() + 1];
        instructionPointerMask = shape.key().mode().instructionPointerMask();
        for (IrInsn insn : program.instructions()) {
            if (!isSettled(insn)) {
                executed.add(insn);
            }
        }
        ops = executed.stream().map(IrInsn::op).toArray(IrOp[]::new);
        code = new int[ops.length * STRIDE];
        for (int i = 0; i < ops.length; i++) {
            flatten(executed.get(i), i * STRIDE);
        }
    }

    /** Gives an operation's result its position; true if nothing is left to do when the program runs. */
    private boolean isSettled(IrInsn insn) {
        if (insn.result() != null) {
            boolean same = insn.op() == IrOp.ZERO_EXTEND;
            positions[insn.result().id()] = same ? position(insn.argument(0)) : insn.result().id() + 1;
        }
        if (insn.op() == IrOp.CONST) {
            values[position(insn.result())] = insn.auxiliary();
        }
        return switch (insn.op()) {
            case CONST, ZERO_EXTEND, NEXT -> true;
            default -> false;
        };
    }

    private int position(Value value) {
        return value == null ? ABSENT : positions[value.id()];
    }

    private void flatten(IrInsn insn, int at) {
        code[at + BITS] = effectiveWidth(insn).bits();
        code[at + RESULT] = position(insn.result());
        for (int i = 0; i < insn.arguments().size(); i++) {
            code[at + FIRST + i] = position(insn.argument(i));
        }
        code[at + AUXILIARY] = switch (insn.op()) {
            case SIGN_EXTEND -> insn.result().width().bits();
            case FLAGS_DEF, FLAGS_DEF_IF -> StatusFlags.op(KINDS[(int) insn.auxiliary()], insn.width());
            default -> Math.toIntExact(insn.auxiliary());
        };
    }

    /** Truncation is told the width it truncates to; every other operation the one it works in. */
    private static Width effectiveWidth(IrInsn insn) {
        return insn.op() == IrOp.TRUNCATE ? insn.result().width() : insn.width();
    }
}
