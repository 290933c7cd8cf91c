/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/**
 * Connects the local APICs of a machine with each other and with its I/O APICs: chooses the destinations of messages.
 * The machine's thread only.
 */
public final class ApicBus implements InterProcessor {
    private final List<LocalApic> apics = new ArrayList<>();
    private final List<IntConsumer> ioApics = new ArrayList<>();

    /** Adds a local APIC; its ID must not be taken. */
    public void connect(LocalApic apic) {
        if (apics.stream().anyMatch(other -> other.id() == apic.id())) {
            throw new IllegalArgumentException("there is a local APIC " + apic.id() + " already");
        }
        apics.add(apic);
    }

    /** Adds an I/O APIC that wants to know the vectors of level-triggered interrupts whose service ended. */
    public void onEndOfInterrupt(IntConsumer ioApic) {
        ioApics.add(ioApic);
    }

    /** Delivers a message of an I/O APIC or a device to its destinations. */
    public void deliver(InterruptMessage message) {
        deliver(message, apic -> apic.isDestination(message));
    }

    @Override
    public void send(InterprocessorInterrupt interrupt) {
        InterruptMessage message = interrupt.message();
        boolean arbitrated = message.mode() == DeliveryMode.LOWEST_PRIORITY;
        deliver(message, apic -> (arbitrated || apic.id() != interrupt.source()) && apic.isDestination(interrupt));
    }

    @Override
    public void endOfInterrupt(int vector) {
        ioApics.forEach(ioApic -> ioApic.accept(vector));
    }

    private void deliver(InterruptMessage message, Predicate<LocalApic> isDestination) {
        if (message.mode() == DeliveryMode.LOWEST_PRIORITY) {
            arbitrate(message, isDestination);
            return;
        }
        for (LocalApic apic : apics) {
            if (isDestination.test(apic)) {
                apic.receive(message);
            }
        }
    }

    /** Of equal priorities the APIC connected first wins; the manual leaves that open. */
    private void arbitrate(InterruptMessage message, Predicate<LocalApic> isDestination) {
        LocalApic lowest = null;
        for (LocalApic apic : apics) {
            boolean candidate = apic.isSoftwareEnabled() && isDestination.test(apic);
            if (candidate && (lowest == null || apic.processorPriority() < lowest.processorPriority())) {
                lowest = apic;
            }
        }
        if (lowest != null) {
            lowest.receive(message);
        }
    }
}
