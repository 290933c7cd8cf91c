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
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Mp;
import static org.exitpoint.isa.row.Row.row;

/** Segment register instructions (SDM vol. 1, "Segment Register Instructions"). */
final class SegmentRegisterInstructions {
    private static final String TITLE = "Load Far Pointer";

    private static final Row LDS = row("LDS", TITLE).enc("C5 /r i64", Gv, Mp).does(new LoadPointer(Segment.DS));
    private static final Row LES = row("LES", TITLE).enc("C4 /r i64", Gv, Mp).does(new LoadPointer(Segment.ES));
    private static final Row LFS = row("LFS", TITLE).enc("0F B4 /r", Gv, Mp).does(new LoadPointer(Segment.FS));
    private static final Row LGS = row("LGS", TITLE).enc("0F B5 /r", Gv, Mp).does(new LoadPointer(Segment.GS));
    private static final Row LSS = row("LSS", TITLE).enc("0F B2 /r", Gv, Mp).does(new LoadPointer(Segment.SS));

    static final List<Row> ROWS = List.of(LDS, LES, LFS, LGS, LSS);

    private SegmentRegisterInstructions() {
    }

    /** The offset part, of operand size, of the far pointer in memory that an operand is. */
    static <V> V pointerOffset(Ops<V> o, int operand) {
        return o.load(o.operandWidth(), o.segmentOf(operand), o.effectiveAddress(operand));
    }

    /** The selector part of the far pointer in memory that an operand is. */
    static <V> V pointerSelector(Ops<V> o, int operand) {
        V distance = o.constant(Width.I64, o.operandWidth().bytes());
        V address = o.add(o.effectiveAddress(operand), distance);
        V wrapped = o.zeroExtend(Width.I64, o.truncate(o.addressWidth(), address));
        return o.load(Width.I16, o.segmentOf(operand), wrapped);
    }

    private record LoadPointer(Segment segment) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V offset = pointerOffset(o, 1);
            V selector = pointerSelector(o, 1);
            o.helper(Helper.LOAD_SEGMENT_OF_POINTER, o.constant(Width.I8, segment.ordinal()), selector);
            o.write(0, offset);
            o.endBlock();
        }
    }
}
