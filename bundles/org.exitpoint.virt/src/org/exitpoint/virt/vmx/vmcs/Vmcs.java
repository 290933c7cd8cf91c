/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.vmcs;

import java.util.Arrays;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;

/**
 * The fields of a VMCS in its region of guest memory. Reads go straight to host memory, which is safe because the
 * region is known to be RAM; writes pass the funnel of physical memory. The machine's thread only; allocates nothing.
 */
public final class Vmcs {
    private static final long[] MASKS = Arrays.stream(VmcsField.values()).mapToLong(f -> f.width().mask()).toArray();

    private final PhysicalMemory memory;
    private final VmcsRecord identity;
    private final long host;

    /** The VMCS whose region, which must be RAM or ROM, is where the record says. */
    public Vmcs(PhysicalMemory memory, VmcsRecord identity) {
        this.memory = memory;
        this.identity = identity;
        this.host = memory.base() + identity.address();
    }

    /** What is known of the VMCS besides its fields. */
    public VmcsRecord identity() {
        return identity;
    }

    /** Host-physical address of the region. */
    public long address() {
        return identity.address();
    }

    /** A field's value, zero-extended. */
    public long get(VmcsField field) {
        return HostMemory.getLong(host + field.offset()) & MASKS[field.ordinal()];
    }

    /** Sets a field; bits beyond its width must be 0. */
    public void set(VmcsField field, long value) {
        memory.write(identity.address() + field.offset(), Long.BYTES, value);
    }

    /** Sets bits 31:0 of a field and clears the rest. */
    public void set32(VmcsField field, long value) {
        set(field, value & 0xFFFF_FFFFL);
    }

    /** Whether a bit of a field is 1. */
    public boolean isSet(VmcsField field, BitField bit) {
        return (get(field) & bit.mask()) != 0;
    }

    /** A control word as it counts: 0 if a word above it does not activate it. */
    public long controls(ControlWord word) {
        boolean counts = switch (word) {
            case SECONDARY -> has(VmxControl.ACTIVATE_SECONDARY_CONTROLS);
            case TERTIARY -> has(VmxControl.ACTIVATE_TERTIARY_CONTROLS);
            case SECONDARY_EXIT -> has(VmxControl.EXIT_ACTIVATE_SECONDARY_CONTROLS);
            default -> true;
        };
        return counts ? get(word.field()) : 0;
    }

    /** Whether a control is 1, and the word that it belongs to counts. */
    public boolean has(VmxControl control) {
        return (controls(control.word()) & control.mask()) != 0;
    }
}
