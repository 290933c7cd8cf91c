/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.uart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of the PC16550D data sheet, by the names of its registers. */
class Uart16550Test {
    private static final int RBR = 0;
    private static final int THR = 0;
    private static final int IER = 1;
    private static final int IIR = 2;
    private static final int FCR = 2;
    private static final int LCR = 3;
    private static final int MCR = 4;
    private static final int LSR = 5;
    private static final int MSR = 6;
    private static final int SCR = 7;

    private static final int OUT2 = 0x08;
    private static final int LOOP = 0x10;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Boolean> edges = new ArrayList<>();
    private boolean line;
    private final Uart16550 uart = new Uart16550("uart0", sent::write, this::interrupt);

    private void interrupt(boolean level) {
        if (level != line) {
            edges.add(level);
            line = level;
        }
    }

    private int in(int register) {
        return (int) uart.read(register, 1);
    }

    private void out(int register, int value) {
        uart.write(register, 1, value);
    }

    private void type(String text) {
        uart.received(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whatIsWrittenToThrIsSentAtOnceAndThreAndTemtStaySet() {
        assertThat(in(LSR)).isEqualTo(0x60);
        out(THR, 'o');
        out(THR, 'k');
        assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("ok");
        assertThat(in(LSR)).isEqualTo(0x60);
    }

    @Test
    void divisorLatchAccessBitGivesDllAndDlmInsteadOfDataAndIer() {
        out(IER, 0x05);
        out(LCR, 0x83);
        out(0, 0x34);
        out(1, 0x12);
        assertThat(in(0)).isEqualTo(0x34);
        assertThat(in(1)).isEqualTo(0x12);
        out(LCR, 0x03);
        assertThat(in(LCR)).isEqualTo(0x03);
        assertThat(in(IER)).isEqualTo(0x05);
        assertThat(sent.size()).isZero();
    }

    @Test
    void scratchRegisterKeepsAByteAndIerBits7To4AreZero() {
        for (int value = 0; value < 256; value++) {
            out(SCR, value);
            out(IER, value);
            assertThat(in(SCR)).isEqualTo(value);
            assertThat(in(IER)).isEqualTo(value & 0x0F);
        }
    }

    @Test
    void lineStatusRegisterIsIntendedForReadOperationsOnly() {
        out(LSR, 0xFF);
        out(MSR, 0xFF);
        assertThat(in(LSR)).isEqualTo(0x60);
        assertThat(in(MSR)).isEqualTo(0xB0);
    }

    @Test
    void receivedBytesWaitUntilTheReceiverHasRoomAndNoneIsLost() {
        type("a line that is longer than the FIFO");
        StringBuilder read = new StringBuilder();
        while ((in(LSR) & 1) != 0) {
            read.append((char) in(RBR));
        }
        assertThat(read).hasToString("a line that is longer than the FIFO");
        assertThat(in(LSR) & 0x02).as("overrun").isZero();
    }

    @Test
    void fcrBit0MustBeOneForOtherBitsToBeProgrammed() {
        out(FCR, 0xC0);
        assertThat(in(IIR) & 0xC0).isZero();
        out(FCR, 0xC1);
        assertThat(in(IIR) & 0xC0).isEqualTo(0xC0);
    }

    @Test
    void changingFifoModeAndResettingTheReceiverClearIt() {
        out(FCR, 0x01);
        out(MCR, LOOP);
        out(THR, 'x');
        assertThat(in(LSR) & 1).isEqualTo(1);
        out(FCR, 0x03);
        assertThat(in(LSR) & 1).isZero();
        out(THR, 'y');
        out(FCR, 0x00);
        assertThat(in(LSR) & 1).isZero();
    }

    @Test
    void receivedDataIsIndicatedAtTheTriggerLevelAndCharacterTimeoutBelowIt() {
        int[] levels = {1, 4, 8, 14};
        for (int select = 0; select < levels.length; select++) {
            out(FCR, 0x03 | select << 6);
            out(IER, 0x01);
            out(MCR, LOOP);
            for (int count = 1; count <= 16; count++) {
                out(THR, count);
                assertThat(in(IIR)).as("trigger level %d, %d bytes", levels[select], count)
                        .isEqualTo(count >= levels[select] ? 0xC4 : 0xCC);
            }
        }
    }

    @Test
    void interruptsAreIdentifiedInTheOrderOfTheirPriorities() {
        out(MCR, LOOP);
        out(IER, 0x0F);
        in(MSR);
        out(THR, 'a');
        out(THR, 'b');
        out(MCR, LOOP | 0x02);

        assertThat(in(IIR)).as("first: receiver line status").isEqualTo(0x06);
        assertThat(in(LSR) & 0x02).as("overrun error").isEqualTo(0x02);
        assertThat(in(IIR)).as("second: received data available").isEqualTo(0x04);
        assertThat(in(RBR)).as("the later character overwrites").isEqualTo('b');
        assertThat(in(IIR)).as("third: THR empty").isEqualTo(0x02);
        assertThat(in(IIR)).as("fourth: modem status, IIR read cleared THR empty").isEqualTo(0x00);
        assertThat(in(MSR) & 0x0F).as("delta CTS").isEqualTo(0x01);
        assertThat(in(IIR)).as("none").isEqualTo(0x01);
    }

    @Test
    void enablingTheTransmitterInterruptWhileThrIsEmptyRaisesItOnce() {
        out(MCR, OUT2);
        out(IER, 0x02);
        assertThat(line).isTrue();
        out(IER, 0x02);
        assertThat(in(IIR)).isEqualTo(0x02);
        assertThat(line).as("cleared by reading IIR").isFalse();
        out(IER, 0x02);
        assertThat(line).as("ETBEI did not rise").isFalse();
        assertThat(in(IIR)).isEqualTo(0x01);
    }

    @Test
    void readingIirClearsThrEmptyOnlyWhenItIsTheSourceReported() {
        out(MCR, OUT2);
        out(IER, 0x03);
        type("x");
        assertThat(in(IIR)).isEqualTo(0x04);
        in(RBR);
        assertThat(in(IIR)).as("still pending").isEqualTo(0x02);
    }

    @Test
    void everyByteSentIsANewEdgeOfTheInterruptLine() {
        out(MCR, OUT2);
        out(IER, 0x02);
        edges.clear();
        out(THR, 'a');
        out(THR, 'b');
        assertThat(edges).containsExactly(false, true, false, true);
    }

    @Test
    void everyByteReceivedIsANewEdgeOfTheInterruptLine() {
        out(MCR, OUT2);
        out(IER, 0x01);
        type("abc");
        assertThat(edges).containsExactly(true);
        edges.clear();
        in(RBR);
        in(RBR);
        in(RBR);
        assertThat(edges).containsExactly(false, true, false, true, false);
    }

    @Test
    void interruptOutputIsEnabledByOut2() {
        out(IER, 0x01);
        type("x");
        assertThat(line).isFalse();
        out(MCR, OUT2);
        assertThat(line).isTrue();
        out(MCR, 0);
        assertThat(line).isFalse();
    }

    @Test
    void loopbackConnectsModemOutputsToInputs() {
        int[][] outputToInput = {{0x02, 0x10}, {0x01, 0x20}, {0x04, 0x40}, {0x08, 0x80}};
        for (int[] pair : outputToInput) {
            out(MCR, LOOP | pair[0]);
            assertThat(in(MSR) & 0xF0).as("MCR bit %x", pair[0]).isEqualTo(pair[1]);
        }
        out(MCR, LOOP);
        in(MSR);
        out(MCR, LOOP | 0x04);
        assertThat(in(MSR) & 0x04).as("TERI is for the trailing edge only").isZero();
        out(MCR, LOOP);
        assertThat(in(MSR) & 0x04).as("TERI").isEqualTo(0x04);
        assertThat(in(MSR) & 0x0F).as("reading MSR clears the delta bits").isZero();
    }

    @Test
    void deltaBitsAccumulateUntilMsrIsRead() {
        out(MCR, LOOP);
        in(MSR);
        out(MCR, LOOP | 0x02);
        out(MCR, LOOP | 0x03);
        assertThat(in(MSR) & 0x0F).as("delta CTS and delta DSR").isEqualTo(0x03);
    }

    @Test
    void loopbackKeepsDataInsideAndTheHostOutside() {
        out(MCR, LOOP);
        type("h");
        out(THR, 0x5A);
        assertThat(sent.size()).isZero();
        assertThat(in(RBR)).isEqualTo(0x5A);
        assertThat(in(LSR) & 1).isZero();
        out(MCR, 0);
        assertThat(in(RBR)).as("the host's byte waited").isEqualTo('h');
    }

    @Test
    void fifoOverrunLosesTheNewCharacter() {
        out(FCR, 0x01);
        out(MCR, LOOP);
        for (int i = 0; i < 17; i++) {
            out(THR, i);
        }
        assertThat(in(LSR)).isEqualTo(0x63);
        for (int i = 0; i < 16; i++) {
            assertThat(in(RBR)).isEqualTo(i);
        }
        assertThat(in(LSR)).isEqualTo(0x60);
    }
}
