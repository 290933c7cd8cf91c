/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/** The status flags: bits of EFLAGS that arithmetic writes (SDM vol. 1, "Status Flags"). */
public enum Flag {
    /** Carry. */
    CF(0),
    /** Parity of the result's low byte. */
    PF(2),
    /** Carry out of bit 3. */
    AF(4),
    /** Result is zero. */
    ZF(6),
    /** Result's sign. */
    SF(7),
    /** Signed overflow. */
    OF(11);

    /** All status flags, as a mask of EFLAGS. */
    public static final int ALL = mask(values());

    private final int bit;

    Flag(int bit) {
        this.bit = bit;
    }

    /** Bit number in EFLAGS. */
    public int bit() {
        return bit;
    }

    /** Mask in EFLAGS. */
    public int mask() {
        return 1 << bit;
    }

    /** The mask of several flags. */
    public static int mask(Flag... flags) {
        int mask = 0;
        for (Flag flag : flags) {
            mask |= flag.mask();
        }
        return mask;
    }
}
