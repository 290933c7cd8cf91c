/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.exitpoint.machine.Device;
import org.exitpoint.platform.memory.RamLayout;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.api.Test;

/** A device of a third party, found through the service file of this test bundle. */
class DeviceProviderTest {
    private static final int PORT = 0x5000;

    /** Plugs a device with ports, an interrupt request, a timer and a host-input channel. */
    public static final class Provider implements DeviceProvider {
        @Override
        public void addDevices(DeviceSlots slots) {
            RecordingDevice device = new RecordingDevice("third-party", 4, true);
            slots.plug(device);
            slots.bus().mapPorts(PORT, 4, device);
            slots.clock().timer("third-party.timer", () -> slots.interruptRequest(5).set(true)).arm(100);
            slots.input().receiver("third-party", data -> slots.memory().write(0x1000, data, 0, data.length));
        }
    }

    private static PcBoard board() {
        return new PcBoard(new CheckedMemory(), RamLayout.pc(RamLayout.LEAST), _ -> { }, _ -> { },
                DeviceProvider.installed());
    }

    private static RecordingDevice device(PcBoard board) {
        Optional<Device> device = board.devices().stream().filter(RecordingDevice.class::isInstance).findFirst();
        return (RecordingDevice) device.orElseThrow();
    }

    @Test
    void providersAreFoundByTheServiceLoader() {
        assertThat(DeviceProvider.installed()).hasAtLeastOneElementOfType(Provider.class);
    }

    @Test
    void aProvidersDeviceUsesEverySlot() {
        PcBoard board = board();
        board.bus().writePort(PORT + 2, 2, 0xBEEF);
        board.reset();
        assertThat(device(board).takeAccesses()).isEqualTo(List.of("write 2 at 2: beef", "reset"));

        board.input().offer("third-party", new byte[] {42});
        board.input().deliver();
        assertThat(board.memory().read(0x1000, 1)).isEqualTo(42);

        board.bus().writePort(0x20, 1, 0x13);
        board.bus().writePort(0x21, 1, 0x40);
        board.bus().writePort(0x21, 1, 0x01);
        board.clock().advance(100);
        board.clock().expire();
        assertThat(board.acknowledgeInterrupt()).isEqualTo(0x45);
    }

    @Test
    void aProvidersDeviceIsPartOfASnapshot() {
        PcBoard board = board();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        board.save(new SnapshotWriter(bytes));
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).contains("third-party.accesses");
        board().restore(new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
