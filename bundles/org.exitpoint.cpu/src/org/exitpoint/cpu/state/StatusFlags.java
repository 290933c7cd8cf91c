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
    private static final Flag[] FLAGS = Flag.values();
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
        return condition.holds(flag -> isSet(state, flag));
    }

    /** Whether a flag of a state is set. */
    public static boolean isSet(GuestState state, Flag flag) {
        int op = (int) state.get32(GuestState.FLAGS_OP);
        return isSet(flag, KINDS[op & 0xFF], WIDTHS[op >> 8], state.get(GuestState.FLAGS_SOURCE),
            state.get(GuestState.FLAGS_RESULT), (int) state.get32(GuestState.FLAGS_CARRY));
    }

    /**
     * The status flags of a tuple, at their EFLAGS positions.
     *
     * @param source second operand, zero-extended
     * @param result result, zero-extended
     * @param carry 0 or 1, as {@link FlagKind} says
     */
    public static long word(FlagKind kind, Width width, long source, long result, int carry) {
        if (kind == FlagKind.EXPLICIT) {
            return result & MASK;
        }
        long word = 0;
        for (Flag flag : FLAGS) {
            word |= isSet(flag, kind, width, source, result, carry) ? flag.mask() : 0;
        }
        return word;
    }

    private static boolean isSet(Flag flag, FlagKind kind, Width width, long source, long result, int carry) {
        if (kind == FlagKind.EXPLICIT) {
            return (result & flag.mask()) != 0;
        }
        return switch (flag) {
            case ZF -> result == 0;
            case SF -> (result & width.signBit()) != 0;
            case PF -> (Long.bitCount(result & 0xFF) & 1) == 0;
            case CF -> carry(kind, width, source, result, carry);
            case AF -> (halfCarries(kind, source, result, carry) & 0x10) != 0;
            case OF -> overflow(kind, width, source, result, carry);
        };
    }

    private static boolean carry(FlagKind kind, Width width, long source, long result, int carry) {
        return switch (kind) {
            case ADD -> Long.compareUnsigned(result, source) < 0;
            case ADC -> isBelow(result, source, carry);
            case SUB -> Long.compareUnsigned(result + source & width.mask(), source) < 0;
            case SBB -> isBelow(result + source + carry & width.mask(), source, carry);
            case SHL -> (source & width.signBit()) != 0;
            case SHR -> (source & 1) != 0;
            case MUL, INC, DEC -> carry != 0;
            case LOGIC, EXPLICIT -> false;
        };
    }

    private static boolean isBelow(long a, long b, int carry) {
        int order = Long.compareUnsigned(a, b);
        return order < 0 || order == 0 && carry != 0;
    }

    /** The first operand of a sum or difference, in its low bits. */
    private static long first(FlagKind kind, long source, long result, int carry) {
        return switch (kind) {
            case ADD -> result - source;
            case ADC -> result - source - carry;
            case SUB -> result + source;
            case SBB -> result + source + carry;
            case INC -> result - 1;
            case DEC -> result + 1;
            default -> throw new IllegalArgumentException(kind + " is no sum or difference");
        };
    }

    /** The bits whose next lower bit gave a carry or borrow; 0 for what leaves AF 0. */
    private static long halfCarries(FlagKind kind, long source, long result, int carry) {
        return switch (kind) {
            case ADD, ADC, SUB, SBB -> first(kind, source, result, carry) ^ source ^ result;
            case INC, DEC -> first(kind, source, result, carry) ^ 1 ^ result;
            default -> 0;
        };
    }

    private static boolean overflow(FlagKind kind, Width width, long source, long result, int carry) {
        long b = kind == FlagKind.INC || kind == FlagKind.DEC ? 1 : source;
        long changed = switch (kind) {
            case ADD, ADC, INC -> (first(kind, source, result, carry) ^ result) & (b ^ result);
            case SUB, SBB, DEC -> {
                long a = first(kind, source, result, carry);
                yield (a ^ b) & (a ^ result);
            }
            case SHL, SHR -> source ^ result;
            case MUL -> -carry;
            case LOGIC, EXPLICIT -> 0;
        };
        return (changed & width.signBit()) != 0;
    }
}
