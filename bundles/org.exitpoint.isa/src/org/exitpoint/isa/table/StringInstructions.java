/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Xb;
import static org.exitpoint.isa.row.Operand.Xv;
import static org.exitpoint.isa.row.Operand.Yb;
import static org.exitpoint.isa.row.Operand.Yv;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/**
 * String instructions (SDM vol. 1, "String Instructions"). With a repeat prefix a row is one iteration: it is skipped
 * when rCX is 0, and repeats itself otherwise.
 */
final class StringInstructions {
    private static final Row MOVS = row("MOVS", "Move Data From String to String").repeatable()
        .enc("A4", Yb, Xb).enc("A5", Yv, Xv).does(StringInstructions::movs);
    private static final Row CMPS = row("CMPS", "Compare String Operands").repeatable().writesAllFlags()
        .enc("A6", Xb, Yb).enc("A7", Xv, Yv).does(StringInstructions::cmps);
    private static final Row SCAS = row("SCAS", "Scan String").repeatable().writesAllFlags()
        .enc("AE", AL, Yb).enc("AF", rAX, Yv).does(StringInstructions::scas);
    private static final Row LODS = row("LODS", "Load String").repeatable()
        .enc("AC", AL, Xb).enc("AD", rAX, Xv).does(StringInstructions::lods);
    private static final Row STOS = row("STOS", "Store String").repeatable()
        .enc("AA", Yb, AL).enc("AB", Yv, rAX).does(StringInstructions::stos);

    static final List<Row> ROWS = List.of(MOVS, CMPS, SCAS, LODS, STOS);

    private StringInstructions() {
    }

    /** Begins an iteration: nothing happens when the count is 0. Must come first. */
    static <V> void begin(Ops<V> o) {
        if (o.repeatPrefix() != Repeat.NONE) {
            o.skipIf(Flags.isZero(o, o.getRegister(o.addressWidth(), Registers.CX), o.addressWidth()));
        }
    }

    /** Ends an iteration that the count alone repeats. */
    static <V> void end(Ops<V> o) {
        if (o.repeatPrefix() != Repeat.NONE) {
            o.repeat(countDown(o));
        }
    }

    /** Counts down; whether there is more to do. */
    private static <V> V countDown(Ops<V> o) {
        Width width = o.addressWidth();
        V count = o.sub(o.getRegister(width, Registers.CX), o.constant(width, 1));
        o.setRegister(width, Registers.CX, count);
        return o.not(Flags.isZero(o, count, width));
    }

    /** What an index register moves by: the size of an element, negative with DF. */
    private static <V> V step(Ops<V> o, Width element) {
        V down = Preconditions.isSet(o, StateField.SYSTEM_FLAGS, Rflags.DF);
        Width width = o.addressWidth();
        return o.select(down, o.constant(width, -element.bytes()), o.constant(width, element.bytes()));
    }

    private static <V> void move(Ops<V> o, int register, V step) {
        o.setRegister(o.addressWidth(), register, o.add(o.getRegister(o.addressWidth(), register), step));
    }

    private static <V> void movs(Ops<V> o) {
        begin(o);
        o.write(0, o.read(1));
        V step = step(o, o.operandWidth());
        move(o, Registers.SI, step);
        move(o, Registers.DI, step);
        end(o);
    }

    private static <V> void cmps(Ops<V> o) {
        begin(o);
        V a = o.read(0);
        V b = o.read(1);
        V difference = o.sub(a, b);
        V step = step(o, o.operandWidth());
        move(o, Registers.SI, step);
        move(o, Registers.DI, step);
        o.flagsDef(FlagKind.SUB, b, difference, null);
        endOfComparison(o, difference);
    }

    private static <V> void scas(Ops<V> o) {
        begin(o);
        V a = o.read(0);
        V b = o.read(1);
        V difference = o.sub(a, b);
        move(o, Registers.DI, step(o, o.operandWidth()));
        o.flagsDef(FlagKind.SUB, b, difference, null);
        endOfComparison(o, difference);
    }

    /** REPE goes on while the operands are equal, REPNE while they are not. */
    private static <V> void endOfComparison(Ops<V> o, V difference) {
        if (o.repeatPrefix() == Repeat.NONE) {
            return;
        }
        V equal = Flags.isZero(o, difference, o.operandWidth());
        V wanted = o.repeatPrefix() == Repeat.REP ? equal : o.not(equal);
        o.repeat(o.and(countDown(o), wanted));
    }

    private static <V> void lods(Ops<V> o) {
        begin(o);
        V value = o.read(1);
        move(o, Registers.SI, step(o, o.operandWidth()));
        o.write(0, value);
        end(o);
    }

    private static <V> void stos(Ops<V> o) {
        begin(o);
        o.write(0, o.read(1));
        move(o, Registers.DI, step(o, o.operandWidth()));
        end(o);
    }
}
