/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BitRangeTest {
    @Property(seed = "42")
    void depositThenExtractGivesThePartAndKeepsTheRest(@ForAll long value, @ForAll long part,
            @ForAll @IntRange(max = 63) int a, @ForAll @IntRange(max = 63) int b) {
        BitRange range = new BitRange(Math.min(a, b), Math.max(a, b));
        long fitting = range.extract(part);
        long result = range.deposit(value, fitting);
        assertThat(range.extract(result)).isEqualTo(fitting);
        assertThat(result & ~range.mask()).isEqualTo(value & ~range.mask());
        assertThat(Long.bitCount(range.mask())).isEqualTo(range.width());
    }

    @Test
    void rejectsWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> new BitRange(0, 3).deposit(0, 16))
                .withMessage("0x10 does not fit bits 3:0");
        assertThatIllegalArgumentException().isThrownBy(() -> new BitRange(4, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new BitRange(0, 64));
    }

    @Test
    void describesRegisters() {
        assertThat(BitField.describe(Cr0.values(), 0x8000_0011L)).isEqualTo("PE ET PG");
        assertThat(BitField.describe(Rflags.values(), 0x3202)).isEqualTo("FIXED1 IF IOPL=3");
        assertThat(BitField.describe(Efer.values(), 0x1_0000_0500L)).isEqualTo("LME LMA 0x100000000");
        assertThat(BitField.describe(Efer.values(), 0)).isEqualTo("0");
    }
}
