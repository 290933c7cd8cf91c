/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** The APIC's registers as software reads and writes them. */
@Sdm(section = "12.4.1", title = "The Local APIC Block Diagram")
final class ApicRegisters {
    /** A local APIC of the xAPIC kind. */
    private static final int VERSION = 0x14;
    private static final int LAST_ENTRY_SHIFT = 16;
    private static final int ID_SHIFT = 24;

    private final int id;
    private final InterruptUnit unit;
    private final InterProcessor interProcessor;
    private final LogicalAddress logicalAddress = new LogicalAddress();
    private int icrLow;
    private int icrHigh;

    ApicRegisters(int id, InterruptUnit unit, InterProcessor interProcessor) {
        this.id = id;
        this.unit = unit;
        this.interProcessor = interProcessor;
    }

    int id() {
        return id;
    }

    /** Reads a register; counts an access to a reserved one as an error. */
    long read(int offset, int bytes) {
        if (isRegister(offset, bytes) && ApicRegister.at(offset) == null) {
            unit.error(ErrorStatus.ILLEGAL_REGISTER_ADDRESS);
        }
        return peek(offset, bytes);
    }

    /** Writes a register; the manual leaves open what accesses do that are not of an aligned one: here nothing. */
    void write(int offset, int bytes, long value) {
        if (!isRegister(offset, bytes)) {
            return;
        }
        ApicRegister register = ApicRegister.at(offset);
        if (register == null) {
            unit.error(ErrorStatus.ILLEGAL_REGISTER_ADDRESS);
        } else {
            set(register, (int) value & register.writable());
            unit.update();
        }
    }

    long peek(int offset, int bytes) {
        ApicRegister register = ApicRegister.at(offset);
        return register == null || !isRegister(offset, bytes) ? 0
            : Integer.toUnsignedLong(value(register, register.index(offset)));
    }

    private static boolean isRegister(int offset, int bytes) {
        return bytes == ApicRegister.BYTES && offset % ApicRegister.STEP == 0;
    }

    private int value(ApicRegister register, int index) {
        return switch (register) {
            case ID -> id << ID_SHIFT;
            case VERSION -> VERSION | LocalVectorTable.lastEntry() << LAST_ENTRY_SHIFT;
            case TPR -> unit.requests().taskPriority();
            case PPR -> unit.requests().processorPriority();
            case APR, EOI, RRD -> 0;
            case LDR -> logicalAddress.destination();
            case DFR -> logicalAddress.format();
            case SPIV -> unit.spiv();
            case ISR -> unit.requests().inService().register(index);
            case TMR -> unit.requests().level().register(index);
            case IRR -> unit.requests().requested().register(index);
            case ESR -> unit.errors().read();
            case ICR_LOW -> icrLow;
            case ICR_HIGH -> icrHigh;
            case LVT_TIMER, LVT_THERMAL, LVT_PERFORMANCE, LVT_LINT0, LVT_LINT1, LVT_ERROR ->
                unit.table().get(register);
            case INITIAL_COUNT -> unit.timer().initialCount();
            case CURRENT_COUNT -> (int) unit.timer().currentCount();
            case DIVIDE_CONFIGURATION -> unit.timer().divideConfiguration();
        };
    }

    private void set(ApicRegister register, int value) {
        switch (register) {
            case TPR -> unit.requests().setTaskPriority(value);
            case EOI -> unit.endOfInterrupt();
            case LDR -> logicalAddress.setDestination(value);
            case DFR -> logicalAddress.setFormat(value);
            case SPIV -> unit.setSpiv(value);
            case ESR -> unit.errors().write();
            case ICR_LOW -> sendCommand(value);
            case ICR_HIGH -> icrHigh = value;
            case LVT_TIMER, LVT_THERMAL, LVT_PERFORMANCE, LVT_LINT0, LVT_LINT1, LVT_ERROR ->
                unit.setEntry(register, value);
            case INITIAL_COUNT -> unit.timer().setInitialCount(value);
            case DIVIDE_CONFIGURATION -> unit.timer().setDivideConfiguration(value);
            case ID, VERSION, APR, PPR, RRD, ISR, TMR, IRR, CURRENT_COUNT -> {
                // Read-only.
            }
        }
    }

    /**
     * Sends what the command register says. Combinations of mode and shorthand that the manual calls invalid are sent
     * as they are written; modes that no interprocessor interrupt has are not sent.
     */
    private void sendCommand(int value) {
        InterprocessorInterrupt command = InterprocessorInterrupt.decode(id, value, icrHigh);
        DeliveryMode mode = command.message().mode();
        if (mode == DeliveryMode.SMI) {
            throw new Interruption.NotImplemented("an interprocessor interrupt of the mode SMI");
        }
        icrLow = value;
        if (mode == DeliveryMode.RESERVED || mode == DeliveryMode.EXTINT
            || InterprocessorInterrupt.isLevelDeassert(value)) {
            return;
        }
        boolean hasVector = mode == DeliveryMode.FIXED || mode == DeliveryMode.LOWEST_PRIORITY;
        if (hasVector && command.message().vector() < InterruptUnit.FIRST_LEGAL_VECTOR) {
            unit.error(ErrorStatus.SEND_ILLEGAL_VECTOR);
        }
        boolean toSelf = command.shorthand() == InterprocessorInterrupt.Shorthand.SELF;
        if (toSelf || mode != DeliveryMode.LOWEST_PRIORITY && isDestination(command)) {
            unit.receive(command.message());
        }
        if (!toSelf) {
            interProcessor.send(command);
        }
    }

    /** Whether the destination of a message is, or includes, this APIC. */
    boolean isDestination(InterruptMessage message) {
        int destination = message.destination();
        return message.logical() ? logicalAddress.matches(destination)
            : destination == InterruptMessage.BROADCAST || destination == id;
    }

    /** Whether the destination of an interprocessor interrupt is, or includes, this APIC. */
    boolean isDestination(InterprocessorInterrupt interrupt) {
        return switch (interrupt.shorthand()) {
            case NONE -> isDestination(interrupt.message());
            case SELF -> id == interrupt.source();
            case ALL_INCLUDING_SELF -> true;
            case ALL_EXCLUDING_SELF -> id != interrupt.source();
        };
    }

    void reset() {
        unit.reset();
        logicalAddress.reset();
        icrLow = 0;
        icrHigh = 0;
    }

    void save(StateWriter out) {
        out.number("icrLow", icrLow);
        out.number("icrHigh", icrHigh);
        logicalAddress.save(out);
    }

    void restore(StateReader in) {
        icrLow = (int) in.number("icrLow");
        icrHigh = (int) in.number("icrHigh");
        logicalAddress.restore(in);
    }
}
