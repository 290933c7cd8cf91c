/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.By;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Ey;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Gy;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Row.row;

/** BMI1 and BMI2 instructions (SDM vol. 1, "BMI1 and BMI2 Instructions"). */
final class BitManipulationInstructions {
    private static final Row ANDN = bmi1("ANDN", "Logical AND NOT").undefined(Flag.AF, Flag.PF)
        .enc("NP VEX 0F 38 F2 /r L0", Gy, By, Ey).does(BitManipulationInstructions::andn);
    private static final Row BEXTR = bmi1("BEXTR", "Bit Field Extract").undefined(Flag.AF, Flag.SF, Flag.PF)
        .enc("NP VEX 0F 38 F7 /r L0", Gy, Ey, By).does(BitManipulationInstructions::bextr);
    private static final Row BLSI = bmi1("BLSI", "Extract Lowest Set Isolated Bit").undefined(Flag.AF, Flag.PF)
        .enc("NP VEX 0F 38 F3 /3 L0", By, Ey).does(BitManipulationInstructions::blsi);
    private static final Row BLSMSK = bmi1("BLSMSK", "Get Mask Up to Lowest Set Bit").undefined(Flag.AF, Flag.PF)
        .enc("NP VEX 0F 38 F3 /2 L0", By, Ey).does(BitManipulationInstructions::blsmsk);
    private static final Row BLSR = bmi1("BLSR", "Reset Lowest Set Bit").undefined(Flag.AF, Flag.PF)
        .enc("NP VEX 0F 38 F3 /1 L0", By, Ey).does(BitManipulationInstructions::blsr);
    private static final Row BZHI = bmi2("BZHI", "Zero High Bits Starting with Specified Bit Position")
        .writesAllFlags().undefined(Flag.AF, Flag.PF).enc("NP VEX 0F 38 F5 /r L0", Gy, Ey, By)
        .does(BitManipulationInstructions::bzhi);
    private static final Row LZCNT = row("LZCNT", "Count the Number of Leading Zero Bits").feature(CpuidFeature.LZCNT)
        .writes(Flag.CF, Flag.ZF).undefined(Flag.OF, Flag.SF, Flag.PF, Flag.AF).enc("F3 0F BD /r", Gv, Ev)
        .does(BitManipulationInstructions::lzcnt);
    private static final Row TZCNT = row("TZCNT", "Count the Number of Trailing Zero Bits").feature(CpuidFeature.BMI1)
        .writes(Flag.CF, Flag.ZF).undefined(Flag.OF, Flag.SF, Flag.PF, Flag.AF).enc("F3 0F BC /r", Gv, Ev)
        .does(BitManipulationInstructions::tzcnt);
    private static final Row MULX = bmi2("MULX", "Unsigned Multiply Without Affecting Flags")
        .enc("F2 VEX 0F 38 F6 /r L0", Gy, By, Ey).does(BitManipulationInstructions::mulx);
    private static final Row PDEP = bmi2("PDEP", "Parallel Bits Deposit").enc("F2 VEX 0F 38 F5 /r L0", Gy, By, Ey)
        .does(BitManipulationInstructions::pdep);
    private static final Row PEXT = bmi2("PEXT", "Parallel Bits Extract").enc("F3 VEX 0F 38 F5 /r L0", Gy, By, Ey)
        .does(BitManipulationInstructions::pext);
    private static final Row RORX = bmi2("RORX", "Rotate Right Logical Without Affecting Flags")
        .enc("F2 VEX 0F 3A F0 /r L0", Gy, Ey, Ib).does(BitManipulationInstructions::rorx);
    private static final Row SARX = bmi2("SARX", "Shift Without Affecting Flags")
        .enc("F3 VEX 0F 38 F7 /r L0", Gy, Ey, By).does(BitManipulationInstructions::sarx);
    private static final Row SHLX = bmi2("SHLX", "Shift Without Affecting Flags")
        .enc("66 VEX 0F 38 F7 /r L0", Gy, Ey, By).does(BitManipulationInstructions::shlx);
    private static final Row SHRX = bmi2("SHRX", "Shift Without Affecting Flags")
        .enc("F2 VEX 0F 38 F7 /r L0", Gy, Ey, By).does(BitManipulationInstructions::shrx);

    static final List<Row> ROWS = List.of(ANDN, BEXTR, BLSI, BLSMSK, BLSR, BZHI, LZCNT, TZCNT, MULX, PDEP, PEXT, RORX,
        SARX, SHLX, SHRX);

    private BitManipulationInstructions() {
    }

    private static Row.Builder bmi1(String mnemonic, String title) {
        return row(mnemonic, title).feature(CpuidFeature.BMI1).requires(Preconditions::protectedMode).writesAllFlags();
    }

    private static Row.Builder bmi2(String mnemonic, String title) {
        return row(mnemonic, title).feature(CpuidFeature.BMI2).requires(Preconditions::protectedMode);
    }

    private static <V> Width width(Ops<V> o) {
        return o.widthOf(0);
    }

    /** SF and ZF of the result, CF as given, OF and the undefined AF and PF 0. */
    private static <V> void setFlags(Ops<V> o, V result, V carry) {
        V sign = Flags.word(o, Flag.SF, Flags.highBit(o, result, width(o)));
        V zero = Flags.word(o, Flag.ZF, Flags.isZero(o, result, width(o)));
        o.flagsSet(Flag.ALL, o.or(o.or(sign, zero), Flags.word(o, Flag.CF, carry)));
    }

    private static <V> void andn(Ops<V> o) {
        V source = o.read(2);
        V result = o.and(o.not(o.read(1)), source);
        o.write(0, result);
        setFlags(o, result, o.constant(Width.I1, 0));
    }

    private static <V> void bextr(Ops<V> o) {
        V source = o.read(1);
        V control = o.read(2);
        V start = o.truncate(Width.I8, control);
        V length = o.truncate(Width.I8, o.shr(control, o.constant(Width.I8, 8)));
        V result = lowBits(o, o.shr(source, start), length);
        o.write(0, result);
        o.flagsSet(Flag.ALL, Flags.word(o, Flag.ZF, Flags.isZero(o, result, width(o))));
    }

    /** The low bits of a value, as many as an I8 says; a shift by the width or more gives 0. */
    private static <V> V lowBits(Ops<V> o, V value, V count) {
        V one = o.constant(width(o), 1);
        return o.and(value, o.sub(o.shl(one, count), one));
    }

    private static <V> void blsi(Ops<V> o) {
        V source = o.read(1);
        V result = o.and(o.neg(source), source);
        o.write(0, result);
        setFlags(o, result, o.not(Flags.isZero(o, source, width(o))));
    }

    private static <V> void blsmsk(Ops<V> o) {
        V source = o.read(1);
        V result = o.xor(o.sub(source, o.constant(width(o), 1)), source);
        o.write(0, result);
        setFlags(o, result, Flags.isZero(o, source, width(o)));
    }

    private static <V> void blsr(Ops<V> o) {
        V source = o.read(1);
        V result = o.and(o.sub(source, o.constant(width(o), 1)), source);
        o.write(0, result);
        setFlags(o, result, Flags.isZero(o, source, width(o)));
    }

    private static <V> void bzhi(Ops<V> o) {
        V source = o.read(1);
        V index = o.truncate(Width.I8, o.read(2));
        V beyond = o.not(o.lessU(index, o.constant(Width.I8, width(o).bits())));
        V result = lowBits(o, source, index);
        o.write(0, result);
        setFlags(o, result, beyond);
    }

    private static <V> void lzcnt(Ops<V> o) {
        V source = o.read(1);
        count(o, source, o.leadingZeros(source));
    }

    private static <V> void tzcnt(Ops<V> o) {
        V source = o.read(1);
        count(o, source, o.trailingZeros(source));
    }

    private static <V> void count(Ops<V> o, V source, V result) {
        o.write(0, result);
        V carry = Flags.word(o, Flag.CF, Flags.isZero(o, source, width(o)));
        V zero = Flags.word(o, Flag.ZF, Flags.isZero(o, result, width(o)));
        o.flagsSet(Flag.mask(Flag.CF, Flag.ZF), o.or(carry, zero));
    }

    private static <V> void mulx(Ops<V> o) {
        V source = o.read(2);
        V factor = o.getRegister(width(o), Registers.DX);
        V low = o.mul(factor, source);
        V high = o.mulhu(factor, source);
        o.write(1, low);
        o.write(0, high);
    }

    private static <V> void pdep(Ops<V> o) {
        V mask = o.read(2);
        o.write(0, o.deposit(o.read(1), mask));
    }

    private static <V> void pext(Ops<V> o) {
        V mask = o.read(2);
        o.write(0, o.extract(o.read(1), mask));
    }

    private static <V> V count(Ops<V> o, V value) {
        return o.and(o.truncate(Width.I8, value), o.constant(Width.I8, width(o).bits() - 1));
    }

    private static <V> void rorx(Ops<V> o) {
        V source = o.read(1);
        o.write(0, o.ror(source, count(o, o.read(2))));
    }

    private static <V> void sarx(Ops<V> o) {
        V source = o.read(1);
        o.write(0, o.sar(source, count(o, o.read(2))));
    }

    private static <V> void shlx(Ops<V> o) {
        V source = o.read(1);
        o.write(0, o.shl(source, count(o, o.read(2))));
    }

    private static <V> void shrx(Ops<V> o) {
        V source = o.read(1);
        o.write(0, o.shr(source, count(o, o.read(2))));
    }
}
