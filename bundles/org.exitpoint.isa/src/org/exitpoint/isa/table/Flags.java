/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;

/** Status flags of instructions that no {@link org.exitpoint.isa.ops.FlagKind} describes. */
final class Flags {
    private Flags() {
    }

    /** A condition at a flag's place in EFLAGS, I32. */
    static <V> V word(Ops<V> o, Flag flag, V condition) {
        V wide = o.zeroExtend(Width.I32, condition);
        return flag.bit() == 0 ? wide : o.shl(wide, o.constant(Width.I8, flag.bit()));
    }

    /** Sets one flag and leaves the others. */
    static <V> void set(Ops<V> o, Flag flag, V condition) {
        o.flagsSet(flag.mask(), word(o, flag, condition));
    }

    /** SF, ZF and PF of a result, at their places in EFLAGS. */
    static <V> V ofResult(Ops<V> o, V result, Width width) {
        V sign = word(o, Flag.SF, o.lessS(result, o.constant(width, 0)));
        V zero = word(o, Flag.ZF, isZero(o, result, width));
        V ones = o.and(o.popCount(o.truncate(Width.I8, result)), o.constant(Width.I8, 1));
        V parity = word(o, Flag.PF, isZero(o, ones, Width.I8));
        return o.or(o.or(sign, zero), parity);
    }

    /** Whether a value is 0. */
    static <V> V isZero(Ops<V> o, V value, Width width) {
        return o.equal(value, o.constant(width, 0));
    }

    /** Bit 0 of a value. */
    static <V> V lowBit(Ops<V> o, V value) {
        return o.truncate(Width.I1, value);
    }

    /** The most significant bit of a value. */
    static <V> V highBit(Ops<V> o, V value, Width width) {
        return o.lessS(value, o.constant(width, 0));
    }
}
