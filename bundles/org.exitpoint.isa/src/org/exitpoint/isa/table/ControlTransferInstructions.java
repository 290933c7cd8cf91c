/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.I2w;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Iw;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.Jb;
import static org.exitpoint.isa.row.Operand.Jz;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Operand.Mp;
import static org.exitpoint.isa.row.Row.row;

/** Control transfer instructions (SDM vol. 1, "Control Transfer Instructions"). */
final class ControlTransferInstructions {
    private static final String CALL_TITLE = "Call Procedure";
    private static final String RET_TITLE = "Return From Procedure";
    private static final String LOOP_TITLE = "Loop According to ECX Counter";
    private static final String INT_TITLE = "Call to Interrupt Procedure";

    private static final Row JMP = row("JMP", "Jump").enc("EB f64", Jb).enc("E9 f64", Jz)
        .does(ControlTransferInstructions::jmp);
    private static final Row JMP_INDIRECT = row("JMP", "Jump").enc("FF /4 f64", Ev)
        .does(ControlTransferInstructions::jmpIndirect);
    private static final Row JMP_FAR = row("JMP", "Jump").enc("EA i64", Iz, I2w)
        .does(ControlTransferInstructions::jmpFar);
    private static final Row JMP_FAR_INDIRECT = row("JMP", "Jump").enc("FF /5", Mp)
        .does(ControlTransferInstructions::jmpFarIndirect);
    private static final Row JCXZ = row("JCXZ/JECXZ/JRCXZ", "Jump if Condition Is Met").enc("E3 f64", Jb)
        .does(ControlTransferInstructions::jcxz);
    private static final Row LOOP = row("LOOP", LOOP_TITLE).enc("E2 f64", Jb)
        .does(ControlTransferInstructions::loop);
    private static final Row LOOPE = row("LOOPE", LOOP_TITLE).enc("E1 f64", Jb)
        .does(new LoopIf(Cond.E));
    private static final Row LOOPNE = row("LOOPNE", LOOP_TITLE).enc("E0 f64", Jb)
        .does(new LoopIf(Cond.NE));
    private static final Row CALL = row("CALL", CALL_TITLE).enc("E8 f64", Jz)
        .does(ControlTransferInstructions::call);
    private static final Row CALL_INDIRECT = row("CALL", CALL_TITLE).enc("FF /2 f64", Ev)
        .does(ControlTransferInstructions::callIndirect);
    private static final Row CALL_FAR = row("CALL", CALL_TITLE).enc("9A i64", Iz, I2w)
        .does(ControlTransferInstructions::callFar);
    private static final Row CALL_FAR_INDIRECT = row("CALL", CALL_TITLE).enc("FF /3", Mp)
        .does(ControlTransferInstructions::callFarIndirect);
    private static final Row RET = row("RET", RET_TITLE).enc("C3 f64")
        .does(ControlTransferInstructions::ret);
    private static final Row RET_RELEASING = row("RET", RET_TITLE).enc("C2 f64", Iw)
        .does(ControlTransferInstructions::retReleasing);
    private static final Row RET_FAR = row("RETF", RET_TITLE).enc("CB")
        .does(ControlTransferInstructions::retFar);
    private static final Row RET_FAR_RELEASING = row("RETF", RET_TITLE).enc("CA", Iw)
        .does(ControlTransferInstructions::retFarReleasing);
    private static final Row IRET = row("IRET/IRETD/IRETQ", "Interrupt Return").writesAllFlags().enc("CF")
        .does(ControlTransferInstructions::iret);
    private static final Row INT = row("INT", INT_TITLE).enc("CD", Ib).does(ControlTransferInstructions::interrupt);
    private static final Row INT3 = row("INT3", INT_TITLE).enc("CC").does(ControlTransferInstructions::int3);
    private static final Row INT1 = row("INT1", INT_TITLE).enc("F1").does(ControlTransferInstructions::int1);
    private static final Row INTO = row("INTO", INT_TITLE).enc("CE i64").does(ControlTransferInstructions::into);
    private static final Row BOUND = row("BOUND", "Check Array Index Against Bounds").enc("62 /r i64", Gv, M)
        .does(ControlTransferInstructions::bound);

    static final List<Row> ROWS = rows();

    private ControlTransferInstructions() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(JMP, JMP_INDIRECT, JMP_FAR, JMP_FAR_INDIRECT, JCXZ, LOOP, LOOPE,
            LOOPNE, CALL, CALL_INDIRECT, CALL_FAR, CALL_FAR_INDIRECT, RET, RET_RELEASING, RET_FAR, RET_FAR_RELEASING,
            IRET, INT, INT3, INT1, INTO, BOUND));
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
            V target = guardedTarget(o, taken);
            o.jumpIf(taken, target);
        }
    }

    /** The relative target, which must be a good one only if the branch is taken. */
    private static <V> V guardedTarget(Ops<V> o, V taken) {
        V target = o.relativeTarget();
        o.guardTarget(o.select(taken, target, o.nextInstruction()));
        return target;
    }

    private static <V> V isNotZero(Ops<V> o, V count) {
        return o.not(Flags.isZero(o, count, o.addressWidth()));
    }

    private static <V> void jcxz(Ops<V> o) {
        V taken = Flags.isZero(o, o.getRegister(o.addressWidth(), Registers.CX), o.addressWidth());
        V target = guardedTarget(o, taken);
        o.jumpIf(taken, target);
    }

    private static <V> V decrementedCount(Ops<V> o) {
        return o.sub(o.getRegister(o.addressWidth(), Registers.CX), o.constant(o.addressWidth(), 1));
    }

    private static <V> void loop(Ops<V> o) {
        V count = decrementedCount(o);
        V taken = isNotZero(o, count);
        V target = guardedTarget(o, taken);
        o.setRegister(o.addressWidth(), Registers.CX, count);
        o.jumpIf(taken, target);
    }

    private record LoopIf(Cond condition) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V count = decrementedCount(o);
            V taken = o.and(isNotZero(o, count), o.condition(condition));
            V target = guardedTarget(o, taken);
            o.setRegister(o.addressWidth(), Registers.CX, count);
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

    private static <V> void jmpFar(Ops<V> o) {
        o.helper(Helper.JMP_FAR, o.read(1), o.read(0));
        o.transferred();
    }

    private static <V> void jmpFarIndirect(Ops<V> o) {
        V offset = SegmentRegisterInstructions.pointerOffset(o, 0);
        o.helper(Helper.JMP_FAR, SegmentRegisterInstructions.pointerSelector(o, 0), offset);
        o.transferred();
    }

    private static <V> void callFar(Ops<V> o) {
        o.helper(Helper.CALL_FAR, o.read(1), o.read(0));
        o.transferred();
    }

    private static <V> void callFarIndirect(Ops<V> o) {
        V offset = SegmentRegisterInstructions.pointerOffset(o, 0);
        o.helper(Helper.CALL_FAR, SegmentRegisterInstructions.pointerSelector(o, 0), offset);
        o.transferred();
    }

    private static <V> void retFar(Ops<V> o) {
        o.helper(Helper.RET_FAR, o.constant(Width.I16, 0));
        o.transferred();
    }

    private static <V> void retFarReleasing(Ops<V> o) {
        o.helper(Helper.RET_FAR, o.read(0));
        o.transferred();
    }

    private static <V> void iret(Ops<V> o) {
        o.helper(Helper.IRET);
        o.transferred();
    }

    private static <V> void interrupt(Ops<V> o) {
        o.helper(Helper.INT, o.read(0));
        o.transferred();
    }

    private static <V> void int3(Ops<V> o) {
        o.helper(Helper.INT3);
        o.transferred();
    }

    private static <V> void int1(Ops<V> o) {
        o.helper(Helper.INT1);
        o.transferred();
    }

    private static <V> void into(Ops<V> o) {
        o.skipIf(o.not(o.flag(Flag.OF)));
        o.helper(Helper.INTO);
        o.transferred();
    }

    private static <V> void bound(Ops<V> o) {
        o.helper(Helper.BOUND, o.read(0), o.effectiveAddress(1));
    }
}
