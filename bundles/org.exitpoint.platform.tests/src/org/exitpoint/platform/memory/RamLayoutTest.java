/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RamLayoutTest {
    @Test
    void ramLeavesRoomForAdaptersAndRegisters() {
        assertThat(RamLayout.pc(512L << 20)).hasToString("0x0-0x9ffff, 0x100000-0x1fffffff");
        assertThat(RamLayout.pc(3L << 30)).hasToString("0x0-0x9ffff, 0x100000-0xbfffffff");
        assertThat(RamLayout.pc((3L << 30) + 4096))
                .hasToString("0x0-0x9ffff, 0x100000-0xbfffffff, 0x100000000-0x100000fff");
        assertThat(RamLayout.pc(8L << 30).end()).isEqualTo(9L << 30);
    }

    @Test
    void aRangeIsInRamOnlyIfItDoesNotCrossAHole() {
        RamLayout layout = RamLayout.pc(4L << 30);
        assertThat(layout.contains(new AddressRange(0, 0xA_0000))).isTrue();
        assertThat(layout.contains(new AddressRange(0, 0xA_0001))).isFalse();
        assertThat(layout.contains(new AddressRange(0x9_0000, 0x11_0000))).isFalse();
        assertThat(layout.contains(new AddressRange(3L << 30, (3L << 30) + 1))).isFalse();
        assertThat(layout.contains(new AddressRange(4L << 30, 5L << 30))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {-4096, 0, 1 << 20, (2 << 20) + 1, (1L << 40) + 4096, Long.MAX_VALUE})
    void otherSizesAreRefused(long bytes) {
        assertThatThrownBy(() -> RamLayout.pc(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rangesThatTouchDoNotOverlap() {
        AddressRange range = new AddressRange(0x1000, 0x2000);
        assertThat(range.overlaps(new AddressRange(0x2000, 0x3000))).isFalse();
        assertThat(range.overlaps(new AddressRange(0x1FFF, 0x3000))).isTrue();
        assertThat(range.overlaps(new AddressRange(0, 0x1000))).isFalse();
        assertThat(range.overlaps(new AddressRange(0, 0x5000))).isTrue();
        assertThatThrownBy(() -> new AddressRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
