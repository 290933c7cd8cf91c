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
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.AL;
import static org.exitpoint.isa.row.Operand.Eb;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gb;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Gy;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Iz;
import static org.exitpoint.isa.row.Operand.rAX;
import static org.exitpoint.isa.row.Row.row;

/** Bit and byte instructions (SDM vol. 1, "Bit and Byte Instructions"). */
final class BitAndByteInstructions {
    private static final Row BT = bitTest("BT", "Bit Test", 0xA3, 4).does(BitAndByteInstructions::bt);
    private static final Row BTS = bitTest("BTS", "Bit Test and Set", 0xAB, 5).lockable()
        .does(new BitChange(Change.SET));
    private static final Row BTR = bitTest("BTR", "Bit Test and Reset", 0xB3, 6).lockable()
        .does(new BitChange(Change.RESET));
    private static final Row BTC = bitTest("BTC", "Bit Test and Complement", 0xBB, 7).lockable()
        .does(new BitChange(Change.COMPLEMENT));
    private static final Row BSF = row("BSF", "Bit Scan Forward").enc("0F BC /r", Gv, Ev).writes(Flag.ZF)
        .undefined(Flag.CF, Flag.OF, Flag.SF, Flag.AF, Flag.PF).does(BitAndByteInstructions::bsf);
    private static final Row BSR = row("BSR", "Bit Scan Reverse").enc("0F BD /r", Gv, Ev).writes(Flag.ZF)
        .undefined(Flag.CF, Flag.OF, Flag.SF, Flag.AF, Flag.PF).does(BitAndByteInstructions::bsr);
    private static final Row TEST = row("TEST", "Logical Compare").writesAllFlags().undefined(Flag.AF)
        .enc("84 /r", Eb, Gb).enc("85 /r", Ev, Gv).enc("A8", AL, Ib).enc("A9", rAX, Iz)
        .enc("F6 /0", Eb, Ib).enc("F6 /1", Eb, Ib).enc("F7 /0", Ev, Iz).enc("F7 /1", Ev, Iz)
        .does(BitAndByteInstructions::test);
    private static final Row CRC32 = row("CRC32", "Accumulate CRC32 Value").feature(CpuidFeature.SSE4_2)
        .enc("F2 0F 38 F0 /r", Gy, Eb).enc("F2 0F 38 F1 /r", Gy, Ev).does(BitAndByteInstructions::crc32);
    private static final Row POPCNT = row("POPCNT", "Return the Count of Number of Bits Set to 1")
        .feature(CpuidFeature.POPCNT).writesAllFlags().enc("F3 0F B8 /r", Gv, Ev).does(BitAndByteInstructions::popcnt);

    static final List<Row> ROWS = rows();

    private BitAndByteInstructions() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>(List.of(BT, BTS, BTR, BTC, BSF, BSR, TEST, CRC32, POPCNT));
        for (Cond condition : Cond.values()) {
            rows.add(row("SET" + condition, "Set Byte on Condition")
                .enc("0F %02X /r".formatted(0x90 + condition.ordinal()), Eb).does(new SetIf(condition)));
        }
        return List.copyOf(rows);
    }

    /** The other flags are undefined but for ZF, which stays; here they all stay. */
    private static Row.Builder bitTest(String mnemonic, String title, int opcode, int extension) {
        return row(mnemonic, title).writes(Flag.CF).undefined(Flag.OF, Flag.SF, Flag.AF, Flag.PF)
            .enc("0F %02X /r".formatted(opcode), Ev, Gv).enc("0F BA /" + extension, Ev, Ib);
    }

    private static <V> void bt(Ops<V> o) {
        V offset = o.read(1);
        V value = addressesBeyond(o) ? o.load(o.operandWidth(), o.segmentOf(0), addressOfBit(o, offset)) : o.read(0);
        Flags.set(o, Flag.CF, Flags.lowBit(o, o.shr(value, bitNumber(o, offset))));
    }

    /** A register's bit offset is signed and reaches memory beyond the operand. */
    private static <V> boolean addressesBeyond(Ops<V> o) {
        return o.isMemory(0) && o.widthOf(1) != Width.I8;
    }

    private static <V> V addressOfBit(Ops<V> o, V offset) {
        Width width = o.operandWidth();
        int logBits = Integer.numberOfTrailingZeros(width.bits());
        V units = o.sar(offset, o.constant(Width.I8, logBits));
        V bytes = o.shl(o.signExtend(Width.I64, units), o.constant(Width.I8, logBits - 3));
        V address = o.add(o.effectiveAddress(0), bytes);
        return o.zeroExtend(Width.I64, o.truncate(o.addressWidth(), address));
    }

    private static <V> V bitNumber(Ops<V> o, V offset) {
        return o.and(o.truncate(Width.I8, offset), o.constant(Width.I8, o.operandWidth().bits() - 1));
    }

    private enum Change {
        SET, RESET, COMPLEMENT
    }

    private record BitChange(Change change) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V offset = o.read(1);
            V old = addressesBeyond(o) ? o.loadRmw(o.operandWidth(), o.segmentOf(0), addressOfBit(o, offset))
                : o.readForWrite(0);
            V number = bitNumber(o, offset);
            V bit = o.shl(o.constant(o.operandWidth(), 1), number);
            V changed = switch (change) {
                case SET -> o.or(old, bit);
                case RESET -> o.and(old, o.not(bit));
                case COMPLEMENT -> o.xor(old, bit);
            };
            o.writeBack(0, old, changed);
            Flags.set(o, Flag.CF, Flags.lowBit(o, o.shr(old, number)));
        }
    }

    /** For a source of 0 the manual leaves the destination undefined; processors leave it alone. */
    private static <V> void bsf(Ops<V> o) {
        V source = o.read(1);
        scan(o, source, o.trailingZeros(source));
    }

    private static <V> void bsr(Ops<V> o) {
        V source = o.read(1);
        V last = o.constant(o.operandWidth(), o.operandWidth().bits() - 1);
        scan(o, source, o.sub(last, o.leadingZeros(source)));
    }

    private static <V> void scan(Ops<V> o, V source, V index) {
        V zero = Flags.isZero(o, source, o.operandWidth());
        Registers.writeIf(o, o.not(zero), 0, index);
        Flags.set(o, Flag.ZF, zero);
    }

    private record SetIf(Cond condition) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.write(0, o.zeroExtend(Width.I8, o.condition(condition)));
        }
    }

    private static <V> void test(Ops<V> o) {
        V a = o.read(0);
        V b = o.read(1);
        o.flagsDef(FlagKind.LOGIC, b, o.and(a, b), null);
    }

    private static <V> void crc32(Ops<V> o) {
        V source = o.read(1);
        V checksum = o.truncate(Width.I32, o.read(0));
        V bytes = o.constant(Width.I8, o.widthOf(1).bytes());
        V result = o.helper(Helper.CRC32, List.of(checksum, source, bytes));
        o.write(0, o.zeroExtend(o.widthOf(0), result));
    }

    private static <V> void popcnt(Ops<V> o) {
        V source = o.read(1);
        o.write(0, o.popCount(source));
        o.flagsSet(Flag.ALL, Flags.word(o, Flag.ZF, Flags.isZero(o, source, o.operandWidth())));
    }
}
