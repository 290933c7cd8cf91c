/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.OptionalLong;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.ApicBase;
import org.exitpoint.cpu.core.LocalInterrupts;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LocalWindow;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.InterruptLine;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The local APIC of one processor, in xAPIC mode. Messages arrive and are accepted at once, so that delivery status
 * always reads as idle. x2APIC mode, corrected-machine-check interrupts and suppression of EOI broadcasts are not
 * there, and the registers say so. The machine's thread only.
 */
@Sdm(section = "12.4", title = "Local APIC")
public final class LocalApic implements LocalInterrupts, Device {
    /** Size of the registers in bytes. */
    public static final int PAGE_BYTES = 0x1000;
    /** Physical address of the registers after reset. */
    public static final long DEFAULT_ADDRESS = 0xFEE0_0000L;

    private final long resetBase;
    private final long reservedInBase;
    private final LocalWindow window = new ApicWindow(this);
    private final InterruptUnit unit;
    private final ApicRegisters registers;

    /**
     * An APIC after power-on.
     *
     * @param id its ID, 0 to 254
     * @param bootstrap whether its processor is the bootstrap processor
     * @param physicalAddressBits MAXPHYADDR, 32 to 52
     * @param connections what it is connected to
     */
    public LocalApic(int id, boolean bootstrap, int physicalAddressBits, ApicConnections connections) {
        if (id < 0 || id >= InterruptMessage.BROADCAST) {
            throw new IllegalArgumentException("no APIC ID: " + id);
        }
        long address = ApicBase.BASE.mask() & new BitRange(0, physicalAddressBits - 1).mask();
        reservedInBase = ~(address | BitField.maskOf(ApicBase.BSP, ApicBase.EN));
        resetBase = DEFAULT_ADDRESS | ApicBase.EN.mask() | (bootstrap ? ApicBase.BSP.mask() : 0);
        unit = new InterruptUnit(name(id), resetBase, connections);
        registers = new ApicRegisters(id, unit, connections.interProcessor());
    }

    private static String name(int id) {
        return "lapic" + id;
    }

    @Override
    public String name() {
        return name(id());
    }

    /** The APIC ID, 0 to 254. */
    public int id() {
        return registers.id();
    }

    /** The registers as the APIC's own processor reaches them. */
    public LocalWindow window() {
        return window;
    }

    /** The pin LINT0, which on a PC carries INTR of the external controller. */
    public InterruptLine lint0() {
        return high -> unit.drive(unit.lint0(), high);
    }

    /** The pin LINT1, which on a PC carries NMI. */
    public InterruptLine lint1() {
        return high -> unit.drive(unit.lint1(), high);
    }

    /** Whether IA32_APIC_BASE enables the APIC; if not, the processor is like one without. */
    public boolean isEnabled() {
        return unit.isEnabled();
    }

    /** Physical address of the registers. */
    public long address() {
        return base() & ApicBase.BASE.mask();
    }

    /** Whether the APIC is enabled, by software too. */
    public boolean isSoftwareEnabled() {
        return unit.isSoftwareEnabled();
    }

    /** The processor priority, 0 to 255. */
    public int processorPriority() {
        return unit.requests().processorPriority();
    }

    /** Whether INIT or a start-up IPI waits. */
    public boolean isInitOrStartupPending() {
        return unit.signals().isInitOrStartupPending();
    }

    /**
     * Programs what a PC's firmware leaves on the bootstrap processor for systems that know the 8259A only: "virtual
     * wire mode", in which LINT0 is INTR and LINT1 is NMI.
     */
    public void enterVirtualWireMode() {
        unit.enableBySoftware();
        unit.setEntry(ApicRegister.LVT_LINT0, DeliveryMode.EXTINT.inRegister());
        unit.setEntry(ApicRegister.LVT_LINT1, DeliveryMode.NMI.inRegister());
        unit.update();
    }

    @Override
    public void timeStampCounterChanged() {
        unit.timer().followTsc();
    }

    /** Whether the destination of a message is, or includes, this APIC. */
    public boolean isDestination(InterruptMessage message) {
        return registers.isDestination(message);
    }

    /** Whether the destination of an interprocessor interrupt is, or includes, this APIC. */
    boolean isDestination(InterprocessorInterrupt interrupt) {
        return registers.isDestination(interrupt);
    }

    /**
     * Receives a message that is for this APIC. Raises {@link org.exitpoint.cpu.interruption.Interruption} for an SMI,
     * which is not implemented. An APIC disabled by software takes signals but no interrupts; one disabled by
     * IA32_APIC_BASE takes nothing.
     */
    public void receive(InterruptMessage message) {
        unit.receive(message);
    }

    @Override
    public boolean isInterruptPending() {
        return unit.isInterruptPending();
    }

    /**
     * {@inheritDoc} The request of an external controller comes first. If what was pending has gone away meanwhile, the
     * answer is the spurious vector and nothing is in service.
     */
    @Override
    public int acknowledge() {
        return unit.acknowledge();
    }

    @Override
    public boolean isNmiPending() {
        return unit.signals().isNmiPending();
    }

    @Override
    public void acknowledgeNmi() {
        unit.signals().setNmi(false);
        unit.update();
    }

    @Override
    public boolean takeInit() {
        boolean taken = unit.signals().takeInit();
        unit.update();
        return taken;
    }

    @Override
    public int takeStartup() {
        int vector = unit.signals().takeStartup();
        unit.update();
        return vector;
    }

    @Override
    public int taskPriorityClass() {
        return unit.requests().taskPriorityClass();
    }

    @Override
    public void setTaskPriorityClass(int priorityClass) {
        unit.requests().setTaskPriorityClass(priorityClass);
        unit.update();
    }

    @Override
    public long base() {
        return unit.base();
    }

    /** {@inheritDoc} Disabling loses the state of all registers; enabling again finds them as after power-on. */
    @Override
    public void setBase(long value) {
        if ((value & reservedInBase) != 0) {
            throw Faults.generalProtection();
        }
        if (unit.setBase(value)) {
            registers.reset();
            unit.update();
        }
    }

    @Override
    public long tscDeadline() {
        return unit.timer().tscDeadline();
    }

    @Override
    public void setTscDeadline(long value) {
        unit.timer().setTscDeadline(value);
    }

    @Override
    public long read(long offset, int bytes) {
        return registers.read((int) offset, bytes);
    }

    /** {@inheritDoc} Raises {@link org.exitpoint.cpu.interruption.Interruption} for what is not implemented: SMIs. */
    @Override
    public void write(long offset, int bytes, long value) {
        registers.write((int) offset, bytes, value);
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(registers.peek((int) offset, bytes));
    }

    /** Puts the APIC in its state after power-on; the levels of its pins belong to those who drive them and stay. */
    @Override
    public void reset() {
        unit.setBase(resetBase);
        unit.signals().reset();
        registers.reset();
        unit.update();
    }

    @Override
    public void save(StateWriter out) {
        registers.save(out);
        unit.save(out);
    }

    @Override
    public void restore(StateReader in) {
        registers.restore(in);
        unit.restore(in);
    }
}
