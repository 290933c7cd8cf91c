/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.pic;

import org.exitpoint.machine.InterruptLine;

/**
 * Master and slave 8259A as a PC wires them: the slave's INT drives the master's IR2, so that the pair takes IRQ 0 to
 * 15 less IRQ 2 and gives one INTR line to the processor.
 *
 * <p>The pair keeps no state of its own; its chips and its edge/level control register are devices.
 */
public final class Pic8259Pair {
    /** Interrupt requests of the pair, the cascade's own included. */
    public static final int REQUESTS = 2 * Pic8259.INPUTS;
    /** The master's input that the slave is wired to. */
    public static final int CASCADE = 2;

    private final Pic8259 master;
    private final Pic8259 slave;
    private final EdgeLevelControl edgeLevelControl;

    /** A pair after reset. The names of its devices are {@code pic0}, {@code pic1} and {@code elcr}. */
    public Pic8259Pair(InterruptLine intr) {
        master = new Pic8259("pic0", 1 << CASCADE, intr);
        slave = new Pic8259("pic1", 0, asserted -> master.setInput(CASCADE, asserted));
        edgeLevelControl = new EdgeLevelControl("elcr", master, slave);
    }

    /** The controller of IRQ 0 to 7, at ports 0x20 and 0x21 of a PC. */
    public Pic8259 master() {
        return master;
    }

    /** The controller of IRQ 8 to 15, at ports 0xA0 and 0xA1 of a PC. */
    public Pic8259 slave() {
        return slave;
    }

    /** The edge/level control registers, at ports 0x4D0 and 0x4D1 of a PC. */
    public EdgeLevelControl edgeLevelControl() {
        return edgeLevelControl;
    }

    /** The line of interrupt request {@code irq}, 0 to 15 but not 2. */
    public InterruptLine request(int irq) {
        if (irq < 0 || irq >= REQUESTS || irq == CASCADE) {
            throw new IllegalArgumentException("no interrupt request " + irq);
        }
        Pic8259 chip = irq < Pic8259.INPUTS ? master : slave;
        int input = irq % Pic8259.INPUTS;
        return asserted -> chip.setInput(input, asserted);
    }

    /** Whether INTR is asserted: a request waits to be acknowledged. */
    public boolean requests() {
        return master.requestsInterrupt();
    }

    /** The processor's interrupt-acknowledge cycle: the vector of the request that is now in service. */
    public int acknowledge() {
        boolean cascaded = master.highestRequest() == CASCADE;
        int vector = master.acknowledge();
        return cascaded ? slave.acknowledge() : vector;
    }
}
