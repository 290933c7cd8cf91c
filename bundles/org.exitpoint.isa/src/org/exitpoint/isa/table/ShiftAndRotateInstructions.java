/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.CL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.ONE;
import static org.exitpoint.isa.row.Row.row;

/**
 * Shift and rotate instructions (SDM vol. 1, "Shift and Rotate Instructions").
 *
 * <p>OF is defined for counts of 1 only, so the encodings whose count is 1 are rows of their own. A count of 0, after
 * masking, leaves the flags alone. Where the manual leaves OF undefined, it follows here from the last of the single
 * steps that make up the shift.
 */
final class ShiftAndRotateInstructions {
    private static final String SAR_TITLE = "Shift Arithmetic Right";
    private static final String SHR_TITLE = "Shift Logical Right";
    private static final String SHL_TITLE = "Shift Logical Left";
    private static final String ROR_TITLE = "Rotate Right";
    private static final String ROL_TITLE = "Rotate Left";
    private static final String RCR_TITLE = "Rotate Through Carry Right";
    private static final String RCL_TITLE = "Rotate Through Carry Left";

    private static final Row SAR_ONE = shiftByOne("SAR", SAR_TITLE, 7).does(ShiftAndRotateInstructions::sarByOne);
    private static final Row SAR = shift("SAR", SAR_TITLE, 7).does(ShiftAndRotateInstructions::sar);
    private static final Row SHR_ONE = shiftByOne("SHR", SHR_TITLE, 5).does(ShiftAndRotateInstructions::shrByOne);
    private static final Row SHR = shift("SHR", SHR_TITLE, 5).does(ShiftAndRotateInstructions::shr);
    private static final Row SHL_ONE = shiftByOne("SHL", SHL_TITLE, 4).enc("D0 /6", Eb, ONE).enc("D1 /6", Ev, ONE)
        .does(ShiftAndRotateInstructions::shlByOne);
    private static final Row SHL = shift("SHL", SHL_TITLE, 4).enc("C0 /6", Eb, Ib).enc("C1 /6", Ev, Ib)
        .enc("D2 /6", Eb, CL).enc("D3 /6", Ev, CL).does(ShiftAndRotateInstructions::shl);
    private static final Row SHRD = doubleShift("SHRD", "Double Precision Shift Right", 0xAC)
        .does(ShiftAndRotateInstructions::shrd);
    private static final Row SHLD = doubleShift("SHLD", "Double Precision Shift Left", 0xA4)
        .does(ShiftAndRotateInstructions::shld);
    private static final Row ROR_ONE = rotateByOne("ROR", ROR_TITLE, 1).does(ShiftAndRotateInstructions::ror);
    private static final Row ROR = rotate("ROR", ROR_TITLE, 1).does(ShiftAndRotateInstructions::ror);
    private static final Row ROL_ONE = rotateByOne("ROL", ROL_TITLE, 0).does(ShiftAndRotateInstructions::rol);
    private static final Row ROL = rotate("ROL", ROL_TITLE, 0).does(ShiftAndRotateInstructions::rol);
    private static final Row RCR_ONE = rotateByOne("RCR", RCR_TITLE, 3).does(new ThroughCarry(true));
    private static final Row RCR = rotate("RCR", RCR_TITLE, 3).does(new ThroughCarry(true));
    private static final Row RCL_ONE = rotateByOne("RCL", RCL_TITLE, 2).does(new ThroughCarry(false));
    private static final Row RCL = rotate("RCL", RCL_TITLE, 2).does(new ThroughCarry(false));

    static final List<Row> ROWS = List.of(SAR_ONE, SAR, SHR_ONE, SHR, SHL_ONE, SHL, SHRD, SHLD, ROR_ONE, ROR, ROL_ONE,
        ROL, RCR_ONE, RCR, RCL_ONE, RCL);

    private ShiftAndRotateInstructions() {
    }

    private static Row.Builder byOne(Row.Builder row, int extension) {
        return row.enc("D0 /" + extension, Eb, ONE).enc("D1 /" + extension, Ev, ONE);
    }

    private static Row.Builder byCount(Row.Builder row, int extension) {
        return row.enc("C0 /" + extension, Eb, Ib).enc("C1 /" + extension, Ev, Ib)
            .enc("D2 /" + extension, Eb, CL).enc("D3 /" + extension, Ev, CL);
    }

    private static Row.Builder shiftByOne(String mnemonic, String title, int extension) {
        return byOne(row(mnemonic, title).writesAllFlags().undefined(Flag.AF), extension);
    }

    private static Row.Builder shift(String mnemonic, String title, int extension) {
        return byCount(row(mnemonic, title).writesAllFlags().undefined(Flag.AF, Flag.OF), extension);
    }

    private static Row.Builder rotateByOne(String mnemonic, String title, int extension) {
        return byOne(row(mnemonic, title).writes(Flag.CF, Flag.OF), extension);
    }

    private static Row.Builder rotate(String mnemonic, String title, int extension) {
        return byCount(row(mnemonic, title).writes(Flag.CF).undefined(Flag.OF), extension);
    }

    private static Row.Builder doubleShift(String mnemonic, String title, int opcode) {
        return row(mnemonic, title).writesAllFlags().undefined(Flag.AF, Flag.OF)
            .enc("0F %02X /r".formatted(opcode), Ev, Gv, Ib).enc("0F %02X /r".formatted(opcode + 1), Ev, Gv, CL);
    }

    /** The count as the processor masks it. */
    private static <V> V count(Ops<V> o, int operand) {
        int mask = o.operandWidth() == Width.I64 ? 63 : 31;
        return o.and(o.read(operand), constant(o, mask));
    }

    private static <V> V constant(Ops<V> o, int value) {
        return o.constant(Width.I8, value);
    }

    private static <V> V isZero(Ops<V> o, V count) {
        return Flags.isZero(o, count, Width.I8);
    }

    private static <V> V oneLess(Ops<V> o, V count) {
        return o.sub(count, constant(o, 1));
    }

    private static <V> void shlByOne(Ops<V> o) {
        V a = o.readForWrite(0);
        V result = o.shl(a, o.read(1));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SHL, a, result, null);
    }

    private static <V> void shrByOne(Ops<V> o) {
        V a = o.readForWrite(0);
        V result = o.shr(a, o.read(1));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SHR, a, result, null);
    }

    private static <V> void sarByOne(Ops<V> o) {
        V a = o.readForWrite(0);
        V result = o.sar(a, o.read(1));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SHR, a, result, null);
    }

    private static <V> void shl(Ops<V> o) {
        V a = o.readForWrite(0);
        V count = count(o, 1);
        V result = o.shl(a, count);
        finish(o, FlagKind.SHL, a, count, o.shl(a, oneLess(o, count)), result);
    }

    private static <V> void shr(Ops<V> o) {
        V a = o.readForWrite(0);
        V count = count(o, 1);
        V result = o.shr(a, count);
        finish(o, FlagKind.SHR, a, count, o.shr(a, oneLess(o, count)), result);
    }

    private static <V> void sar(Ops<V> o) {
        V a = o.readForWrite(0);
        V count = count(o, 1);
        V result = o.sar(a, count);
        finish(o, FlagKind.SHR, a, count, o.sar(a, oneLess(o, count)), result);
    }

    private static <V> void finish(Ops<V> o, FlagKind kind, V a, V count, V beforeLastStep, V result) {
        o.writeBack(0, a, result);
        o.flagsDefIf(o.not(isZero(o, count)), kind, beforeLastStep, result);
    }

    private static <V> void shld(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V count = count(o, 2);
        V result = shiftLeft(o, a, b, count);
        finish(o, FlagKind.SHL, a, count, shiftLeft(o, a, b, oneLess(o, count)), result);
    }

    private static <V> void shrd(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V count = count(o, 2);
        V result = shiftRight(o, a, b, count);
        finish(o, FlagKind.SHR, a, count, shiftRight(o, a, b, oneLess(o, count)), result);
    }

    /**
     * With 16-bit operands the result of counts above 16 is undefined; here, as on Intel's processors, the first
     * operand is shifted in again. AMD's shift in the second one again.
     */
    private static <V> V shiftLeft(Ops<V> o, V a, V b, V count) {
        if (o.operandWidth() == Width.I16) {
            return o.truncate(Width.I16, o.shr(triple(o, a, b), o.sub(constant(o, 32), count)));
        }
        V rest = o.sub(constant(o, o.operandWidth().bits()), count);
        return o.or(o.shl(a, count), o.shr(b, rest));
    }

    private static <V> V shiftRight(Ops<V> o, V a, V b, V count) {
        if (o.operandWidth() == Width.I16) {
            return o.truncate(Width.I16, o.shr(triple(o, a, b), count));
        }
        V rest = o.sub(constant(o, o.operandWidth().bits()), count);
        return o.or(o.shr(a, count), o.shl(b, rest));
    }

    /** The words {@code a:b:a}. */
    private static <V> V triple(Ops<V> o, V a, V b) {
        V ends = o.zeroExtend(Width.I64, a);
        V middle = o.shl(o.zeroExtend(Width.I64, b), constant(o, 16));
        return o.or(o.or(o.shl(ends, constant(o, 32)), middle), ends);
    }

    private static <V> void rol(Ops<V> o) {
        V a = o.readForWrite(0);
        V count = count(o, 1);
        V result = o.rol(a, count);
        V carry = Flags.lowBit(o, result);
        V overflow = o.xor(Flags.highBit(o, result, o.operandWidth()), carry);
        finishRotate(o, a, count, result, carry, overflow);
    }

    private static <V> void ror(Ops<V> o) {
        V a = o.readForWrite(0);
        V count = count(o, 1);
        V result = o.ror(a, count);
        V carry = Flags.highBit(o, result, o.operandWidth());
        finishRotate(o, a, count, result, carry, highBitsDiffer(o, result));
    }

    private static <V> V highBitsDiffer(Ops<V> o, V result) {
        V changes = o.xor(result, o.shl(result, constant(o, 1)));
        return Flags.highBit(o, changes, o.operandWidth());
    }

    private static <V> void finishRotate(Ops<V> o, V a, V count, V result, V carry, V overflow) {
        V word = o.or(Flags.word(o, Flag.CF, carry), Flags.word(o, Flag.OF, overflow));
        V kept = o.select(isZero(o, count), o.flagsGet(), word);
        o.writeBack(0, a, result);
        o.flagsSet(Flag.mask(Flag.CF, Flag.OF), kept);
    }

    /**
     * RCL and RCR: a rotation of the operand with CF as one more bit, so by the count modulo one more than the width.
     */
    private record ThroughCarry(boolean right) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            Width width = o.operandWidth();
            V a = o.readForWrite(0);
            V count = count(o, 1);
            V steps = modulo(o, count, width.bits() + 1);
            V carryIn = o.flag(Flag.CF);
            V carry = o.zeroExtend(width, carryIn);
            V less = oneLess(o, steps);
            V rest = o.sub(constant(o, width.bits()), steps);
            V wrapped = o.add(rest, constant(o, 1));
            V result;
            V lastOut;
            if (right) {
                result = o.or(o.or(o.shr(a, steps), o.shl(carry, rest)), o.shl(a, wrapped));
                lastOut = o.shr(a, less);
            } else {
                result = o.or(o.or(o.shl(a, steps), o.shl(carry, less)), o.shr(a, wrapped));
                lastOut = o.shr(a, rest);
            }
            V carryOut = o.select(isZero(o, steps), carryIn, Flags.lowBit(o, lastOut));
            V overflow = right ? highBitsDiffer(o, result) : o.xor(Flags.highBit(o, result, width), carryOut);
            finishRotate(o, a, count, result, carryOut, overflow);
        }

        /** The count, at most 31 for narrow operands, modulo 9 or 17; wider operands need no reduction. */
        private static <V> V modulo(Ops<V> o, V count, int modulus) {
            V reduced = count;
            for (int multiple = 31 / modulus; multiple > 0; multiple--) {
                V bound = constant(o, multiple * modulus);
                V inRange = o.lessU(count, constant(o, (multiple + 1) * modulus));
                V applies = o.and(inRange, o.not(o.lessU(count, bound)));
                reduced = o.select(applies, o.sub(count, bound), reduced);
            }
            return reduced;
        }
    }
}
