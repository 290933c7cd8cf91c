/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Ew;
import static org.exitpoint.isa.row.Operand.Gb;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Ibs;
import static org.exitpoint.isa.row.Operand.Iv;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.Mq;
import static org.exitpoint.isa.row.Operand.Ob;
import static org.exitpoint.isa.row.Operand.Ov;
import static org.exitpoint.isa.row.Operand.Sw;
import static org.exitpoint.isa.row.Operand.Zb;
import static org.exitpoint.isa.row.Operand.Zv;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/** Data transfer instructions (SDM vol. 1, "Data Transfer Instructions"). */
final class DataTransferInstructions {
    private static final Row MOV = row("MOV", "Move")
        .enc("88 /r", Eb, Gb).enc("89 /r", Ev, Gv).enc("8A /r", Gb, Eb).enc("8B /r", Gv, Ev)
        .enc("A0", AL, Ob).enc("A1", rAX, Ov).enc("A2", Ob, AL).enc("A3", Ov, rAX)
        .enc("B0 +r", Zb, Ib).enc("B8 +r", Zv, Iv).enc("C6 /0", Eb, Ib).enc("C7 /0", Ev, Iz)
        .does(DataTransferInstructions::mov);
    private static final Row MOV_FROM_SEGMENT = row("MOV", "Move")
        .enc("8C /r mod=3", Ev, Sw).enc("8C /r mod!=3", Ew, Sw).does(DataTransferInstructions::movFromSegment);
    private static final Row MOV_TO_SEGMENT = row("MOV", "Move")
        .enc("8E /r mod=3", Sw, Ev).enc("8E /r mod!=3", Sw, Ew).does(DataTransferInstructions::movToSegment);
    private static final Row XCHG = row("XCHG", "Exchange Register/Memory With Register").lockable()
        .enc("86 /r", Eb, Gb).enc("87 /r", Ev, Gv).enc("90 +r", Zv, rAX).does(DataTransferInstructions::xchg);
    private static final Row BSWAP = row("BSWAP", "Byte Swap").enc("0F C8 +r", Zv)
        .does(DataTransferInstructions::bswap);
    private static final Row XADD = row("XADD", "Exchange and Add").lockable().writesAllFlags()
        .enc("0F C0 /r", Eb, Gb).enc("0F C1 /r", Ev, Gv).does(DataTransferInstructions::xadd);
    private static final Row CMPXCHG = row("CMPXCHG", "Compare and Exchange").lockable().writesAllFlags()
        .enc("0F B0 /r", Eb, Gb).enc("0F B1 /r", Ev, Gv).does(DataTransferInstructions::cmpxchg);
    private static final Row CMPXCHG8B = row("CMPXCHG8B", "Compare and Exchange Bytes").feature(CpuidFeature.CX8)
        .lockable().writes(Flag.ZF).enc("0F C7 /1 mod!=3", Mq).does(DataTransferInstructions::cmpxchg8b);
    private static final Row PUSH = row("PUSH", "Push Word, Doubleword, or Quadword Onto the Stack")
        .enc("FF /6 d64", Ev).enc("50 +r d64", Zv).enc("68 d64", Iz).enc("6A d64", Ibs)
        .does(DataTransferInstructions::push);
    private static final Row PUSH_SEGMENT = row("PUSH", "Push Word, Doubleword, or Quadword Onto the Stack")
        .enc("06 i64", Operand.ES).enc("0E i64", Operand.CS).enc("16 i64", Operand.SS).enc("1E i64", Operand.DS)
        .enc("0F A0 d64", Operand.FS).enc("0F A8 d64", Operand.GS).does(DataTransferInstructions::pushSegment);
    private static final Row POP = row("POP", "Pop a Value From the Stack")
        .enc("8F /0 d64", Ev).enc("58 +r d64", Zv).does(DataTransferInstructions::pop);
    private static final Row POP_SEGMENT = row("POP", "Pop a Value From the Stack")
        .enc("07 i64", Operand.ES).enc("17 i64", Operand.SS).enc("1F i64", Operand.DS)
        .enc("0F A1 d64", Operand.FS).enc("0F A9 d64", Operand.GS).does(DataTransferInstructions::popSegment);
    private static final Row PUSHA = row("PUSHA/PUSHAD", "Push All General-Purpose Registers").enc("60 i64")
        .does(DataTransferInstructions::pusha);
    private static final Row POPA = row("POPA/POPAD", "Pop All General-Purpose Registers").enc("61 i64")
        .does(DataTransferInstructions::popa);
    private static final Row CBW = row("CBW/CWDE/CDQE", "Convert Byte to Word/Convert Word to Doubleword/"
        + "Convert Doubleword to Quadword").enc("98").does(DataTransferInstructions::cbw);
    private static final Row CWD = row("CWD/CDQ/CQO", "Convert Word to Doubleword/Convert Doubleword to Quadword")
        .enc("99").does(DataTransferInstructions::cwd);
    private static final Row MOVSX = row("MOVSX", "Move With Sign-Extension")
        .enc("0F BE /r", Gv, Eb).enc("0F BF /r", Gv, Ew).does(DataTransferInstructions::movsx);
    private static final Row MOVZX = row("MOVZX", "Move With Zero-Extend")
        .enc("0F B6 /r", Gv, Eb).enc("0F B7 /r", Gv, Ew).does(DataTransferInstructions::movzx);

    static final List<Row> ROWS = rows();

    private DataTransferInstructions() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(MOV, MOV_FROM_SEGMENT, MOV_TO_SEGMENT, XCHG, BSWAP, XADD, CMPXCHG,
            CMPXCHG8B, PUSH, PUSH_SEGMENT, POP, POP_SEGMENT, PUSHA, POPA, CBW, CWD, MOVSX, MOVZX));
        for (Cond condition : Cond.values()) {
            rows.add(row("CMOV" + condition, "Conditional Move").feature(CpuidFeature.CMOV)
                .enc("0F %02X /r".formatted(0x40 + condition.ordinal()), Gv, Ev).does(new MoveIf(condition)));
        }
        return List.copyOf(rows);
    }

    private static <V> void mov(Ops<V> o) {
        o.write(0, o.read(1));
    }

    private static <V> void movFromSegment(Ops<V> o) {
        V selector = o.helper(Helper.READ_SELECTOR, o.read(1));
        o.write(0, o.zeroExtend(o.widthOf(0), selector));
    }

    private static <V> void movToSegment(Ops<V> o) {
        V number = o.read(0);
        o.guardNot(o.equal(number, o.constant(Width.I8, Segment.CS.ordinal())), GuardFault.UD);
        o.helper(Helper.LOAD_SEGMENT, number, o.truncate(Width.I16, o.read(1)));
        o.endBlock();
    }

    private record MoveIf(Cond condition) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V source = o.read(1);
            o.write(0, o.select(o.condition(condition), source, o.read(0)));
        }
    }

    private static <V> void xchg(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        o.write(1, a);
        o.writeBack(0, a, b);
    }

    /** With 16-bit operands the manual leaves the result undefined; processors give 0. */
    private static <V> void bswap(Ops<V> o) {
        boolean undefined = o.operandWidth() == Width.I16;
        o.write(0, undefined ? o.constant(Width.I16, 0) : o.byteSwap(o.read(0)));
    }

    private static <V> void xadd(Ops<V> o) {
        V a = o.readForWrite(0);
        V b = o.read(1);
        V sum = o.add(a, b);
        o.write(1, a);
        o.writeBack(0, a, sum);
        o.flagsDef(FlagKind.ADD, b, sum, null);
    }

    /** Memory is written in either case; a register that is not meant to change keeps its upper half too. */
    private static <V> void cmpxchg(Ops<V> o) {
        V expected = o.getRegister(o.operandWidth(), Registers.AX);
        V old = o.readForWrite(0);
        V replacement = o.read(1);
        V equal = o.equal(expected, old);
        V difference = o.sub(expected, old);
        if (o.isMemory(0)) {
            o.writeBack(0, old, o.select(equal, replacement, old));
        } else {
            Registers.writeIf(o, equal, 0, replacement);
        }
        Registers.setIf(o, o.not(equal), o.operandWidth(), Registers.AX, old);
        o.flagsDef(FlagKind.SUB, old, difference, null);
    }

    private static <V> void cmpxchg8b(Ops<V> o) {
        V expected = Registers.pair(o, Registers.DX, Registers.AX);
        V old = o.readForWrite(0);
        V equal = o.equal(expected, old);
        o.writeBack(0, old, o.select(equal, Registers.pair(o, Registers.CX, Registers.BX), old));
        V different = o.not(equal);
        V high = o.shr(old, o.constant(Width.I8, Width.I32.bits()));
        Registers.setIf(o, different, Width.I32, Registers.AX, o.truncate(Width.I32, old));
        Registers.setIf(o, different, Width.I32, Registers.DX, o.truncate(Width.I32, high));
        Flags.set(o, Flag.ZF, equal);
    }

    private static <V> void push(Ops<V> o) {
        Stack.push(o, o.read(0));
    }

    /** With 32-bit operand size processors write the selector's 16 bits and leave the rest of the slot alone. */
    private static <V> void pushSegment(Ops<V> o) {
        V selector = o.helper(Helper.READ_SELECTOR, o.read(0));
        Stack.push(o, o.operandWidth() == Width.I64 ? o.zeroExtend(Width.I64, selector) : selector);
    }

    private static <V> void pop(Ops<V> o) {
        V pointer = o.getRegister(o.stackWidth(), Stack.POINTER);
        V value = o.load(o.operandWidth(), Segment.SS, o.zeroExtend(Width.I64, pointer));
        V above = o.add(pointer, o.constant(o.stackWidth(), o.operandWidth().bytes()));
        if (o.isMemory(0)) {
            o.store(o.segmentOf(0), o.effectiveAddressAfterPop(0), value);
            Stack.setPointer(o, above);
        } else {
            Stack.setPointer(o, above);
            o.write(0, value);
        }
    }

    private static <V> void popSegment(Ops<V> o) {
        V selector = o.truncate(Width.I16, Stack.top(o));
        o.helper(Helper.LOAD_SEGMENT, o.read(0), selector);
        Stack.release(o, null);
        o.endBlock();
    }

    private static <V> void pusha(Ops<V> o) {
        o.helper(Helper.PUSHA);
    }

    private static <V> void popa(Ops<V> o) {
        o.helper(Helper.POPA);
    }

    private static <V> void cbw(Ops<V> o) {
        Width half = Width.ofBits(o.operandWidth().bits() / 2);
        V extended = o.signExtend(o.operandWidth(), o.getRegister(half, Registers.AX));
        o.setRegister(o.operandWidth(), Registers.AX, extended);
    }

    private static <V> void cwd(Ops<V> o) {
        Width width = o.operandWidth();
        V sign = o.sar(o.getRegister(width, Registers.AX), o.constant(Width.I8, width.bits() - 1));
        o.setRegister(width, Registers.DX, sign);
    }

    private static <V> void movsx(Ops<V> o) {
        o.write(0, o.signExtend(o.operandWidth(), o.read(1)));
    }

    private static <V> void movzx(Ops<V> o) {
        o.write(0, o.zeroExtend(o.operandWidth(), o.read(1)));
    }
}
