/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gb;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Ibs;
import static org.exitpoint.isa.row.Operand.Iv;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.Ob;
import static org.exitpoint.isa.row.Operand.Ov;
import static org.exitpoint.isa.row.Operand.Zb;
import static org.exitpoint.isa.row.Operand.Zv;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/** Data transfer instructions (SDM vol. 1, "Data Transfer Instructions"). */
final class DataTransferInstructions {
    private static final Row MOV = row("MOV", "Move")
        .enc("88 /r", Eb, Gb).enc("89 /r", Ev, Gv).enc("8A /r", Gb, Eb).enc("8B /r", Gv, Ev)
        .enc("A0", AL, Ob).enc("A1", rAX, Ov).enc("A2", Ob, AL).enc("A3", Ov, rAX)
        .enc("B0 +r", Zb, Ib).enc("B8 +r", Zv, Iv).enc("C6 /0", Eb, Ib).enc("C7 /0", Ev, Iz)
        .does(DataTransferInstructions::mov);
    private static final Row PUSH = row("PUSH", "Push Word, Doubleword, or Quadword Onto the Stack")
        .enc("FF /6 d64", Ev).enc("50 +r d64", Zv).enc("68 d64", Iz).enc("6A d64", Ibs)
        .does(DataTransferInstructions::push);
    private static final Row POP = row("POP", "Pop a Value From the Stack")
        .enc("8F /0 d64", Ev).enc("58 +r d64", Zv).does(DataTransferInstructions::pop);

    static final List<Row> ROWS = List.of(MOV, PUSH, POP);

    private DataTransferInstructions() {
    }

    private static <V> void mov(Ops<V> o) {
        o.write(0, o.read(1));
    }

    private static <V> void push(Ops<V> o) {
        Stack.push(o, o.read(0));
    }

    private static <V> void pop(Ops<V> o) {
        V pointer = o.getRegister(o.stackWidth(), Stack.POINTER);
        V value = o.load(o.operandWidth(), Segment.SS, o.zeroExtend(Width.I64, pointer));
        V above = o.add(pointer, o.constant(o.stackWidth(), o.operandWidth().bytes()));
        if (o.isMemory(0)) {
            o.store(o.segmentOf(0), o.effectiveAddressAfterPop(0), value);
            Stack.setPointer(o, above);
        } else {
            Stack.setPointer(o, above);
            o.write(0, value);
        }
    }
}
