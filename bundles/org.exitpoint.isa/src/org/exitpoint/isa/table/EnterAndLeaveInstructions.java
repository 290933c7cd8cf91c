/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.I2b;
import static org.exitpoint.isa.row.Operand.Iw;
import static org.exitpoint.isa.row.Row.row;

/** Enter and leave instructions (SDM vol. 1, "Enter and Leave Instructions"). */
final class EnterAndLeaveInstructions {
    private static final Row ENTER = row("ENTER", "Make Stack Frame for Procedure Parameters").enc("C8 d64", Iw, I2b)
        .does(EnterAndLeaveInstructions::enter);
    private static final Row LEAVE = row("LEAVE", "High Level Procedure Exit").enc("C9 d64")
        .does(EnterAndLeaveInstructions::leave);

    static final List<Row> ROWS = List.of(ENTER, LEAVE);

    private EnterAndLeaveInstructions() {
    }

    private static <V> void enter(Ops<V> o) {
        o.helper(Helper.ENTER, o.read(0), o.read(1));
    }

    private static <V> void leave(Ops<V> o) {
        V frame = o.getRegister(o.stackWidth(), Registers.BP);
        V saved = o.load(o.operandWidth(), Segment.SS, o.zeroExtend(Width.I64, frame));
        Stack.setPointer(o, o.add(frame, o.constant(o.stackWidth(), o.operandWidth().bytes())));
        o.setRegister(o.operandWidth(), Registers.BP, saved);
    }
}
