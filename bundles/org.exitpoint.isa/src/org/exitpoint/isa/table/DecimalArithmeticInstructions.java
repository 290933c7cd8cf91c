/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Row.row;

/** Decimal arithmetic instructions (SDM vol. 1, "Decimal Arithmetic Instructions"). */
final class DecimalArithmeticInstructions {
    private static final int LAST_DIGIT = 9;
    private static final int LAST_PAIR = 0x99;

    private static final Row DAA = row("DAA", "Decimal Adjust AL After Addition").writesAllFlags().undefined(Flag.OF)
        .enc("27 i64").does(DecimalArithmeticInstructions::daa);
    private static final Row DAS = row("DAS", "Decimal Adjust AL After Subtraction").writesAllFlags()
        .undefined(Flag.OF).enc("2F i64").does(DecimalArithmeticInstructions::das);
    private static final Row AAA = row("AAA", "ASCII Adjust After Addition").writes(Flag.AF, Flag.CF)
        .undefined(Flag.OF, Flag.SF, Flag.ZF, Flag.PF).enc("37 i64").does(DecimalArithmeticInstructions::aaa);
    private static final Row AAS = row("AAS", "ASCII Adjust AL After Subtraction").writes(Flag.AF, Flag.CF)
        .undefined(Flag.OF, Flag.SF, Flag.ZF, Flag.PF).enc("3F i64").does(DecimalArithmeticInstructions::aas);
    private static final Row AAM = row("AAM", "ASCII Adjust AX After Multiply").writes(Flag.SF, Flag.ZF, Flag.PF)
        .undefined(Flag.OF, Flag.AF, Flag.CF).enc("D4 i64", Ib).does(DecimalArithmeticInstructions::aam);
    private static final Row AAD = row("AAD", "ASCII Adjust AX Before Division").writes(Flag.SF, Flag.ZF, Flag.PF)
        .undefined(Flag.OF, Flag.AF, Flag.CF).enc("D5 i64", Ib).does(DecimalArithmeticInstructions::aad);

    static final List<Row> ROWS = List.of(DAA, DAS, AAA, AAS, AAM, AAD);

    private DecimalArithmeticInstructions() {
    }

    private static <V> V al(Ops<V> o) {
        return o.getRegister(Width.I8, Registers.AX);
    }

    /** Whether the low digit is none, or there was a carry out of it. */
    private static <V> V lowDigitOverflows(Ops<V> o) {
        V digit = o.and(al(o), o.constant(Width.I8, 0xF));
        return o.or(o.lessU(o.constant(Width.I8, LAST_DIGIT), digit), o.flag(Flag.AF));
    }

    private static <V> V pairOverflows(Ops<V> o) {
        return o.or(o.lessU(o.constant(Width.I8, LAST_PAIR), al(o)), o.flag(Flag.CF));
    }

    /** OF, which the manual leaves undefined, is 0. */
    private static <V> void finish(Ops<V> o, V result, V auxiliary, V carry) {
        o.setRegister(Width.I8, Registers.AX, result);
        V carries = o.or(Flags.word(o, Flag.AF, auxiliary), Flags.word(o, Flag.CF, carry));
        o.flagsSet(Flag.ALL, o.or(carries, Flags.ofResult(o, result, Width.I8)));
    }

    private static <V> void daa(Ops<V> o) {
        V low = lowDigitOverflows(o);
        V high = pairOverflows(o);
        V zero = o.constant(Width.I8, 0);
        V adjusted = o.add(al(o), o.select(low, o.constant(Width.I8, 0x06), zero));
        finish(o, o.add(adjusted, o.select(high, o.constant(Width.I8, 0x60), zero)), low, high);
    }

    private static <V> void das(Ops<V> o) {
        V low = lowDigitOverflows(o);
        V high = pairOverflows(o);
        V zero = o.constant(Width.I8, 0);
        V six = o.constant(Width.I8, 0x06);
        V borrows = o.and(low, o.lessU(al(o), six));
        V adjusted = o.sub(al(o), o.select(low, six, zero));
        V result = o.sub(adjusted, o.select(high, o.constant(Width.I8, 0x60), zero));
        finish(o, result, low, o.or(high, borrows));
    }

    private static <V> void aaa(Ops<V> o) {
        V adjusts = lowDigitOverflows(o);
        V ax = o.getRegister(Width.I16, Registers.AX);
        adjustAscii(o, adjusts, o.add(ax, o.constant(Width.I16, 0x106)));
    }

    private static <V> void aas(Ops<V> o) {
        V adjusts = lowDigitOverflows(o);
        V ax = o.getRegister(Width.I16, Registers.AX);
        adjustAscii(o, adjusts, o.sub(ax, o.constant(Width.I16, 0x106)));
    }

    /** The undefined OF, SF, ZF and PF stay. */
    private static <V> void adjustAscii(Ops<V> o, V adjusts, V adjusted) {
        V ax = o.select(adjusts, adjusted, o.getRegister(Width.I16, Registers.AX));
        o.setRegister(Width.I16, Registers.AX, o.and(ax, o.constant(Width.I16, 0xFF0F)));
        V carries = o.or(Flags.word(o, Flag.AF, adjusts), Flags.word(o, Flag.CF, adjusts));
        o.flagsSet(Flag.mask(Flag.AF, Flag.CF), carries);
    }

    private static <V> void aam(Ops<V> o) {
        V base = o.read(0);
        V al = al(o);
        V zero = o.constant(Width.I8, 0);
        o.guard(o.divFitsU(zero, al, base), GuardFault.DE);
        V low = o.remU(zero, al, base);
        Registers.setBytes(o, o.divU(zero, al, base), low);
        o.flagsSet(Flag.ALL, Flags.ofResult(o, low, Width.I8));
    }

    private static <V> void aad(Ops<V> o) {
        V result = o.add(al(o), o.mul(Registers.getHighByte(o), o.read(0)));
        Registers.setBytes(o, o.constant(Width.I8, 0), result);
        o.flagsSet(Flag.ALL, Flags.ofResult(o, result, Width.I8));
    }
}
