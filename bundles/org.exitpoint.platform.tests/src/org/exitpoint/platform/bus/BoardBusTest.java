/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.exitpoint.platform.RecordingDevice;
import org.junit.jupiter.api.Test;

class BoardBusTest {
    private final BoardBus bus = new BoardBus();
    private final RecordingDevice narrow = new RecordingDevice("narrow", 1, true);
    private final RecordingDevice wide = new RecordingDevice("wide", 4, true);

    @Test
    void whatNobodyClaimsReadsAllOnesAndDropsWrites() {
        assertThat(bus.readPort(0x80, 1)).isEqualTo(0xFF);
        assertThat(bus.readPort(0x80, 2)).isEqualTo(0xFFFF);
        assertThat(bus.readPort(0x80, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(bus.readMemory(0xFEC0_0000L, 8)).isEqualTo(-1);
        assertThat(bus.peekPort(0x80, 2)).hasValue(0xFFFF);
        bus.writePort(0x80, 1, 0x55);
        bus.writeMemory(0xFEC0_0000L, 8, 0);
        assertThat(bus.claims(0xFEC0_0000L)).isFalse();
    }

    @Test
    void anAccessThatTheDeviceTakesIsGivenAsAWhole() {
        bus.mapPorts(0xF4, 4, wide);
        assertThat(bus.readPort(0xF4, 4)).isEqualTo(0x1312_1110L);
        bus.writePort(0xF5, 2, 0x1_2345L);
        assertThat(wide.takeAccesses()).containsExactly("read 4 at 0", "write 2 at 1: 2345");
    }

    @Test
    void anAccessWiderThanTheRegistersIsHalvedLowerHalfFirst() {
        bus.mapPorts(0x3F8, 8, narrow);
        assertThat(bus.readPort(0x3F8, 2)).isEqualTo(0x1110);
        bus.writePort(0x3FA, 4, 0x4433_2211L);
        assertThat(narrow.takeAccesses()).containsExactly("read 1 at 0", "read 1 at 1", "write 1 at 2: 11",
                "write 1 at 3: 22", "write 1 at 4: 33", "write 1 at 5: 44");
    }

    @Test
    void anAccessAcrossTheEndOfADeviceIsSplitBetweenTheNeighbours() {
        bus.mapPorts(0xA0, 2, narrow);
        bus.mapPorts(0xA2, 1, wide);
        assertThat(bus.readPort(0xA1, 4)).isEqualTo(0xFFFF_1011L);
        assertThat(narrow.takeAccesses()).containsExactly("read 1 at 1");
        assertThat(wide.takeAccesses()).containsExactly("read 1 at 0");
    }

    @Test
    void theLastPortHasNoNeighbour() {
        bus.mapPorts(0xFFFF, 1, wide);
        assertThat(bus.readPort(0xFFFF, 4)).isEqualTo(0xFFFF_FF10L);
        assertThatThrownBy(() -> bus.mapPorts(0xFFFF, 2, narrow)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bus.mapPorts(-1, 1, narrow)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void peekHasNoEffectAndIsEmptyWhenAnyPartIs() {
        bus.mapPorts(0x10, 2, wide);
        bus.mapPorts(0x12, 2, new RecordingDevice("opaque", 4, false));
        assertThat(bus.peekPort(0x10, 2)).hasValue(0x1110);
        assertThat(bus.peekPort(0x10, 4)).isEmpty();
        assertThat(wide.takeAccesses()).isEmpty();
    }

    @Test
    void aTakenPortOrAddressIsRefusedByName() {
        bus.mapPorts(0x20, 2, narrow);
        assertThatThrownBy(() -> bus.mapPorts(0x1F, 2, wide)).hasMessage("wide: port 0x20 is taken by narrow");
        bus.mapMemory(0xFED0_0000L, 0x400, narrow);
        assertThatThrownBy(() -> bus.mapMemory(0xFED0_03FFL, 1, wide))
                .hasMessage("wide: 0x1 bytes at address 0xfed003ff overlap narrow");
        assertThatThrownBy(() -> bus.mapMemory(0xFECF_FFFFL, 0x1000, wide))
                .isInstanceOf(IllegalArgumentException.class);
        bus.mapMemory(0xFED0_0400L, 0x400, wide);
    }

    @Test
    void memoryMappedRegistersAreFoundWhereverTheyAre() {
        for (int i = 0; i < 50; i++) {
            int at = i * 37 % 50;
            bus.mapMemory(0x10_0000_0000L + at * 0x2000L, 0x1000, new RecordingDevice("d" + at, 8, true));
        }
        for (int i = 0; i < 50; i++) {
            long start = 0x10_0000_0000L + i * 0x2000L;
            assertThat(bus.claims(start - 1)).isFalse();
            assertThat(bus.claims(start)).isTrue();
            assertThat(bus.claims(start + 0xFFF)).isTrue();
            assertThat(bus.claims(start + 0x1000)).isFalse();
            assertThat(bus.readMemory(start + 8, 8)).isEqualTo(0x1F1E_1D1C_1B1A_1918L);
            assertThat(bus.peekMemory(start + 0xFFF, 2)).hasValue(0xFF0F);
        }
        assertThat(bus.claims(-1)).isFalse();
    }
}
