/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Row.row;

/** Flag control instructions (SDM vol. 1, "Flag Control (EFLAG) Instructions"). */
final class FlagControlInstructions {
    private static final int LOW_FLAGS = Flag.mask(Flag.SF, Flag.ZF, Flag.AF, Flag.PF, Flag.CF);

    private static final Row STC = row("STC", "Set Carry Flag").writes(Flag.CF).enc("F9")
        .does(FlagControlInstructions::stc);
    private static final Row CLC = row("CLC", "Clear Carry Flag").writes(Flag.CF).enc("F8")
        .does(FlagControlInstructions::clc);
    private static final Row CMC = row("CMC", "Complement Carry Flag").writes(Flag.CF).enc("F5")
        .does(FlagControlInstructions::cmc);
    private static final Row CLD = row("CLD", "Clear Direction Flag").enc("FC").does(FlagControlInstructions::cld);
    private static final Row STD = row("STD", "Set Direction Flag").enc("FD").does(FlagControlInstructions::std);
    private static final Row LAHF = row("LAHF", "Load Status Flags Into AH Register").enc("9F i64")
        .does(FlagControlInstructions::lahf);
    private static final Row LAHF_LONG = row("LAHF", "Load Status Flags Into AH Register")
        .feature(CpuidFeature.LAHF_SAHF).enc("9F o64").does(FlagControlInstructions::lahf);
    private static final Row SAHF = row("SAHF", "Store AH Into Flags").enc("9E i64")
        .writes(Flag.SF, Flag.ZF, Flag.AF, Flag.PF, Flag.CF).does(FlagControlInstructions::sahf);
    private static final Row SAHF_LONG = row("SAHF", "Store AH Into Flags").feature(CpuidFeature.LAHF_SAHF)
        .enc("9E o64").writes(Flag.SF, Flag.ZF, Flag.AF, Flag.PF, Flag.CF).does(FlagControlInstructions::sahf);
    private static final Row PUSHF = row("PUSHF/PUSHFD/PUSHFQ", "Push EFLAGS Register Onto the Stack").enc("9C d64")
        .does(FlagControlInstructions::pushf);
    private static final Row POPF = row("POPF/POPFD/POPFQ", "Pop Stack Into EFLAGS Register").writesAllFlags()
        .enc("9D d64").does(FlagControlInstructions::popf);
    private static final Row SALC = row("SALC", "Set AL if Carry").enc("D6 i64")
        .does(FlagControlInstructions::salc);
    private static final Row STI = row("STI", "Set Interrupt Flag").enc("FB").does(FlagControlInstructions::sti);
    private static final Row CLI = row("CLI", "Clear Interrupt Flag").enc("FA").does(FlagControlInstructions::cli);

    static final List<Row> ROWS = List.of(STC, CLC, CMC, CLD, STD, LAHF, LAHF_LONG, SAHF, SAHF_LONG, PUSHF, POPF, SALC,
        STI, CLI);

    private FlagControlInstructions() {
    }

    private static <V> void stc(Ops<V> o) {
        o.flagsSet(Flag.CF.mask(), o.constant(Width.I32, Flag.CF.mask()));
    }

    private static <V> void clc(Ops<V> o) {
        o.flagsSet(Flag.CF.mask(), o.constant(Width.I32, 0));
    }

    private static <V> void cmc(Ops<V> o) {
        Flags.set(o, Flag.CF, o.not(o.flag(Flag.CF)));
    }

    private static <V> void cld(Ops<V> o) {
        SystemInstructions.clearSystemFlag(o, Rflags.DF);
    }

    private static <V> void std(Ops<V> o) {
        SystemInstructions.setSystemFlag(o, Rflags.DF);
    }

    private static <V> void lahf(Ops<V> o) {
        V low = o.and(o.flagsGet(), o.constant(Width.I32, LOW_FLAGS));
        V flags = o.or(low, o.constant(Width.I32, Rflags.FIXED1.mask()));
        Registers.setBytes(o, o.truncate(Width.I8, flags), o.getRegister(Width.I8, Registers.AX));
    }

    private static <V> void sahf(Ops<V> o) {
        o.flagsSet(LOW_FLAGS, o.zeroExtend(Width.I32, Registers.getHighByte(o)));
    }

    private static <V> void pushf(Ops<V> o) {
        o.helper(Helper.PUSHF);
    }

    private static <V> void popf(Ops<V> o) {
        o.helper(Helper.POPF);
        o.endBlock();
    }

    private static <V> void salc(Ops<V> o) {
        V ones = o.constant(Width.I8, Width.I8.mask());
        o.setRegister(Width.I8, Registers.AX, o.select(o.flag(Flag.CF), ones, o.constant(Width.I8, 0)));
    }

    private static <V> void sti(Ops<V> o) {
        o.helper(Helper.STI);
        o.endBlock();
    }

    private static <V> void cli(Ops<V> o) {
        o.helper(Helper.CLI);
        o.endBlock();
    }
}
