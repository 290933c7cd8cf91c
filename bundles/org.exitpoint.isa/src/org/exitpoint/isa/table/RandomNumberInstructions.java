/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Row.row;

/** Random number generator instructions (SDM vol. 1, "Random Number Generator Instructions"). */
final class RandomNumberInstructions {
    private static final Row RDRAND = random("RDRAND", "Read Random Number", CpuidFeature.RDRAND, 6)
        .exits(Intercept.RDRAND).does(RandomNumberInstructions::rdrand);
    private static final Row RDSEED = random("RDSEED", "Read Random SEED", CpuidFeature.RDSEED, 7)
        .exits(Intercept.RDSEED).does(RandomNumberInstructions::rdseed);

    static final List<Row> ROWS = List.of(RDRAND, RDSEED);

    private RandomNumberInstructions() {
    }

    private static Row.Builder random(String mnemonic, String title, CpuidFeature feature, int extension) {
        return row(mnemonic, title).feature(feature).writesAllFlags()
            .enc("NFx 0F C7 /" + extension + " mod=3", Ev);
    }

    private static <V> void rdrand(Ops<V> o) {
        finish(o, o.helper(Helper.RDRAND));
    }

    private static <V> void rdseed(Ops<V> o) {
        finish(o, o.helper(Helper.RDSEED));
    }

    private static <V> void finish(Ops<V> o, V random) {
        o.write(0, o.truncate(o.operandWidth(), random));
        o.flagsSet(Flag.ALL, o.constant(Width.I32, Flag.CF.mask()));
    }
}
