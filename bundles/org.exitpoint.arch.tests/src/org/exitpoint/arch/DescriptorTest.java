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
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DescriptorTest {
    /** A flat 64-bit code segment as boot code writes it. */
    private static final long CODE_64 = 0x00af_9b00_0000_ffffL;

    @Test
    void unpacksACodeSegment() {
        assertThat(Descriptor.base(CODE_64)).isZero();
        assertThat(Descriptor.limit(CODE_64)).isEqualTo(0xffff_ffffL);
        assertThat(Descriptor.accessRights(CODE_64)).isEqualTo(0xa09b);
        assertThat(AccessRights.inWords(0xa09b))
                .isEqualTo("code, readable, accessed, DPL 0, present, 64-bit, limit in pages");
    }

    @Test
    void unpacksATaskStateSegmentOfSixteenBytes() {
        long low = 0x1200_8b34_5678_0067L;
        assertThat(Descriptor.base(low, 0xffff_8000L)).isEqualTo(0xffff_8000_1234_5678L);
        assertThat(Descriptor.limit(low)).isEqualTo(0x67);
        assertThat(AccessRights.inWords(Descriptor.accessRights(low))).isEqualTo("TSS (busy), DPL 0, present");
    }

    @Test
    void unpacksAnInterruptGate() {
        long low = 0x8765_8e03_0008_4321L;
        assertThat(Descriptor.gateOffset(low, 0xffff_ffffL)).isEqualTo(0xffff_ffff_8765_4321L);
        assertThat(Descriptor.gateSelector(low)).isEqualTo(8);
        assertThat(Descriptor.gateInterruptStack(low)).isEqualTo(3);
        assertThat(SystemDescriptorType.ofType((int) AccessRights.TYPE.of(Descriptor.accessRights(low))))
                .isEqualTo(SystemDescriptorType.INTERRUPT_GATE);
    }

    @Property(seed = "42")
    void roundTrip(@ForAll @LongRange(max = 0xffff_ffffL) long base, @ForAll @IntRange(max = 0xf_ffff) int limit,
            @ForAll @IntRange(max = 0xffff) int rights, @ForAll boolean pages) {
        long accessRights = AccessRights.G.range().deposit(rights & 0xf0ff, pages ? 1 : 0);
        long bytes = pages ? (long) limit << 12 | 0xfff : limit;
        long descriptor = Descriptor.of(base, bytes, accessRights);
        assertThat(Descriptor.base(descriptor)).isEqualTo(base);
        assertThat(Descriptor.limit(descriptor)).isEqualTo(bytes);
        assertThat(Descriptor.accessRights(descriptor)).isEqualTo(accessRights);
    }

    @Test
    void rejectsALimitThatTheGranularityCannotExpress() {
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptor.of(0, 0x10_0000, 0x93));
        assertThatIllegalArgumentException().isThrownBy(() -> Descriptor.of(0, 0x1000, 0x8093));
    }
}
