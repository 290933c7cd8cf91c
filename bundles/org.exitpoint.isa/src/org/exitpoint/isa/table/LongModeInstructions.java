/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.Ez;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Row.row;

/** 64-bit mode instructions (SDM vol. 1, "64-Bit Mode Instructions") that are no forms of others. */
final class LongModeInstructions {
    private static final Row CMPXCHG16B = row("CMPXCHG16B", "Compare and Exchange Bytes")
        .feature(CpuidFeature.CMPXCHG16B).lockable().writes(Flag.ZF).enc("0F C7 /1 W1 o64", M)
        .does(LongModeInstructions::cmpxchg16b);
    private static final Row MOVSXD = row("MOVSXD", "Move With Sign-Extension").enc("63 /r o64", Gv, Ez)
        .does(LongModeInstructions::movsxd);
    private static final Row SWAPGS = row("SWAPGS", "Swap GS Base Register").enc("0F 01 F8 o64")
        .requires(Preconditions::cpl0).does(LongModeInstructions::swapgs);
    private static final Row SYSCALL = row("SYSCALL", "Fast System Call").feature(CpuidFeature.SYSCALL)
        .writesAllFlags().enc("0F 05").does(LongModeInstructions::syscall);
    private static final Row SYSRET = row("SYSRET", "Return From Fast System Call").feature(CpuidFeature.SYSCALL)
        .writesAllFlags().enc("0F 07").does(LongModeInstructions::sysret);

    static final List<Row> ROWS = List.of(CMPXCHG16B, MOVSXD, SWAPGS, SYSCALL, SYSRET);

    private LongModeInstructions() {
    }

    private static <V> void cmpxchg16b(Ops<V> o) {
        o.helper(Helper.CMPXCHG16B, o.effectiveAddress(0));
    }

    private static <V> void movsxd(Ops<V> o) {
        o.write(0, o.signExtend(o.operandWidth(), o.read(1)));
    }

    private static <V> void swapgs(Ops<V> o) {
        V base = o.getField(StateField.GS_BASE);
        o.setField(StateField.GS_BASE, o.getField(StateField.KERNEL_GS_BASE));
        o.setField(StateField.KERNEL_GS_BASE, base);
        o.endBlock();
    }

    private static <V> void syscall(Ops<V> o) {
        o.helper(Helper.SYSCALL);
        o.transferred();
    }

    private static <V> void sysret(Ops<V> o) {
        o.helper(Helper.SYSRET);
        o.transferred();
    }
}
