/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.ApicBase;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The APIC's way from messages, pins and local events to what waits for the processor. Whatever changes the state of
 * its parts from outside calls {@link #update} afterwards.
 */
@Sdm(section = "12.8", title = "Handling Interrupts")
final class InterruptUnit {
    /** The lowest vector that an interrupt may have. */
    static final int FIRST_LEGAL_VECTOR = 16;

    private static final int RESET_SPIV = 0xFF;
    private static final int SOFTWARE_ENABLE = 1 << 8;
    private static final int SPURIOUS_VECTOR = 0xFF;

    private final ApicConnections connections;
    private final InterruptRequests requests = new InterruptRequests();
    private final LocalVectorTable table = new LocalVectorTable();
    private final LocalPin lint0 = new LocalPin(ApicRegister.LVT_LINT0, table);
    private final LocalPin lint1 = new LocalPin(ApicRegister.LVT_LINT1, table);
    private final ProcessorSignals signals = new ProcessorSignals();
    private final ErrorStatus errors = new ErrorStatus();
    private final ApicTimer timer;
    private long base;
    private int spiv = RESET_SPIV;
    private boolean interruptPending;

    InterruptUnit(String name, long base, ApicConnections connections) {
        this.base = base;
        this.connections = connections;
        timer = new ApicTimer(connections.clock(), name + "-timer", connections.tscOffset(), this::timerExpired);
    }

    InterruptRequests requests() {
        return requests;
    }

    LocalVectorTable table() {
        return table;
    }

    LocalPin lint0() {
        return lint0;
    }

    LocalPin lint1() {
        return lint1;
    }

    ProcessorSignals signals() {
        return signals;
    }

    ErrorStatus errors() {
        return errors;
    }

    ApicTimer timer() {
        return timer;
    }

    long base() {
        return base;
    }

    /** Sets IA32_APIC_BASE to a legal value; true if that enables or disables the APIC, so that registers are reset. */
    boolean setBase(long value) {
        boolean switched = ApicBase.EN.isSet(value ^ base);
        base = value;
        return switched;
    }

    boolean isEnabled() {
        return ApicBase.EN.isSet(base);
    }

    boolean isSoftwareEnabled() {
        return isEnabled() && (spiv & SOFTWARE_ENABLE) != 0;
    }

    int spiv() {
        return spiv;
    }

    /** Sets the spurious-interrupt vector register; disabling by software masks the local vector table. */
    void setSpiv(int value) {
        spiv = value;
        if (!isSoftwareEnabled()) {
            table.maskAll();
        }
    }

    void enableBySoftware() {
        setSpiv(spiv | SOFTWARE_ENABLE);
    }

    /** Writes an entry of the local vector table, whose mask bits are stuck while software has the APIC disabled. */
    void setEntry(ApicRegister entry, int value) {
        table.set(entry, isSoftwareEnabled() ? value : value | LocalVectorTable.MASKED);
        if (entry == ApicRegister.LVT_TIMER) {
            timer.setMode(ApicTimer.Mode.of(value));
        }
    }

    /**
     * Receives a message that is for this APIC. Raises {@link org.exitpoint.cpu.interruption.Interruption} for an SMI.
     * An APIC disabled by software takes signals but no interrupts; one disabled by IA32_APIC_BASE takes nothing.
     */
    void receive(InterruptMessage message) {
        if (!isEnabled()) {
            return;
        }
        switch (message.mode()) {
            case FIXED, LOWEST_PRIORITY -> {
                if (isSoftwareEnabled()) {
                    accept(message.vector(), message.level());
                }
            }
            case EXTINT -> {
                if (isSoftwareEnabled()) {
                    signals.setExternalMessage(true);
                }
            }
            case NMI -> signals.setNmi(true);
            case INIT -> signals.signalInit();
            case STARTUP -> signals.signalStartup(message.vector());
            case SMI -> throw new Interruption.NotImplemented("a system-management interrupt (SMI)");
            case RESERVED -> {
                // No message has this mode.
            }
        }
        update();
    }

    private void accept(int vector, boolean level) {
        if (vector < FIRST_LEGAL_VECTOR) {
            error(ErrorStatus.RECEIVE_ILLEGAL_VECTOR);
        } else {
            requests.accept(vector, level);
        }
    }

    void error(int error) {
        if (errors.detect(error)) {
            signalLocal(ApicRegister.LVT_ERROR);
            update();
        }
    }

    private void timerExpired() {
        signalLocal(ApicRegister.LVT_TIMER);
        update();
    }

    /** An event of the APIC's own, or an edge at a pin. What is requested by level is seen to in {@link #update}. */
    private void signalLocal(ApicRegister entry) {
        if (table.isMasked(entry)) {
            return;
        }
        int value = table.get(entry);
        switch (DeliveryMode.of(value)) {
            case FIXED -> {
                if (!LocalVectorTable.isLevelTriggered(entry, value)) {
                    accept(value & LocalVectorTable.VECTOR, false);
                }
            }
            case NMI -> signals.setNmi(true);
            case INIT -> signals.signalInit();
            case EXTINT, LOWEST_PRIORITY, SMI, STARTUP, RESERVED -> {
                // EXTINT is a level; the others no entry can have that is not masked, or none supports.
            }
        }
    }

    void drive(LocalPin pin, boolean high) {
        boolean wasHigh = pin.isHigh();
        boolean wasActive = pin.isActive();
        pin.set(high);
        if (isEnabled()) {
            if (!wasActive && pin.isActive()) {
                signalLocal(pin.entry());
            }
        } else if (pin == lint1 && high && !wasHigh) {
            signals.setNmi(true);
        }
        update();
    }

    private boolean asksForExternalVector() {
        return isEnabled() ? lint0.asksForExternalVector() || lint1.asksForExternalVector()
            || signals.isExternalMessagePending() : lint0.isHigh();
    }

    /** Draws the conclusions from any change of state. */
    void update() {
        if (isEnabled() && lint0.asksByLevel()) {
            table.setRemoteIrr(true);
            accept(table.get(ApicRegister.LVT_LINT0) & LocalVectorTable.VECTOR, true);
        }
        interruptPending = asksForExternalVector() || isEnabled() && requests.isDeliverable();
        connections.changed().run();
    }

    boolean isInterruptPending() {
        return interruptPending;
    }

    /**
     * Takes the vector of what is pending, an external controller's first. If what was pending has gone away meanwhile,
     * the answer is the spurious vector and nothing is in service.
     */
    int acknowledge() {
        int vector;
        if (!isEnabled() || asksForExternalVector()) {
            signals.setExternalMessage(false);
            vector = connections.externalController().getAsInt();
        } else {
            vector = requests.isDeliverable() ? requests.take() : spiv & SPURIOUS_VECTOR;
        }
        update();
        return vector;
    }

    /** Ends the service of the highest vector, and tells the I/O APICs if it was level-triggered. */
    void endOfInterrupt() {
        int vector = requests.endOfInterrupt();
        if (vector == VectorSet.NONE || !requests.level().contains(vector)) {
            return;
        }
        if ((table.get(ApicRegister.LVT_LINT0) & LocalVectorTable.VECTOR) == vector) {
            table.setRemoteIrr(false);
        }
        connections.interProcessor().endOfInterrupt(vector);
    }

    void reset() {
        requests.reset();
        table.reset();
        errors.reset();
        timer.reset();
        signals.setExternalMessage(false);
        spiv = RESET_SPIV;
    }

    void save(StateWriter out) {
        out.number("base", base);
        out.number("spiv", spiv);
        out.number("interruptPending", interruptPending ? 1 : 0);
        requests.save(out);
        table.save(out);
        lint0.save(out);
        lint1.save(out);
        signals.save(out);
        errors.save(out);
        timer.save(out);
    }

    void restore(StateReader in) {
        base = in.number("base");
        spiv = (int) in.number("spiv");
        interruptPending = in.number("interruptPending") != 0;
        requests.restore(in);
        table.restore(in);
        lint0.restore(in);
        lint1.restore(in);
        signals.restore(in);
        errors.restore(in);
        timer.restore(in);
        connections.changed().run();
    }
}
