/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

/**
 * A message to the local APICs of a machine: an interprocessor interrupt, or what an I/O APIC or a device sends.
 *
 * @param mode what it does at its destination
 * @param vector 0 to 255
 * @param level whether the interrupt is level-triggered, so that its end is told to the I/O APICs
 * @param logical whether the destination is a logical one
 * @param destination 0 to 255: an APIC ID, a message destination address, or {@link #BROADCAST}
 */
public record InterruptMessage(DeliveryMode mode, int vector, boolean level, boolean logical, int destination) {
    /** The destination that means all local APICs, physical or logical. */
    public static final int BROADCAST = 0xFF;
}
