/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.exitpoint.devices.exit.DebugExit;
import org.exitpoint.devices.exit.ShutdownPort;
import org.exitpoint.devices.pic.EdgeLevelControl;
import org.exitpoint.devices.pic.Pic8259;
import org.exitpoint.devices.pic.Pic8259Pair;
import org.exitpoint.devices.uart.SerialSink;
import org.exitpoint.devices.uart.Uart16550;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.InterruptLine;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.bus.BoardBus;
import org.exitpoint.platform.clock.HostInputLog;
import org.exitpoint.platform.clock.MachineClock;
import org.exitpoint.platform.memory.RamLayout;
import org.exitpoint.platform.snapshot.MemoryState;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;

/**
 * The board of a PC without its processors: memory, bus, clock, host input and devices. Processors are connected to it
 * by whoever makes the machine.
 *
 * <p>Machine's thread only, but for offering host input.
 */
public final class PcBoard implements DeviceSlots {
    /** Host-input channel and device name of the first serial port. */
    public static final String SERIAL = "uart0";

    private static final int SERIAL_PORT = 0x3F8;
    private static final int SERIAL_PORTS = 8;
    private static final int SERIAL_IRQ = 4;
    private static final int MASTER_PIC_PORT = 0x20;
    private static final int SLAVE_PIC_PORT = 0xA0;
    private static final int ELCR_PORT = 0x4D0;
    private static final int DEBUG_EXIT_PORT = 0xF4;
    private static final int SHUTDOWN_PORT = 0x8900;

    private final PhysicalMemory memory;
    private final MemoryState memoryState;
    private final BoardBus bus = new BoardBus();
    private final MachineClock clock = new MachineClock();
    private final HostInputLog input = new HostInputLog(clock);
    private final List<Device> devices = new ArrayList<>();
    private final Pic8259Pair interruptControllers;
    private InterruptLine intr = _ -> { };

    /**
     * A board after power-on.
     *
     * @param memory the memory, still without RAM, that spans at least the layout
     * @param ram where RAM is
     * @param serial takes what the guest sends through the first serial port
     * @param stopRequest told, within the instruction that does it, that the guest ends the run
     * @param providers who adds devices to those of every board
     */
    public PcBoard(PhysicalMemory memory, RamLayout ram, SerialSink serial, Consumer<Stop> stopRequest,
            List<DeviceProvider> providers) {
        this.memory = memory;
        memoryState = new MemoryState(memory, ram);
        ram.addTo(memory);
        interruptControllers = new Pic8259Pair(asserted -> intr.set(asserted));
        plugInterruptControllers();
        plugSerialPort(serial);
        plugExits(stopRequest);
        providers.forEach(provider -> provider.addDevices(this));
    }

    private void plugInterruptControllers() {
        plugAt(MASTER_PIC_PORT, Pic8259.PORTS, interruptControllers.master());
        plugAt(SLAVE_PIC_PORT, Pic8259.PORTS, interruptControllers.slave());
        plugAt(ELCR_PORT, EdgeLevelControl.PORTS, interruptControllers.edgeLevelControl());
    }

    private void plugSerialPort(SerialSink serial) {
        Uart16550 uart = new Uart16550(SERIAL, serial, interruptRequest(SERIAL_IRQ));
        plugAt(SERIAL_PORT, SERIAL_PORTS, uart);
        input.receiver(SERIAL, uart);
    }

    private void plugExits(Consumer<Stop> stopRequest) {
        plugAt(DEBUG_EXIT_PORT, DebugExit.PORTS,
                new DebugExit("debug-exit", value -> stopRequest.accept(new Stop.GuestExit(value))));
        plugAt(SHUTDOWN_PORT, 1,
                new ShutdownPort("shutdown-port", () -> stopRequest.accept(new Stop.PowerOff())));
    }

    private void plugAt(int port, int count, Device device) {
        plug(device);
        bus.mapPorts(port, count, device);
    }

    @Override
    public void plug(Device device) {
        if (devices.stream().anyMatch(other -> other.name().equals(device.name()))) {
            throw new IllegalArgumentException("there is a device " + device.name() + " already");
        }
        devices.add(device);
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public MachineClock clock() {
        return clock;
    }

    @Override
    public HostInputLog input() {
        return input;
    }

    @Override
    public PhysicalMemory memory() {
        return memory;
    }

    @Override
    public InterruptLine interruptRequest(int irq) {
        return interruptControllers.request(irq);
    }

    /** The devices, in the order in which they were plugged. */
    public List<Device> devices() {
        return Collections.unmodifiableList(devices);
    }

    /** Connects the INTR line to the processor that takes it, at its present level. */
    public void connectIntr(InterruptLine line) {
        intr = line;
        line.set(interruptControllers.requests());
    }

    /** The processor's interrupt-acknowledge cycle: the vector of the request that is now in service. */
    public int acknowledgeInterrupt() {
        return interruptControllers.acknowledge();
    }

    /** Resets every device; memory and time go on. */
    public void reset() {
        devices.forEach(Device::reset);
    }

    /** Writes time, memory and every device. */
    public void save(SnapshotWriter out) {
        out.component("clock");
        clock.save(out);
        out.component("input");
        input.save(out);
        out.component("memory");
        memoryState.save(out);
        for (Device device : devices) {
            out.component(device.name());
            device.save(out);
        }
    }

    /** Reads what {@link #save} wrote on a board with the same memory and devices. */
    public void restore(SnapshotReader in) {
        in.component("clock");
        clock.restore(in);
        in.component("input");
        input.restore(in);
        in.component("memory");
        memoryState.restore(in);
        for (Device device : devices) {
            in.component(device.name());
            device.restore(in);
        }
        intr.set(interruptControllers.requests());
    }
}
