/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;

/**
 * The status flags that a tuple (kind, width, result, source, carry) stands for. The one place that says how a flag
 * follows from an operation; engine 1's emitter is tested against it.
 */
public final class StatusFlags {
    /** All status flags as a mask of EFLAGS. */
    public static final long MASK = Flag.ALL;

    private static final FlagKind[] KINDS = FlagKind.values();
    private static final Width[] WIDTHS = Width.values();

    private StatusFlags() {
    }

    /** The tuple's op word. */
    public static int op(FlagKind kind, Width width) {
        return kind.ordinal() | width.ordinal() << 8;
    }

    /** The status flags of a state, at their EFLAGS positions. */
    public static long word(GuestState state) {
        int op = (int) state.get32(GuestState.FLAGS_OP);
        return word(KINDS[op & 0xFF], WIDTHS[op >> 8], state.get(GuestState.FLAGS_SOURCE),
            state.get(GuestState.FLAGS_RESULT), (int) state.get32(GuestState.FLAGS_CARRY));
    }

    /** Makes the status flags those of an EFLAGS value. */
    public static void set(GuestState state, long flags) {
        state.defineFlags(op(FlagKind.EXPLICIT, Width.I64), 0, flags & MASK, 0);
    }

    /** Whether a condition holds. */
    public static boolean holds(GuestState state, Cond condition) {
        return condition.holds(word(state));
    }

    /**
     * The status flags of a tuple, at their EFLAGS positions.
     *
     * @param source second operand, zero-extended
     * @param result result, zero-extended
     * @param carry 0 or 1, as {@link FlagKind} says
     */
    public static long word(FlagKind kind, Width width, long source, long result, int carry) {
        return switch (kind) {
            case EXPLICIT -> result & MASK;
            case ADD -> sum(width, result - source, source, result, Long.compareUnsigned(result, source) < 0);
            case ADC -> sum(width, result - source - carry, source, result,
                carry == 0 ? Long.compareUnsigned(result, source) < 0 : Long.compareUnsigned(result, source) <= 0);
            case SUB -> difference(width, result + source, source, result, 0);
            case SBB -> difference(width, result + source + carry, source, result, carry);
            case LOGIC -> common(width, result);
            case SHL -> shifted(width, source, result, (source & width.signBit()) != 0);
            case SHR -> shifted(width, source, result, (source & 1) != 0);
            case MUL -> common(width, result) | bit(Flag.CF, carry != 0) | bit(Flag.OF, carry != 0);
            case INC -> sum(width, result - 1, 1, result, carry != 0);
            case DEC -> difference(width, result + 1, 1, result, 0) & ~bit(Flag.CF, true) | bit(Flag.CF, carry != 0);
        };
    }

    private static long sum(Width width, long a, long b, long result, boolean carry) {
        boolean overflow = ((a ^ result) & (b ^ result) & width.signBit()) != 0;
        return common(width, result) | bit(Flag.CF, carry) | bit(Flag.AF, ((a ^ b ^ result) & 0x10) != 0)
            | bit(Flag.OF, overflow);
    }

    private static long difference(Width width, long minuend, long b, long result, int borrow) {
        long a = minuend & width.mask();
        int order = Long.compareUnsigned(a, b);
        boolean overflow = ((a ^ b) & (a ^ result) & width.signBit()) != 0;
        return common(width, result) | bit(Flag.CF, borrow == 0 ? order < 0 : order <= 0)
            | bit(Flag.AF, ((a ^ b ^ result) & 0x10) != 0) | bit(Flag.OF, overflow);
    }

    private static long shifted(Width width, long before, long result, boolean carry) {
        return common(width, result) | bit(Flag.CF, carry)
            | bit(Flag.OF, ((before ^ result) & width.signBit()) != 0);
    }

    private static long common(Width width, long result) {
        return bit(Flag.ZF, result == 0) | bit(Flag.SF, (result & width.signBit()) != 0)
            | bit(Flag.PF, (Long.bitCount(result & 0xFF) & 1) == 0);
    }

    private static long bit(Flag flag, boolean set) {
        return set ? flag.mask() : 0;
    }
}
