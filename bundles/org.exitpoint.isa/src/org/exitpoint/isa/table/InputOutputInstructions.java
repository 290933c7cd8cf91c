/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.DX;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Xb;
import static org.exitpoint.isa.row.Operand.Xz;
import static org.exitpoint.isa.row.Operand.Yb;
import static org.exitpoint.isa.row.Operand.Yz;
import static org.exitpoint.isa.row.Operand.eAX;
import static org.exitpoint.isa.row.Row.row;

/** Input and output instructions (SDM vol. 1, "I/O Instructions"). The helper checks permission and intercepts. */
final class InputOutputInstructions {
    private static final Row IN = row("IN", "Input From Port").enc("E4", AL, Ib).enc("E5", eAX, Ib)
        .enc("EC", AL, DX).enc("ED", eAX, DX).does(InputOutputInstructions::in);
    private static final Row OUT = row("OUT", "Output to Port").enc("E6", Ib, AL).enc("E7", Ib, eAX)
        .enc("EE", DX, AL).enc("EF", DX, eAX).does(InputOutputInstructions::out);
    private static final Row INS = row("INS", "Input from Port to String").repeatable()
        .enc("6C", Yb, DX).enc("6D", Yz, DX).does(InputOutputInstructions::ins);
    private static final Row OUTS = row("OUTS", "Output String to Port").repeatable()
        .enc("6E", DX, Xb).enc("6F", DX, Xz).does(InputOutputInstructions::outs);

    static final List<Row> ROWS = List.of(IN, OUT, INS, OUTS);

    private InputOutputInstructions() {
    }

    private static <V> V bytes(Ops<V> o, int operand) {
        return o.constant(Width.I8, o.widthOf(operand).bytes());
    }

    private static <V> void in(Ops<V> o) {
        V value = o.helper(Helper.IN, o.read(1), bytes(o, 0));
        o.write(0, o.truncate(o.widthOf(0), value));
        o.endBlock();
    }

    private static <V> void out(Ops<V> o) {
        o.helper(Helper.OUT, List.of(o.read(0), o.read(1), bytes(o, 1)));
        o.endBlock();
    }

    private static <V> void ins(Ops<V> o) {
        StringInstructions.begin(o);
        o.helper(Helper.INS, bytes(o, 0));
        finish(o);
    }

    private static <V> void outs(Ops<V> o) {
        StringInstructions.begin(o);
        o.helper(Helper.OUTS, bytes(o, 1));
        finish(o);
    }

    private static <V> void finish(Ops<V> o) {
        if (o.repeatPrefix() == Repeat.NONE) {
            o.endBlock();
        } else {
            StringInstructions.end(o);
        }
    }
}
