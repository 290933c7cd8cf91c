/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Iw;
import static org.exitpoint.isa.row.Operand.Jb;
import static org.exitpoint.isa.row.Operand.Jz;
import static org.exitpoint.isa.row.Row.row;

/** Control transfer instructions (SDM vol. 1, "Control Transfer Instructions"). */
final class ControlTransferInstructions {
    private static final Row JMP = row("JMP", "Jump").enc("EB f64", Jb).enc("E9 f64", Jz)
        .does(ControlTransferInstructions::jmp);
    private static final Row JMP_INDIRECT = row("JMP", "Jump").enc("FF /4 f64", Ev)
        .does(ControlTransferInstructions::jmpIndirect);
    private static final Row CALL = row("CALL", "Call Procedure").enc("E8 f64", Jz)
        .does(ControlTransferInstructions::call);
    private static final Row CALL_INDIRECT = row("CALL", "Call Procedure").enc("FF /2 f64", Ev)
        .does(ControlTransferInstructions::callIndirect);
    private static final Row RET = row("RET", "Return From Procedure").enc("C3 f64")
        .does(ControlTransferInstructions::ret);
    private static final Row RET_RELEASING = row("RET", "Return From Procedure").enc("C2 f64", Iw)
        .does(ControlTransferInstructions::retReleasing);

    static final List<Row> ROWS = rows();

    private ControlTransferInstructions() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(JMP, JMP_INDIRECT, CALL, CALL_INDIRECT, RET, RET_RELEASING));
        for (Cond condition : Cond.values()) {
            rows.add(row("J" + condition, "Jump if Condition Is Met")
                .enc("%02X f64".formatted(0x70 + condition.ordinal()), Jb)
                .enc("0F %02X f64".formatted(0x80 + condition.ordinal()), Jz)
                .does(new JumpIf(condition)));
        }
        return List.copyOf(rows);
    }

    private static <V> void jmp(Ops<V> o) {
        V target = o.relativeTarget();
        o.guardTarget(target);
        o.jump(target);
    }

    private record JumpIf(Cond condition) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V taken = o.condition(condition);
            V target = o.relativeTarget();
            o.guardTarget(o.select(taken, target, o.nextInstruction()));
            o.jumpIf(taken, target);
        }
    }

    private static <V> void jmpIndirect(Ops<V> o) {
        V target = o.zeroExtend(Width.I64, o.read(0));
        o.guardTarget(target);
        o.jumpIndirect(target);
    }

    private static <V> void call(Ops<V> o) {
        V target = o.relativeTarget();
        o.guardTarget(target);
        Stack.push(o, o.truncate(o.operandWidth(), o.nextInstruction()));
        o.call(target);
    }

    private static <V> void callIndirect(Ops<V> o) {
        V target = o.zeroExtend(Width.I64, o.read(0));
        o.guardTarget(target);
        Stack.push(o, o.truncate(o.operandWidth(), o.nextInstruction()));
        o.call(target);
    }

    private static <V> void ret(Ops<V> o) {
        V target = o.zeroExtend(Width.I64, Stack.top(o));
        o.guardTarget(target);
        Stack.release(o, null);
        o.ret(target);
    }

    private static <V> void retReleasing(Ops<V> o) {
        V target = o.zeroExtend(Width.I64, Stack.top(o));
        o.guardTarget(target);
        V bytes = o.read(0);
        Stack.release(o, o.stackWidth() == Width.I16 ? bytes : o.zeroExtend(o.stackWidth(), bytes));
        o.ret(target);
    }
}
