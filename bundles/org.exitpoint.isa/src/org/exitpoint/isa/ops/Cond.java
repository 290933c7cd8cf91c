/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

import java.util.Locale;
import java.util.function.Predicate;

/** The sixteen condition codes, in encoding order (SDM vol. 1, "EFLAGS Condition Codes"). */
public enum Cond {
    /** OF. */
    O,
    /** Not OF. */
    NO,
    /** CF. */
    B,
    /** Not CF. */
    AE,
    /** ZF. */
    E,
    /** Not ZF. */
    NE,
    /** CF or ZF. */
    BE,
    /** Neither CF nor ZF. */
    A,
    /** SF. */
    S,
    /** Not SF. */
    NS,
    /** PF. */
    P,
    /** Not PF. */
    NP,
    /** SF differs from OF. */
    L,
    /** SF equals OF. */
    GE,
    /** ZF, or SF differs from OF. */
    LE,
    /** Not ZF, and SF equals OF. */
    G;

    private static final Cond[] ALL = values();

    /** The condition with this number, 0 to 15. */
    public static Cond of(int number) {
        return ALL[number];
    }

    /** The mnemonic's suffix, lower case: {@code jne} is "j" plus this. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The opposite condition. */
    public Cond negate() {
        return ALL[ordinal() ^ 1];
    }

    /** Status flags the condition reads, as a mask of EFLAGS. */
    public int reads() {
        return switch (ALL[ordinal() & ~1]) {
            case O -> Flag.OF.mask();
            case B -> Flag.CF.mask();
            case E -> Flag.ZF.mask();
            case BE -> Flag.mask(Flag.CF, Flag.ZF);
            case S -> Flag.SF.mask();
            case P -> Flag.PF.mask();
            case L -> Flag.mask(Flag.SF, Flag.OF);
            default -> Flag.mask(Flag.ZF, Flag.SF, Flag.OF);
        };
    }

    /** Whether the condition holds in EFLAGS. */
    public boolean holds(long flags) {
        return holds(flag -> (flags & flag.mask()) != 0);
    }

    /** Whether the condition holds, given which flags are set; asks only for flags that matter. */
    public boolean holds(Predicate<Flag> isSet) {
        boolean even = switch (this) {
            case O, NO -> isSet.test(Flag.OF);
            case B, AE -> isSet.test(Flag.CF);
            case E, NE -> isSet.test(Flag.ZF);
            case BE, A -> isSet.test(Flag.CF) || isSet.test(Flag.ZF);
            case S, NS -> isSet.test(Flag.SF);
            case P, NP -> isSet.test(Flag.PF);
            case L, GE -> isSet.test(Flag.SF) != isSet.test(Flag.OF);
            case LE, G -> isSet.test(Flag.ZF) || isSet.test(Flag.SF) != isSet.test(Flag.OF);
        };
        return even ^ (ordinal() & 1) != 0;
    }
}
