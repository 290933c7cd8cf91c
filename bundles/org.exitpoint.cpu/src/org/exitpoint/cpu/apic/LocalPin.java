/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** One of the pins LINT0 and LINT1: its level, and what the pin's entry in the local vector table makes of it. */
final class LocalPin {
    private final ApicRegister entry;
    private final LocalVectorTable table;
    private boolean high;

    LocalPin(ApicRegister entry, LocalVectorTable table) {
        this.entry = entry;
        this.table = table;
    }

    ApicRegister entry() {
        return entry;
    }

    boolean isHigh() {
        return high;
    }

    void set(boolean newHigh) {
        high = newHigh;
    }

    boolean isActive() {
        return high != ((table.get(entry) & LocalVectorTable.ACTIVE_LOW) != 0);
    }

    /** Whether the pin carries the request of an external controller; such a request is a level. */
    boolean asksForExternalVector() {
        return isActive() && !table.isMasked(entry) && DeliveryMode.of(table.get(entry)) == DeliveryMode.EXTINT;
    }

    /** Whether the pin asks, by its level, for a fixed interrupt that is not yet accepted. */
    boolean asksByLevel() {
        int value = table.get(entry);
        return isActive() && !table.isMasked(entry) && LocalVectorTable.isLevelTriggered(entry, value)
            && (value & LocalVectorTable.REMOTE_IRR) == 0;
    }

    void save(StateWriter out) {
        out.number(entry.name(), high ? 1 : 0);
    }

    void restore(StateReader in) {
        high = in.number(entry.name()) != 0;
    }
}
