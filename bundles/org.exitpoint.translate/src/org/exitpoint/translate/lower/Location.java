/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.emit.HostRegister;

/** Where a value is, or how to get it. */
sealed interface Location {

    /** A constant. */
    record Known(long value) implements Location {
    }

    /** The low bits of a guest register. */
    record InGuest(int register) implements Location {
    }

    /**
     * A sum of guest registers that LEA can compute.
     *
     * @param base guest register or -1
     * @param index guest register or -1
     * @param scale shift of the index
     * @param displacement constant
     * @param width the width the sum is truncated to, then zero-extended
     */
    record Sum(int base, int index, int scale, int displacement, Width width) implements Location {
        boolean reads(int guest) {
            return base == guest || index == guest;
        }
    }

    /** A scratch register. */
    record InScratch(HostRegister register) implements Location {
    }

    /** A word of the translator's in the state block. */
    record InSlot(int slot) implements Location {
    }

    /** A field of the state block that does not change while the value is in use. */
    record InState(int offset, Width width) implements Location {
    }

    /** A condition: the host's flags say whether it is 1. */
    record InFlags(Cond condition) implements Location {
    }

    /** A result that only the flags need: two values, not combined unless somebody asks. */
    record Pair(int first, int second) implements Location {
    }
}
