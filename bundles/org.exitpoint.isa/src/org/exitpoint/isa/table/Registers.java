/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;

/** General registers that instructions name implicitly, and values in pairs of them. */
final class Registers {
    static final int AX = GeneralRegister.RAX.number();
    static final int CX = GeneralRegister.RCX.number();
    static final int DX = GeneralRegister.RDX.number();
    static final int BX = GeneralRegister.RBX.number();
    static final int BP = GeneralRegister.RBP.number();
    static final int SI = GeneralRegister.RSI.number();
    static final int DI = GeneralRegister.RDI.number();

    private static final int BYTE_BITS = 8;

    private Registers() {
    }

    /** The doubleword registers {@code high:low} as a quadword. */
    static <V> V pair(Ops<V> o, int high, int low) {
        V upper = o.zeroExtend(Width.I64, o.getRegister(Width.I32, high));
        V shifted = o.shl(upper, o.constant(Width.I8, Width.I32.bits()));
        return o.or(shifted, o.zeroExtend(Width.I64, o.getRegister(Width.I32, low)));
    }

    /** Writes a register if the condition holds, else leaves all of it alone, its upper half included. */
    static <V> void setIf(Ops<V> o, V condition, Width width, int number, V value) {
        Width whole = width == Width.I32 && o.longMode() ? Width.I64 : width;
        V old = o.getRegister(whole, number);
        o.setRegister(whole, number, o.select(condition, o.zeroExtend(whole, value), old));
    }

    /** Writes a register operand if the condition holds, else leaves all of it alone, its upper half included. */
    static <V> void writeIf(Ops<V> o, V condition, int operand, V value) {
        Width width = o.widthOf(operand);
        Width whole = width == Width.I32 && o.longMode() ? Width.I64 : width;
        V old = o.readRegister(whole, operand);
        o.writeRegister(whole, operand, o.select(condition, o.zeroExtend(whole, value), old));
    }

    /** AH. */
    static <V> V getHighByte(Ops<V> o) {
        return o.truncate(Width.I8, o.shr(o.getRegister(Width.I16, AX), o.constant(Width.I8, BYTE_BITS)));
    }

    /** Writes AX as {@code AH:AL}. */
    static <V> void setBytes(Ops<V> o, V high, V low) {
        V upper = o.shl(o.zeroExtend(Width.I16, high), o.constant(Width.I8, BYTE_BITS));
        o.setRegister(Width.I16, AX, o.or(upper, o.zeroExtend(Width.I16, low)));
    }
}
