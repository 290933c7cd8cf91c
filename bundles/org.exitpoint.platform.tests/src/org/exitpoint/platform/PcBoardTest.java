/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.memory.RamLayout;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.api.Test;

class PcBoardTest {
    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
    private final List<Stop> stops = new ArrayList<>();
    private final List<Boolean> intr = new ArrayList<>();
    private final PcBoard board = board();

    private PcBoard board() {
        return new PcBoard(new CheckedMemory(), RamLayout.pc(RamLayout.LEAST), serial::write, stops::add, List.of());
    }

    private void outb(int port, int value) {
        board.bus().writePort(port, 1, value);
    }

    private int inb(int port) {
        return (int) board.bus().readPort(port, 1);
    }

    private void initializeInterruptControllers() {
        outb(0x20, 0x11);
        outb(0x21, 0x20);
        outb(0x21, 0x04);
        outb(0x21, 0x01);
        outb(0xA0, 0x11);
        outb(0xA1, 0x28);
        outb(0xA1, 0x02);
        outb(0xA1, 0x01);
    }

    private void type(String text) {
        board.input().offer(PcBoard.SERIAL, text.getBytes(StandardCharsets.US_ASCII));
        board.input().deliver();
    }

    @Test
    void serialPortAnswersAtItsPortsAndSendsToTheSink() {
        outb(0x3F8, 'h');
        board.bus().writePort(0x3F8, 2, 0x0100 | 'i');
        assertThat(serial.toString(StandardCharsets.US_ASCII)).isEqualTo("hi");
        assertThat(inb(0x3F9)).as("the second byte of a 16-bit write goes to IER").isEqualTo(1);
        assertThat(inb(0x3FD)).isEqualTo(0x60);
    }

    @Test
    void aKeyTypedInterruptsThroughIrq4() {
        board.connectIntr(intr::add);
        assertThat(intr).containsExactly(false);
        initializeInterruptControllers();
        outb(0x3FC, 0x08);
        outb(0x3F9, 0x01);
        type("k");
        assertThat(intr.getLast()).isTrue();
        assertThat(board.acknowledgeInterrupt()).isEqualTo(0x24);
        assertThat(inb(0x3F8)).isEqualTo('k');
        outb(0x20, 0x20);
        assertThat(intr.getLast()).isFalse();
    }

    @Test
    void aProcessorConnectedLateSeesTheLevel() {
        initializeInterruptControllers();
        board.interruptRequest(9).set(true);
        board.connectIntr(intr::add);
        assertThat(intr).containsExactly(true);
        assertThat(board.acknowledgeInterrupt()).isEqualTo(0x29);
    }

    @Test
    void theGuestEndsTheRunThroughItsPorts() {
        board.bus().writePort(0xF4, 4, 0x1234);
        for (char letter : "Shutdown".toCharArray()) {
            outb(0x8900, letter);
        }
        assertThat(stops).containsExactly(new Stop.GuestExit(0x1234), new Stop.PowerOff());
    }

    @Test
    void edgeLevelControlAndUnclaimedPorts() {
        outb(0x4D0, 0xFF);
        outb(0x4D1, 0xFF);
        assertThat(board.bus().readPort(0x4D0, 2)).isEqualTo(0xDEF8);
        outb(0x80, 0x12);
        assertThat(inb(0x80)).isEqualTo(0xFF);
    }

    @Test
    void aRestoredBoardContinuesAsTheSavedOneAndSavesTheSame() {
        initializeInterruptControllers();
        outb(0x3FC, 0x08);
        outb(0x3F9, 0x01);
        type("two");
        board.memory().write(0x5000, 4, 0xCAFE);
        board.clock().advance(77);
        byte[] saved = save(board);

        board.acknowledgeInterrupt();
        inb(0x3F8);
        board.memory().write(0x5000, 4, 0);
        board.clock().advance(1);
        assertThat(save(board)).isNotEqualTo(saved);

        board.connectIntr(intr::add);
        board.restore(new SnapshotReader(new ByteArrayInputStream(saved)));
        assertThat(save(board)).isEqualTo(saved);
        assertThat(intr.getLast()).isTrue();
        assertThat(board.acknowledgeInterrupt()).isEqualTo(0x24);
        assertThat(inb(0x3F8)).isEqualTo('t');
        assertThat(board.memory().read(0x5000, 4)).isEqualTo(0xCAFE);
        assertThat(board.clock().steps()).isEqualTo(77);
    }

    private static byte[] save(PcBoard board) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        board.save(new SnapshotWriter(bytes));
        return bytes.toByteArray();
    }

    @Test
    void resetReachesEveryDeviceAndLeavesMemoryAndTime() {
        initializeInterruptControllers();
        outb(0x3FF, 0x77);
        board.memory().write(0x5000, 1, 7);
        board.clock().advance(3);
        board.reset();
        assertThat(inb(0x21)).isEqualTo(0xFF);
        assertThat(inb(0x3FF)).isZero();
        assertThat(board.memory().read(0x5000, 1)).isEqualTo(7);
        assertThat(board.clock().steps()).isEqualTo(3);
    }

    @Test
    void deviceNamesAreUnique() {
        assertThat(board.devices()).extracting(Device::name).doesNotHaveDuplicates().contains("uart0", "pic0", "pic1");
        assertThatThrownBy(() -> board.plug(new RecordingDevice("uart0", 1, true))).hasMessageContaining("uart0");
    }
}
