/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.uart;

import static org.exitpoint.devices.uart.Uart16550Registers.FCR_ENABLE;
import static org.exitpoint.devices.uart.Uart16550Registers.FCR_RESET_RECEIVER;
import static org.exitpoint.devices.uart.Uart16550Registers.FCR_TRIGGER_SHIFT;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_DLM;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_EDSSI;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_ELSI;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_ERBFI;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_ETBEI;
import static org.exitpoint.devices.uart.Uart16550Registers.IER_MASK;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_CHARACTER_TIMEOUT;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_FCR;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_FIFOS_ENABLED;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_LINE_STATUS;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_MODEM_STATUS;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_NONE;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_RECEIVED_DATA;
import static org.exitpoint.devices.uart.Uart16550Registers.IIR_THR_EMPTY;
import static org.exitpoint.devices.uart.Uart16550Registers.LCR;
import static org.exitpoint.devices.uart.Uart16550Registers.LCR_DLAB;
import static org.exitpoint.devices.uart.Uart16550Registers.LSR;
import static org.exitpoint.devices.uart.Uart16550Registers.LSR_DR;
import static org.exitpoint.devices.uart.Uart16550Registers.LSR_OE;
import static org.exitpoint.devices.uart.Uart16550Registers.LSR_TEMT;
import static org.exitpoint.devices.uart.Uart16550Registers.LSR_THRE;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_DTR;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_LOOP;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_MASK;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_OUT1;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_OUT2;
import static org.exitpoint.devices.uart.Uart16550Registers.MCR_RTS;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_CTS;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_DCD;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_DELTA_SHIFT;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_DSR;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_RI;
import static org.exitpoint.devices.uart.Uart16550Registers.MSR_TERI;
import static org.exitpoint.devices.uart.Uart16550Registers.RBR_THR_DLL;
import static org.exitpoint.devices.uart.Uart16550Registers.SCR;

import java.util.Arrays;
import java.util.OptionalLong;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.HostInput;
import org.exitpoint.machine.InterruptLine;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The serial port of a PC: National Semiconductor PC16550D with FIFOs, 8 byte-wide registers.
 *
 * <p>The line has no speed. A byte written leaves at once, so THRE and TEMT are always set; a byte from the host enters
 * the receiver as soon as there is room, so the line never overruns and what does not fit waits outside the chip. The
 * character timeout therefore expires at once. An overrun is possible in loopback only. The far end is always ready:
 * CTS, DSR and DCD are asserted. Word length, parity and break are kept as register bits and change no data.
 *
 * <p>The interrupt output is enabled by MCR.OUT2, as PC adapters wire it, in loopback too.
 */
public final class Uart16550 implements Device, HostInput.Receiver {
    private static final int FIFO_BYTES = 16;
    private static final int[] TRIGGER_LEVELS = {1, 4, 8, 14};
    /** The data sheet leaves the divisor undefined after reset; firmware leaves 9600 baud of a 1.8432 MHz clock. */
    private static final int DIVISOR_AT_RESET = 12;
    private static final int FAR_END_READY = MSR_CTS | MSR_DSR | MSR_DCD;

    private final String name;
    private final SerialSink sink;
    private final InterruptLine interrupt;

    private int interruptEnable;
    private int lineControl;
    private int modemControl;
    private int scratch;
    private int divisor;
    private int lineErrors;
    private int modemChanges;
    private boolean fifosEnabled;
    private int triggerSelect;
    /** The transmitter-holding-register-empty source, which reading IIR clears though the register stays empty. */
    private boolean transmitterEmptied;
    private final byte[] received = new byte[FIFO_BYTES];
    private int receivedCount;
    /** Bytes from the host for which the receiver has no room yet. */
    private byte[] waiting = {};

    /**
     * A serial port after reset.
     *
     * @param name the device's name, also the name of its {@link HostInput} channel
     * @param sink takes what the guest sends
     * @param interrupt the INTRPT output
     */
    public Uart16550(String name, SerialSink sink, InterruptLine interrupt) {
        this.name = name;
        this.sink = sink;
        this.interrupt = interrupt;
        clear();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int widestAccess() {
        return 1;
    }

    @Override
    public void received(byte[] data) {
        int old = waiting.length;
        waiting = Arrays.copyOf(waiting, old + data.length);
        System.arraycopy(data, 0, waiting, old, data.length);
        fillReceiver();
        driveInterrupt();
    }

    @Override
    public long read(long offset, int bytes) {
        int value = value(offset);
        switch ((int) offset) {
            case RBR_THR_DLL -> {
                if (!divisorLatchAccess()) {
                    takeReceived();
                }
            }
            case IIR_FCR -> {
                if (identity() == IIR_THR_EMPTY) {
                    transmitterEmptied = false;
                }
            }
            case LSR -> lineErrors = 0;
            case MSR -> modemChanges = 0;
            default -> {
                // The other registers are read without effect.
            }
        }
        driveInterrupt();
        return value;
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(value(offset));
    }

    private int value(long offset) {
        return switch ((int) offset) {
            case RBR_THR_DLL -> divisorLatchAccess() ? divisor & 0xFF : receivedCount > 0 ? received[0] & 0xFF : 0;
            case IER_DLM -> divisorLatchAccess() ? divisor >> 8 & 0xFF : interruptEnable;
            case IIR_FCR -> identity() | (fifosEnabled ? IIR_FIFOS_ENABLED : 0);
            case LCR -> lineControl;
            case MCR -> modemControl;
            case LSR -> LSR_THRE | LSR_TEMT | lineErrors | (receivedCount > 0 ? LSR_DR : 0);
            case MSR -> modemLevels() | modemChanges;
            case SCR -> scratch;
            default -> throw new IllegalArgumentException(name + " has no register at offset " + offset);
        };
    }

    @Override
    public void write(long offset, int bytes, long value) {
        int data = (int) value & 0xFF;
        switch ((int) offset) {
            case RBR_THR_DLL -> {
                if (divisorLatchAccess()) {
                    divisor = divisor & 0xFF00 | data;
                } else {
                    transmit((byte) data);
                }
            }
            case IER_DLM -> {
                if (divisorLatchAccess()) {
                    divisor = divisor & 0xFF | data << 8;
                } else {
                    enableInterrupts(data & IER_MASK);
                }
            }
            case IIR_FCR -> controlFifos(data);
            case LCR -> lineControl = data;
            case MCR -> controlModem(data & MCR_MASK);
            case LSR, MSR -> {
                // "The Line Status Register is intended for read operations only"; writes to MSR change nothing either.
            }
            case SCR -> scratch = data;
            default -> throw new IllegalArgumentException(name + " has no register at offset " + offset);
        }
        driveInterrupt();
    }

    private boolean divisorLatchAccess() {
        return (lineControl & LCR_DLAB) != 0;
    }

    private boolean loopback() {
        return (modemControl & MCR_LOOP) != 0;
    }

    /** The interrupt line falls while the byte is in the holding register and rises when it has left: a new edge. */
    private void transmit(byte value) {
        transmitterEmptied = false;
        driveInterrupt();
        if (loopback()) {
            receiveLooped(value);
        } else {
            sink.transmitted(value);
        }
        transmitterEmptied = true;
    }

    private void receiveLooped(byte value) {
        if (receivedCount < receiverBytes()) {
            received[receivedCount++] = value;
            return;
        }
        lineErrors |= LSR_OE;
        if (!fifosEnabled) {
            received[0] = value;
        }
    }

    private void takeReceived() {
        if (receivedCount == 0) {
            return;
        }
        receivedCount--;
        System.arraycopy(received, 1, received, 0, receivedCount);
        if (!fifosEnabled || receivedCount < triggerLevel()) {
            // The next byte, or the next character timeout, is a new edge for an edge-triggered controller.
            interrupt.set((modemControl & MCR_OUT2) != 0 && identity(false) != IIR_NONE);
        }
        fillReceiver();
    }

    private void fillReceiver() {
        if (loopback()) {
            return;
        }
        int moved = Math.min(receiverBytes() - receivedCount, waiting.length);
        if (moved > 0) {
            System.arraycopy(waiting, 0, received, receivedCount, moved);
            receivedCount += moved;
            waiting = Arrays.copyOfRange(waiting, moved, waiting.length);
        }
    }

    private int receiverBytes() {
        return fifosEnabled ? FIFO_BYTES : 1;
    }

    private int triggerLevel() {
        return TRIGGER_LEVELS[triggerSelect & 3];
    }

    /** Enabling the transmitter interrupt while the holding register is empty raises it at once. */
    private void enableInterrupts(int enable) {
        if ((enable & ~interruptEnable & IER_ETBEI) != 0) {
            transmitterEmptied = true;
        }
        interruptEnable = enable;
    }

    /** "Bit 0 must be a 1 when other FCR bits are written to or they will not be programmed." */
    private void controlFifos(int control) {
        boolean enable = (control & FCR_ENABLE) != 0;
        if (enable != fifosEnabled || enable && (control & FCR_RESET_RECEIVER) != 0) {
            receivedCount = 0;
        }
        fifosEnabled = enable;
        if (enable) {
            triggerSelect = control >> FCR_TRIGGER_SHIFT;
        }
        fillReceiver();
    }

    private void controlModem(int control) {
        int before = modemLevels();
        modemControl = control;
        int after = modemLevels();
        int changed = (before ^ after) & (MSR_CTS | MSR_DSR | MSR_DCD);
        modemChanges |= changed >> MSR_DELTA_SHIFT;
        if ((before & ~after & MSR_RI) != 0) {
            modemChanges |= MSR_TERI;
        }
        fillReceiver();
    }

    private int modemLevels() {
        if (!loopback()) {
            return FAR_END_READY;
        }
        return ((modemControl & MCR_RTS) != 0 ? MSR_CTS : 0)
                | ((modemControl & MCR_DTR) != 0 ? MSR_DSR : 0)
                | ((modemControl & MCR_OUT1) != 0 ? MSR_RI : 0)
                | ((modemControl & MCR_OUT2) != 0 ? MSR_DCD : 0);
    }

    private int identity() {
        return identity(receivedCount > 0);
    }

    /** The pending interrupt of the highest priority: data sheet, table "Interrupt Control Functions". */
    private int identity(boolean dataReady) {
        if ((interruptEnable & IER_ELSI) != 0 && lineErrors != 0) {
            return IIR_LINE_STATUS;
        }
        if ((interruptEnable & IER_ERBFI) != 0 && dataReady) {
            return fifosEnabled && receivedCount < triggerLevel() ? IIR_CHARACTER_TIMEOUT : IIR_RECEIVED_DATA;
        }
        if ((interruptEnable & IER_ETBEI) != 0 && transmitterEmptied) {
            return IIR_THR_EMPTY;
        }
        if ((interruptEnable & IER_EDSSI) != 0 && modemChanges != 0) {
            return IIR_MODEM_STATUS;
        }
        return IIR_NONE;
    }

    private void driveInterrupt() {
        interrupt.set((modemControl & MCR_OUT2) != 0 && identity() != IIR_NONE);
    }

    @Override
    public void reset() {
        clear();
        driveInterrupt();
    }

    private void clear() {
        interruptEnable = 0;
        lineControl = 0;
        modemControl = 0;
        scratch = 0;
        divisor = DIVISOR_AT_RESET;
        lineErrors = 0;
        modemChanges = 0;
        fifosEnabled = false;
        triggerSelect = 0;
        transmitterEmptied = true;
        Arrays.fill(received, (byte) 0);
        receivedCount = 0;
        waiting = new byte[0];
    }

    @Override
    public void save(StateWriter out) {
        out.number("ier", interruptEnable);
        out.number("lcr", lineControl);
        out.number("mcr", modemControl);
        out.number("scr", scratch);
        out.number("divisor", divisor);
        out.number("lineErrors", lineErrors);
        out.number("modemChanges", modemChanges);
        out.number("fifosEnabled", fifosEnabled ? 1 : 0);
        out.number("triggerSelect", triggerSelect);
        out.number("transmitterEmptied", transmitterEmptied ? 1 : 0);
        out.bytes("received", received);
        out.number("receivedCount", receivedCount);
        out.bytes("waiting", waiting);
    }

    @Override
    public void restore(StateReader in) {
        interruptEnable = (int) in.number("ier");
        lineControl = (int) in.number("lcr");
        modemControl = (int) in.number("mcr");
        scratch = (int) in.number("scr");
        divisor = (int) in.number("divisor");
        lineErrors = (int) in.number("lineErrors");
        modemChanges = (int) in.number("modemChanges");
        fifosEnabled = in.number("fifosEnabled") != 0;
        triggerSelect = (int) in.number("triggerSelect");
        transmitterEmptied = in.number("transmitterEmptied") != 0;
        System.arraycopy(in.bytes("received"), 0, received, 0, FIFO_BYTES);
        receivedCount = (int) in.number("receivedCount");
        waiting = in.bytes("waiting");
    }
}
