/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

/** Predicates that many checks on controls share. */
final class ControlRules {
    private static final int LIST_ENTRY = 16;

    private ControlRules() {
    }

    /** A word's bits are as its capability MSR says, if the word counts. */
    static EntryPredicate allowedSettings(ControlWord word) {
        return entry -> {
            long value = entry.controls(word);
            long must = isActivated(entry, word) ? entry.capabilities().mustBe1(word) : 0;
            return (value & must) == must && (value & ~entry.capabilities().mayBe1(word)) == 0;
        };
    }

    private static boolean isActivated(EntryState entry, ControlWord word) {
        return switch (word) {
            case SECONDARY -> entry.has(VmxControl.ACTIVATE_SECONDARY_CONTROLS);
            case TERTIARY -> entry.has(VmxControl.ACTIVATE_TERTIARY_CONTROLS);
            case SECONDARY_EXIT -> entry.has(VmxControl.EXIT_ACTIVATE_SECONDARY_CONTROLS);
            default -> true;
        };
    }

    /** With a control 1, the low bits of a field are 0. */
    static EntryPredicate aligned(VmxControl control, VmcsField field, int bits) {
        return entry -> !entry.has(control) || isAligned(entry.get(field), bits);
    }

    /** With a control 1, a field is within the physical-address width. */
    static EntryPredicate physical(VmxControl control, VmcsField field) {
        return entry -> !entry.has(control) || entry.isPhysical(field);
    }

    /** One control is 1 only if another is. */
    static EntryPredicate implies(VmxControl control, VmxControl needed) {
        return entry -> !entry.has(control) || entry.has(needed);
    }

    static boolean isAligned(long address, int bits) {
        return (address & (1L << bits) - 1) == 0;
    }

    /** An MSR list that is not empty is aligned. */
    static EntryPredicate listAligned(VmcsField count, VmcsField address) {
        return entry -> entry.get(count) == 0 || isAligned(entry.get(address), 4);
    }

    /** An MSR list that is not empty begins within the physical-address width. */
    static EntryPredicate listPhysical(VmcsField count, VmcsField address) {
        return entry -> entry.get(count) == 0 || entry.isPhysical(address);
    }

    /** An MSR list that is not empty ends within the physical-address width. */
    static EntryPredicate listEndPhysical(VmcsField count, VmcsField address) {
        return entry -> {
            long entries = entry.get(count);
            return entries == 0 || entry.model().isPhysical(entry.get(address) + entries * LIST_ENTRY - 1);
        };
    }
}
