/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.Arrays;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Rflags;

/** Words for registers that need more than the names of their bits. */
final class RegisterWords {
    private static final BitField[] FLAGS = Arrays.stream(Rflags.values()).filter(flag -> flag != Rflags.FIXED1)
            .toArray(BitField[]::new);

    private RegisterWords() {
    }

    /** The flags that are 1, but for the bit that always is. */
    static String rflags(long value) {
        String flags = BitField.describe(FLAGS, value & ~Rflags.FIXED1.mask());
        return Rflags.FIXED1.isSet(value) ? flags : flags + ", bit 1 is 0";
    }
}
