/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

import java.util.Locale;

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
        boolean even = switch (ALL[ordinal() & ~1]) {
            case L -> has(flags, Flag.SF) != has(flags, Flag.OF);
            case LE -> has(flags, Flag.ZF) || has(flags, Flag.SF) != has(flags, Flag.OF);
            default -> (flags & reads()) != 0;
        };
        return even ^ (ordinal() & 1) != 0;
    }

    private static boolean has(long flags, Flag flag) {
        return (flags & flag.mask()) != 0;
    }
}
