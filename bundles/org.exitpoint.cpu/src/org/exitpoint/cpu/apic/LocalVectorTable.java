/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.Arrays;

import org.exitpoint.arch.Sdm;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** The local vector table: what the APIC's own interrupt sources do. */
@Sdm(section = "12.5.1", title = "Local Vector Table")
final class LocalVectorTable {
    static final int VECTOR = 0xFF;
    /** In the entries of LINT0 and LINT1: the pin is active when low. */
    static final int ACTIVE_LOW = 1 << 13;
    /** In the entry of LINT0: a level-triggered interrupt is accepted and its service has not ended. */
    static final int REMOTE_IRR = 1 << 14;
    static final int LEVEL_TRIGGERED = 1 << 15;
    static final int MASKED = 1 << 16;

    private static final ApicRegister FIRST = ApicRegister.LVT_TIMER;
    private static final int ENTRIES = ApicRegister.LVT_ERROR.ordinal() - FIRST.ordinal() + 1;

    private final int[] entries = new int[ENTRIES];

    LocalVectorTable() {
        reset();
    }

    /** Number of the last entry, as the version register tells it. */
    static int lastEntry() {
        return ENTRIES - 1;
    }

    void reset() {
        Arrays.fill(entries, MASKED);
    }

    private static int index(ApicRegister entry) {
        return entry.ordinal() - FIRST.ordinal();
    }

    int get(ApicRegister entry) {
        return entries[index(entry)];
    }

    boolean isMasked(ApicRegister entry) {
        return (get(entry) & MASKED) != 0;
    }

    /** Writes an entry; raises {@link Interruption} if it would let SMIs through. */
    void set(ApicRegister entry, int value) {
        boolean hasMode = entry != ApicRegister.LVT_TIMER && entry != ApicRegister.LVT_ERROR;
        if (hasMode && DeliveryMode.of(value) == DeliveryMode.SMI && (value & MASKED) == 0) {
            throw new Interruption.NotImplemented("SMI as delivery mode of the APIC register " + entry);
        }
        int kept = get(entry) & ~entry.writable();
        boolean keepsRemoteIrr = hasMode && isLevelTriggered(entry, value);
        entries[index(entry)] = value & entry.writable() | (keepsRemoteIrr ? kept : kept & ~REMOTE_IRR);
    }

    /** Only the mode "fixed" of LINT0 can be level-triggered; the bit is ignored in others, and in LINT1. */
    static boolean isLevelTriggered(ApicRegister entry, int value) {
        return entry == ApicRegister.LVT_LINT0 && DeliveryMode.of(value) == DeliveryMode.FIXED
            && (value & LEVEL_TRIGGERED) != 0;
    }

    void setRemoteIrr(boolean accepted) {
        int index = index(ApicRegister.LVT_LINT0);
        entries[index] = accepted ? entries[index] | REMOTE_IRR : entries[index] & ~REMOTE_IRR;
    }

    /** Masks all entries, as disabling the APIC by software does. */
    void maskAll() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] |= MASKED;
        }
    }

    void save(StateWriter out) {
        for (int i = 0; i < entries.length; i++) {
            out.number("lvt" + i, entries[i]);
        }
    }

    void restore(StateReader in) {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (int) in.number("lvt" + i);
        }
    }
}
