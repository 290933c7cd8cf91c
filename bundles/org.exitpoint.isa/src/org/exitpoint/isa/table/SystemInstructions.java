/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Row.row;

/** System instructions (SDM vol. 1, "System Instructions"). */
final class SystemInstructions {
    private static final Row HLT = row("HLT", "Halt").enc("F4").requires(Preconditions::cpl0).exits(Intercept.HLT)
        .does(SystemInstructions::hlt);
    private static final Row CPUID = row("CPUID", "CPU Identification").enc("0F A2").exits(Intercept.CPUID)
        .does(SystemInstructions::cpuid);

    static final List<Row> ROWS = List.of(HLT, CPUID);

    private SystemInstructions() {
    }

    private static <V> void hlt(Ops<V> o) {
        o.helper(Helper.HLT);
        o.endBlock();
    }

    private static <V> void cpuid(Ops<V> o) {
        o.helper(Helper.CPUID);
    }
}
