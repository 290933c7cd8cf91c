/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import java.util.Set;
import java.util.TreeSet;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.decode.EncodingSamples;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Effect;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.table.InstructionSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The columns that say which flags a row writes agree with what its programs write. */
class FlagColumnsTest {
    private final Decoder decoder = new Decoder();

    /** All defined flags of the column are written, and none that the column lacks. */
    @Test
    void columnsAreExact() {
        Set<String> wrong = new TreeSet<>();
        for (Row row : InstructionSet.rows()) {
            int defined = row.flagsWritten() & ~row.flagsUndefined();
            EncodingSamples.of(row, sample -> {
                byte[] bytes = sample.bytes();
                Shape shape = decoder.decode(bytes, 0, bytes.length, sample.mode(), Width.I32).shape();
                int written = written(shape);
                boolean own = shape.key().row() == row && row.implemented();
                if (own && written >= 0 && ((written & ~row.flagsWritten()) != 0 || (defined & ~written) != 0)) {
                    wrong.add("%s: column %x, defined %x, program %x".formatted(row, row.flagsWritten(), defined,
                        written));
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    /** Mask of the flags a program writes, or -1 if a helper writes some. */
    private static int written(Shape shape) {
        int mask = 0;
        for (IrInsn insn : shape.program().instructions()) {
            if (insn.op() == IrOp.FLAGS_DEF || insn.op() == IrOp.FLAGS_DEF_IF) {
                FlagKind kind = FlagKind.values()[(int) insn.auxiliary()];
                boolean keepsCarry = kind == FlagKind.INC || kind == FlagKind.DEC;
                mask |= keepsCarry ? Flag.ALL & ~Flag.CF.mask() : Flag.ALL;
            } else if (insn.op() == IrOp.FLAGS_SET) {
                mask |= (int) insn.auxiliary();
            } else if (insn.op() == IrOp.HELPER && writesFlags(insn)) {
                return -1;
            }
        }
        return mask;
    }

    private static boolean writesFlags(IrInsn call) {
        return Helper.values()[(int) call.auxiliary()].has(Effect.WRITES_FLAGS);
    }
}
