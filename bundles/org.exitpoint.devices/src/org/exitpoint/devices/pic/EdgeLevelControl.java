/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.pic;

import java.util.OptionalLong;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The edge/level control registers ELCR1 and ELCR2 of a PC chipset: a set bit makes an interrupt request
 * level-triggered. IRQ 0, 1, 2, 8 and 13 are always edge-triggered. The bits live in the controllers that they steer.
 */
public final class EdgeLevelControl implements Device {
    /** Registers of the device. */
    public static final int PORTS = 2;

    private static final int MASTER_WRITABLE = 0xF8;
    private static final int SLAVE_WRITABLE = 0xDE;

    private final String name;
    private final Pic8259 master;
    private final Pic8259 slave;

    EdgeLevelControl(String name, Pic8259 master, Pic8259 slave) {
        this.name = name;
        this.master = master;
        this.slave = slave;
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
    public long read(long offset, int bytes) {
        return (offset == 0 ? master : slave).levelTriggered();
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(read(offset, bytes));
    }

    @Override
    public void write(long offset, int bytes, long value) {
        if (offset == 0) {
            master.setLevelTriggered((int) value & MASTER_WRITABLE);
        } else {
            slave.setLevelTriggered((int) value & SLAVE_WRITABLE);
        }
    }

    @Override
    public void reset() {
        master.setLevelTriggered(0);
        slave.setLevelTriggered(0);
    }

    @Override
    public void save(StateWriter out) {
        // The controllers save the bits.
    }

    @Override
    public void restore(StateReader in) {
        // The controllers restore the bits.
    }
}
