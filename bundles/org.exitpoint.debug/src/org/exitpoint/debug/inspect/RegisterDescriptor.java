/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.context.GuestRecord;

/**
 * A register that people see, and where its value stands in each of the three places where a context's state can be.
 *
 * @param name the manual's name
 * @param group which group shows it
 * @param bits its size
 * @param slot where the processor's state has it
 * @param guest the guest-state field that holds it while the guest does not run, or null
 * @param host the host-state field from which a VM exit loads it, or null
 * @param saved what is kept of it at a VM exit because no field holds it, or null
 * @param words its value in words
 */
record RegisterDescriptor(String name, Group group, int bits, StateSlot slot, VmcsField guest, VmcsField host,
        GuestRecord.SavedRegister saved, LongFunction<String> words) {
    /** How registers are grouped. */
    enum Group {
        GENERAL("General"), CONTROL("Control"), SEGMENTS("Segments"), DEBUG("Debug");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** The register's value in a context. */
    OptionalLong slotIn(ContextState context) {
        return context.get(this);
    }

    long mask() {
        return -1L >>> Long.SIZE - bits;
    }
}
