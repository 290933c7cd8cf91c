/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gb;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Ibs;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.Zv;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/** Binary arithmetic instructions (SDM vol. 1, "Binary Arithmetic Instructions"). */
final class BinaryArithmeticInstructions {
    private static final Row ADD = twoOperands(row("ADD", "Add").lockable(), "00", "0")
        .does(BinaryArithmeticInstructions::add);
    private static final Row ADC = twoOperands(row("ADC", "Add With Carry").lockable(), "10", "2")
        .does(BinaryArithmeticInstructions::adc);
    private static final Row SUB = twoOperands(row("SUB", "Subtract").lockable(), "28", "5")
        .does(BinaryArithmeticInstructions::sub);
    private static final Row CMP = twoOperands(row("CMP", "Compare Two Operands"), "38", "7")
        .does(BinaryArithmeticInstructions::cmp);
    private static final Row INC = row("INC", "Increment by 1").lockable()
        .writes(Flag.PF, Flag.AF, Flag.ZF, Flag.SF, Flag.OF)
        .enc("FE /0", Eb).enc("FF /0", Ev).enc("40 +r i64", Zv).does(BinaryArithmeticInstructions::inc);

    static final List<Row> ROWS = List.of(ADD, ADC, SUB, CMP, INC);

    private BinaryArithmeticInstructions() {
    }

    /** The six encodings in the opcode block at {@code base} and those of group 1 with this extension. */
    static Row.Builder twoOperands(Row.Builder row, String base, String extension) {
        int first = Integer.parseInt(base, 16);
        return row.writesAllFlags()
            .enc("%02X /r".formatted(first), Eb, Gb).enc("%02X /r".formatted(first + 1), Ev, Gv)
            .enc("%02X /r".formatted(first + 2), Gb, Eb).enc("%02X /r".formatted(first + 3), Gv, Ev)
            .enc("%02X".formatted(first + 4), AL, Ib).enc("%02X".formatted(first + 5), rAX, Iz)
            .enc("80 /" + extension, Eb, Ib).enc("82 /" + extension + " i64", Eb, Ib)
            .enc("81 /" + extension, Ev, Iz).enc("83 /" + extension, Ev, Ibs);
    }

    private static <V> void add(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V result = o.add(a, b);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.ADD, b, result, null);
    }

    private static <V> void adc(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V carry = o.flag(Flag.CF);
        V result = o.add(o.add(a, b), o.zeroExtend(o.operandWidth(), carry));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.ADC, b, result, carry);
    }

    private static <V> void sub(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V result = o.sub(a, b);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SUB, b, result, null);
    }

    private static <V> void cmp(Ops<V> o) {
        V a = o.read(0);
        V b = o.read(1);
        o.flagsDef(FlagKind.SUB, b, o.sub(a, b), null);
    }

    private static <V> void inc(Ops<V> o) {
        V a = o.readForWrite(0);
        V one = o.constant(o.operandWidth(), 1);
        V carry = o.flag(Flag.CF);
        V result = o.add(a, one);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.INC, one, result, carry);
    }
}
