/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

import org.exitpoint.isa.ir.IrOp.Attribute;
import org.exitpoint.isa.ops.Effect;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Width;

/**
 * Proves that a program is well formed: each value defined once before its uses and of the width its use wants, one
 * terminator at the end; and restartable: no architectural write before the last operation that may fault, exit or
 * skip.
 */
public final class IrVerifier {
    private static final Helper[] HELPERS = Helper.values();

    private final IrProgram program;
    private final Width[] defined;
    private String committed;

    private IrVerifier(IrProgram program) {
        this.program = program;
        this.defined = new Width[program.values()];
    }

    /** Throws {@link IllegalStateException} that names the first operation that breaks a rule. */
    public static void verify(IrProgram program) {
        new IrVerifier(program).run();
    }

    private void run() {
        int last = program.instructions().size() - 1;
        for (int i = 0; i <= last; i++) {
            IrInsn insn = program.instructions().get(i);
            check(insn.op().has(Attribute.TERMINATES) == (i == last), insn, "a program has one terminator, at its end");
            checkArguments(insn);
            checkRestartable(insn);
            if (insn.result() != null) {
                check(defined[insn.result().id()] == null, insn, "value assigned twice");
                defined[insn.result().id()] = insn.result().width();
            }
        }
    }

    private void checkArguments(IrInsn insn) {
        int wanted = insn.op().arguments();
        check(wanted < 0 || wanted == insn.arguments().size(), insn, "wrong number of arguments");
        for (Value argument : insn.arguments()) {
            if (argument != null) {
                check(defined[argument.id()] == argument.width(), insn, "argument is not defined before its use");
            }
        }
        for (int i = 0; i < insn.arguments().size(); i++) {
            Width width = argumentWidth(insn, i);
            Value argument = insn.argument(i);
            if (argument == null) {
                check(isOptional(insn, i), insn, "argument " + i + " is missing");
            } else {
                check(width == null || width == argument.width(), insn, "argument " + i + " is not " + width);
            }
        }
    }

    private static boolean isOptional(IrInsn insn, int position) {
        return insn.op() == IrOp.INTERCEPT || insn.op() == IrOp.FLAGS_DEF && position == 2;
    }

    private static Width argumentWidth(IrInsn insn, int position) {
        return switch (insn.op()) {
            case SHL, SHR, SAR, ROL, ROR -> position == 0 ? insn.width() : Width.I8;
            case SELECT -> position == 0 ? Width.I1 : insn.width();
            case FLAGS_DEF_IF -> position == 0 ? Width.I1 : insn.width();
            case JUMP_IF -> position == 0 ? Width.I1 : Width.I64;
            case FLAGS_DEF -> position == 2 ? Width.I1 : insn.width();
            case LOAD, LOAD_RMW, PROBE_WRITE -> Width.I64;
            case STORE -> position == 0 ? Width.I64 : insn.width();
            case TRUNCATE -> null;
            case HELPER -> null;
            default -> insn.width();
        };
    }

    private void checkRestartable(IrInsn insn) {
        IrOp op = insn.op();
        boolean mayLeave = op.has(Attribute.MAY_FAULT) || op.has(Attribute.MAY_EXIT) || op.has(Attribute.MAY_SKIP);
        boolean commits = op.has(Attribute.COMMITS);
        if (op == IrOp.HELPER) {
            Helper helper = HELPERS[(int) insn.auxiliary()];
            mayLeave = helper.has(Effect.FAULTS) || helper.has(Effect.EXITS);
            commits = helper.has(Effect.WRITES) || helper.has(Effect.WRITES_FLAGS);
        }
        check(!mayLeave || committed == null, insn, "may fault, exit or skip after " + committed);
        if (commits) {
            committed = insn.toString();
        }
    }

    private static void check(boolean holds, IrInsn insn, String rule) {
        if (!holds) {
            throw new IllegalStateException(rule + ": " + insn);
        }
    }
}
