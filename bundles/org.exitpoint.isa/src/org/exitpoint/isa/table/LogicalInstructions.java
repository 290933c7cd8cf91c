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

import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Row.row;

/** Logical instructions (SDM vol. 1, "Logical Instructions"). */
final class LogicalInstructions {
    private static final Row AND = logical("AND", "Logical AND", "20", "4").does(LogicalInstructions::and);
    private static final Row OR = logical("OR", "Logical Inclusive OR", "08", "1").does(LogicalInstructions::or);
    private static final Row XOR = logical("XOR", "Logical Exclusive OR", "30", "6").does(LogicalInstructions::xor);
    private static final Row NOT = row("NOT", "One's Complement Negation").lockable()
        .enc("F6 /2", Eb).enc("F7 /2", Ev).does(LogicalInstructions::not);

    static final List<Row> ROWS = List.of(AND, OR, XOR, NOT);

    private LogicalInstructions() {
    }

    private static Row.Builder logical(String mnemonic, String title, String base, String extension) {
        return BinaryArithmeticInstructions.twoOperands(row(mnemonic, title).lockable(), base, extension)
            .undefined(Flag.AF);
    }

    private static <V> void and(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        finish(o, a, b, o.and(a, b));
    }

    private static <V> void or(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        finish(o, a, b, o.or(a, b));
    }

    private static <V> void xor(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        finish(o, a, b, o.xor(a, b));
    }

    private static <V> void finish(Ops<V> o, V a, V b, V result) {
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.LOGIC, b, result, null);
    }

    private static <V> void not(Ops<V> o) {
        V a = o.readForWrite(0);
        o.writeBack(0, a, o.not(a));
    }
}
