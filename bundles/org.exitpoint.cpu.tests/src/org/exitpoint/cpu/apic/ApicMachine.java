/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.ArrayList;
import java.util.List;

/** Local APICs on one bus, as their processors see them. */
final class ApicMachine {
    static final int NO_EXTERNAL_VECTOR = 0x77;
    static final int MASKED = 1 << 16;
    static final int EXTINT = 7 << 8;
    static final int NMI = 4 << 8;
    static final int FIXED_ASSERT = 1 << 14;
    static final int LOGICAL = 1 << 11;
    static final int LOWEST_PRIORITY = 1 << 8;
    static final int TO_SELF = 1 << 18;
    static final int TO_ALL = 2 << 18;
    static final int TO_OTHERS = 3 << 18;

    final HandClock clock = new HandClock();
    final ApicBus bus = new ApicBus();
    final List<Integer> ended = new ArrayList<>();
    final List<LocalApic> apics = new ArrayList<>();
    long tscOffset;
    int externalVector = NO_EXTERNAL_VECTOR;
    int externalAcknowledges;
    int changes;

    /** APICs with IDs from 0 on, in the state after reset. */
    ApicMachine(int count) {
        bus.onEndOfInterrupt(ended::add);
        for (int i = 0; i < count; i++) {
            LocalApic apic = create(i);
            apics.add(apic);
            bus.connect(apic);
        }
    }

    /** APICs that software has enabled, with the spurious vector 0xFF. */
    static ApicMachine enabled(int count) {
        ApicMachine machine = new ApicMachine(count);
        machine.apics.forEach(apic -> write(apic, ApicRegister.SPIV, 0x1FF));
        return machine;
    }

    LocalApic create(int id) {
        return new LocalApic(id, id == 0, 40,
            new ApicConnections(clock, () -> tscOffset, bus, this::acknowledgeExternal, () -> changes++));
    }

    private int acknowledgeExternal() {
        externalAcknowledges++;
        return externalVector;
    }

    LocalApic apic() {
        return apics.get(0);
    }

    static long read(LocalApic apic, ApicRegister register) {
        return apic.window().read(apic.address() + register.offset(), 4);
    }

    static void write(LocalApic apic, ApicRegister register, long value) {
        apic.window().write(apic.address() + register.offset(), 4, value);
    }

    long read(ApicRegister register) {
        return read(apic(), register);
    }

    void write(ApicRegister register, long value) {
        write(apic(), register, value);
    }

    /** A fixed, edge-triggered interrupt from a device. */
    void raise(int vector) {
        apic().receive(new InterruptMessage(DeliveryMode.FIXED, vector, false, false, 0));
    }

    /** A fixed, level-triggered interrupt from an I/O APIC. */
    void raiseLevel(int vector) {
        apic().receive(new InterruptMessage(DeliveryMode.FIXED, vector, true, false, 0));
    }

    void endOfInterrupt() {
        write(ApicRegister.EOI, 0);
    }

    /** Sends by the interrupt command register of the first APIC. */
    void command(int low, int destination) {
        write(ApicRegister.ICR_HIGH, (long) destination << 24);
        write(ApicRegister.ICR_LOW, low);
    }

    /** The vectors of a 256-bit register. */
    static List<Integer> vectors(LocalApic apic, ApicRegister register) {
        List<Integer> vectors = new ArrayList<>();
        for (int vector = 0; vector < 256; vector++) {
            long word = apic.window().read(apic.address() + register.offset() + 16 * (vector / 32), 4);
            if ((word >>> vector % 32 & 1) != 0) {
                vectors.add(vector);
            }
        }
        return vectors;
    }

    List<Integer> vectors(ApicRegister register) {
        return vectors(apic(), register);
    }
}
