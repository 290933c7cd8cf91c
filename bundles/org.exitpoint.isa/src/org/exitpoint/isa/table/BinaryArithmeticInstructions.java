/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Ey;
import static org.exitpoint.isa.row.Operand.Gb;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Gy;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Ibs;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.Zv;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/** Binary arithmetic instructions (SDM vol. 1, "Binary Arithmetic Instructions"). */
final class BinaryArithmeticInstructions {
    private static final Row ADCX = row("ADCX", "Unsigned Integer Addition of Two Operands With Carry Flag")
        .feature(CpuidFeature.ADX).writes(Flag.CF).enc("66 0F 38 F6 /r", Gy, Ey).does(new AddWithOneFlag(Flag.CF));
    private static final Row ADOX = row("ADOX", "Unsigned Integer Addition of Two Operands With Overflow Flag")
        .feature(CpuidFeature.ADX).writes(Flag.OF).enc("F3 0F 38 F6 /r", Gy, Ey).does(new AddWithOneFlag(Flag.OF));
    private static final Row ADD = twoOperands(row("ADD", "Add").lockable(), "00", "0")
        .does(BinaryArithmeticInstructions::add);
    private static final Row ADC = twoOperands(row("ADC", "Add With Carry").lockable(), "10", "2")
        .does(BinaryArithmeticInstructions::adc);
    private static final Row SUB = twoOperands(row("SUB", "Subtract").lockable(), "28", "5")
        .does(BinaryArithmeticInstructions::sub);
    private static final Row SBB = twoOperands(row("SBB", "Integer Subtraction With Borrow").lockable(), "18", "3")
        .does(BinaryArithmeticInstructions::sbb);
    private static final Row IMUL = multiplication("IMUL", "Signed Multiply")
        .enc("F6 /5", Eb).enc("F7 /5", Ev).does(BinaryArithmeticInstructions::imul);
    private static final Row IMUL_TWO = multiplication("IMUL", "Signed Multiply").enc("0F AF /r", Gv, Ev)
        .does(BinaryArithmeticInstructions::imulTwoOperands);
    private static final Row IMUL_THREE = multiplication("IMUL", "Signed Multiply")
        .enc("69 /r", Gv, Ev, Iz).enc("6B /r", Gv, Ev, Ibs).does(BinaryArithmeticInstructions::imulThreeOperands);
    private static final Row MUL = multiplication("MUL", "Unsigned Multiply")
        .enc("F6 /4", Eb).enc("F7 /4", Ev).does(BinaryArithmeticInstructions::mul);
    private static final Row IDIV = division("IDIV", "Signed Divide").enc("F6 /7", Eb).enc("F7 /7", Ev)
        .does(BinaryArithmeticInstructions::idiv);
    private static final Row DIV = division("DIV", "Unsigned Divide").enc("F6 /6", Eb).enc("F7 /6", Ev)
        .does(BinaryArithmeticInstructions::div);
    private static final Row INC = row("INC", "Increment by 1").lockable()
        .writes(Flag.PF, Flag.AF, Flag.ZF, Flag.SF, Flag.OF)
        .enc("FE /0", Eb).enc("FF /0", Ev).enc("40 +r i64", Zv).does(BinaryArithmeticInstructions::inc);
    private static final Row DEC = row("DEC", "Decrement by 1").lockable()
        .writes(Flag.PF, Flag.AF, Flag.ZF, Flag.SF, Flag.OF)
        .enc("FE /1", Eb).enc("FF /1", Ev).enc("48 +r i64", Zv).does(BinaryArithmeticInstructions::dec);
    private static final Row NEG = row("NEG", "Two's Complement Negation").lockable().writesAllFlags()
        .enc("F6 /3", Eb).enc("F7 /3", Ev).does(BinaryArithmeticInstructions::neg);
    private static final Row CMP = twoOperands(row("CMP", "Compare Two Operands"), "38", "7")
        .does(BinaryArithmeticInstructions::cmp);

    static final List<Row> ROWS = List.of(ADCX, ADOX, ADD, ADC, SUB, SBB, IMUL, IMUL_TWO, IMUL_THREE, MUL, IDIV, DIV,
        INC, DEC, NEG, CMP);

    private BinaryArithmeticInstructions() {
    }

    /** The six encodings in the opcode block at {@code base} and those of group 1 with this extension. */
    static Row.Builder twoOperands(Row.Builder row, String base, String extension) {
        int first = Integer.parseInt(base, 16);
        return row.writesAllFlags()
            .enc("%02X /r".formatted(first), Eb, Gb).enc("%02X /r".formatted(first + 1), Ev, Gv)
            .enc("%02X /r".formatted(first + 2), Gb, Eb).enc("%02X /r".formatted(first + 3), Gv, Ev)
            .enc("%02X".formatted(first + 4), AL, Ib).enc("%02X".formatted(first + 5), rAX, Iz)
            .enc("80 /" + extension, Eb, Ib).enc("82 /" + extension + " i64", Eb, Ib)
            .enc("81 /" + extension, Ev, Iz).enc("83 /" + extension, Ev, Ibs);
    }

    private static Row.Builder multiplication(String mnemonic, String title) {
        return row(mnemonic, title).writesAllFlags().undefined(Flag.SF, Flag.ZF, Flag.AF, Flag.PF);
    }

    /** All flags are undefined after a division; here they stay as they are. */
    private static Row.Builder division(String mnemonic, String title) {
        return row(mnemonic, title).undefined(Flag.CF, Flag.OF, Flag.SF, Flag.ZF, Flag.AF, Flag.PF);
    }

    private static <V> void add(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V result = o.add(a, b);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.ADD, b, result, null);
    }

    private static <V> void adc(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V carry = o.flag(Flag.CF);
        V result = o.add(o.add(a, b), o.zeroExtend(o.operandWidth(), carry));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.ADC, b, result, carry);
    }

    private record AddWithOneFlag(Flag flag) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V source = o.read(1);
            V sum = o.add(o.read(0), source);
            V carry = o.zeroExtend(o.widthOf(0), o.flag(flag));
            V result = o.add(sum, carry);
            V out = o.or(o.lessU(sum, source), o.lessU(result, carry));
            o.write(0, result);
            Flags.set(o, flag, out);
        }
    }

    private static <V> void sub(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V result = o.sub(a, b);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SUB, b, result, null);
    }

    private static <V> void sbb(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V carry = o.flag(Flag.CF);
        V result = o.sub(o.sub(a, b), o.zeroExtend(o.operandWidth(), carry));
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SBB, b, result, carry);
    }

    private static <V> void cmp(Ops<V> o) {
        V a = o.read(0);
        V b = o.read(1);
        o.flagsDef(FlagKind.SUB, b, o.sub(a, b), null);
    }

    private static <V> void inc(Ops<V> o) {
        V a = o.readForWrite(0);
        V one = o.constant(o.operandWidth(), 1);
        V carry = o.flag(Flag.CF);
        V result = o.add(a, one);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.INC, one, result, carry);
    }

    private static <V> void dec(Ops<V> o) {
        V a = o.readForWrite(0);
        V one = o.constant(o.operandWidth(), 1);
        V carry = o.flag(Flag.CF);
        V result = o.sub(a, one);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.DEC, one, result, carry);
    }

    private static <V> void neg(Ops<V> o) {
        V a = o.readForWrite(0);
        V result = o.neg(a);
        o.writeBack(0, a, result);
        o.flagsDef(FlagKind.SUB, a, result, null);
    }

    private static <V> void mul(Ops<V> o) {
        Width width = o.operandWidth();
        V source = o.read(0);
        V accumulator = o.getRegister(width, Registers.AX);
        V low = o.mul(accumulator, source);
        V high = o.mulhu(accumulator, source);
        writeProduct(o, high, low);
        o.flagsDef(FlagKind.MUL, low, low, o.not(Flags.isZero(o, high, width)));
    }

    private static <V> void imul(Ops<V> o) {
        V source = o.read(0);
        V accumulator = o.getRegister(o.operandWidth(), Registers.AX);
        V low = o.mul(accumulator, source);
        V high = o.mulhs(accumulator, source);
        writeProduct(o, high, low);
        o.flagsDef(FlagKind.MUL, low, low, isSignificant(o, high, low));
    }

    private static <V> void writeProduct(Ops<V> o, V high, V low) {
        if (o.operandWidth() == Width.I8) {
            Registers.setBytes(o, high, low);
        } else {
            o.setRegister(o.operandWidth(), Registers.AX, low);
            o.setRegister(o.operandWidth(), Registers.DX, high);
        }
    }

    /** Whether the high half of a signed product is more than the sign of the low one. */
    private static <V> V isSignificant(Ops<V> o, V high, V low) {
        V sign = o.sar(low, o.constant(Width.I8, o.operandWidth().bits() - 1));
        return o.not(o.equal(high, sign));
    }

    private static <V> void imulTwoOperands(Ops<V> o) {
        multiply(o, o.read(0), o.read(1));
    }

    private static <V> void imulThreeOperands(Ops<V> o) {
        multiply(o, o.read(1), o.read(2));
    }

    private static <V> void multiply(Ops<V> o, V a, V b) {
        V low = o.mul(a, b);
        V lost = isSignificant(o, o.mulhs(a, b), low);
        o.write(0, low);
        o.flagsDef(FlagKind.MUL, low, low, lost);
    }

    private static <V> void div(Ops<V> o) {
        V divisor = o.read(0);
        V high = dividendHigh(o);
        V low = o.getRegister(o.operandWidth(), Registers.AX);
        o.guard(o.divFitsU(high, low, divisor), GuardFault.DE);
        writeQuotient(o, o.divU(high, low, divisor), o.remU(high, low, divisor));
    }

    private static <V> void idiv(Ops<V> o) {
        V divisor = o.read(0);
        V high = dividendHigh(o);
        V low = o.getRegister(o.operandWidth(), Registers.AX);
        o.guard(o.divFitsS(high, low, divisor), GuardFault.DE);
        writeQuotient(o, o.divS(high, low, divisor), o.remS(high, low, divisor));
    }

    private static <V> V dividendHigh(Ops<V> o) {
        return o.operandWidth() == Width.I8 ? Registers.getHighByte(o) : o.getRegister(o.operandWidth(), Registers.DX);
    }

    private static <V> void writeQuotient(Ops<V> o, V quotient, V remainder) {
        writeProduct(o, remainder, quotient);
    }
}
