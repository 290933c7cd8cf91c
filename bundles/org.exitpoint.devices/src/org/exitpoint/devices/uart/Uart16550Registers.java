/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.uart;

/** Register offsets and bits of the PC16550D data sheet, table "Summary of Registers". */
final class Uart16550Registers {
    /** Receiver Buffer (read), Transmitter Holding (write), Divisor Latch low (DLAB=1). */
    static final int RBR_THR_DLL = 0;
    /** Interrupt Enable, Divisor Latch high (DLAB=1). */
    static final int IER_DLM = 1;
    /** Interrupt Identification (read), FIFO Control (write). */
    static final int IIR_FCR = 2;
    static final int LCR = 3;
    static final int MCR = 4;
    static final int LSR = 5;
    static final int MSR = 6;
    static final int SCR = 7;

    static final int IER_ERBFI = 1;
    static final int IER_ETBEI = 1 << 1;
    static final int IER_ELSI = 1 << 2;
    static final int IER_EDSSI = 1 << 3;
    static final int IER_MASK = 0x0F;

    static final int IIR_NONE = 0x1;
    static final int IIR_MODEM_STATUS = 0x0;
    static final int IIR_THR_EMPTY = 0x2;
    static final int IIR_RECEIVED_DATA = 0x4;
    static final int IIR_LINE_STATUS = 0x6;
    static final int IIR_CHARACTER_TIMEOUT = 0xC;
    static final int IIR_FIFOS_ENABLED = 0xC0;

    static final int FCR_ENABLE = 1;
    static final int FCR_RESET_RECEIVER = 1 << 1;
    static final int FCR_TRIGGER_SHIFT = 6;

    static final int LCR_DLAB = 1 << 7;

    static final int MCR_DTR = 1;
    static final int MCR_RTS = 1 << 1;
    static final int MCR_OUT1 = 1 << 2;
    static final int MCR_OUT2 = 1 << 3;
    static final int MCR_LOOP = 1 << 4;
    static final int MCR_MASK = 0x1F;

    static final int LSR_DR = 1;
    static final int LSR_OE = 1 << 1;
    static final int LSR_THRE = 1 << 5;
    static final int LSR_TEMT = 1 << 6;

    static final int MSR_TERI = 1 << 2;
    static final int MSR_CTS = 1 << 4;
    static final int MSR_DSR = 1 << 5;
    static final int MSR_RI = 1 << 6;
    static final int MSR_DCD = 1 << 7;
    /** Distance from a level bit of MSR to the bit that says it changed. */
    static final int MSR_DELTA_SHIFT = 4;

    private Uart16550Registers() {
    }
}
