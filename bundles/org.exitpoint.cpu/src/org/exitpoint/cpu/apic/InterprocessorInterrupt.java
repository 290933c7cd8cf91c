/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;

/**
 * A command to send an interprocessor interrupt, as the interrupt command register holds it.
 *
 * @param source APIC ID of the sender
 * @param shorthand whom the message goes to
 * @param message the message; its destination counts for {@link Shorthand#NONE} only
 */
@Sdm(section = "12.6.1", title = "Interrupt Command Register (ICR)")
public record InterprocessorInterrupt(int source, Shorthand shorthand, InterruptMessage message) {
    private static final int VECTOR = 0xFF;
    private static final int LOGICAL = 1 << 11;
    private static final int ASSERT = 1 << 14;
    private static final int LEVEL_TRIGGERED = 1 << 15;
    private static final int SHORTHAND_SHIFT = 18;
    private static final int DESTINATION_SHIFT = 24;

    /** Destinations that need no address; in the order of the field's encodings. */
    public enum Shorthand {
        /** The destination field says it. */
        NONE,
        /** The sender. */
        SELF,
        /** All, the sender included. */
        ALL_INCLUDING_SELF,
        /** All but the sender. */
        ALL_EXCLUDING_SELF;

        private static final Shorthand[] SHORTHANDS = values();

        static Shorthand of(int low) {
            return SHORTHANDS[low >>> SHORTHAND_SHIFT & SHORTHANDS.length - 1];
        }
    }

    /**
     * Decodes the register. The trigger mode has no meaning for what present processors send: it is always edge.
     */
    static InterprocessorInterrupt decode(int source, int low, int high) {
        return new InterprocessorInterrupt(source, Shorthand.of(low), new InterruptMessage(DeliveryMode.of(low),
            low & VECTOR, false, (low & LOGICAL) != 0, high >>> DESTINATION_SHIFT));
    }

    /** Whether the register asks for an INIT level de-assert, which present processors do not send. */
    static boolean isLevelDeassert(int low) {
        return DeliveryMode.of(low) == DeliveryMode.INIT && (low & (ASSERT | LEVEL_TRIGGERED)) == LEVEL_TRIGGERED;
    }
}
