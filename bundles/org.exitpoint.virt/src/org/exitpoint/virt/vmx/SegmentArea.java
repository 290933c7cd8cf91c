/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.SegmentFields;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** Segment and descriptor-table registers between the guest-state area and the processor, hidden parts included. */
final class SegmentArea {
    private static final SegmentFields[] FIELDS = fields();

    private SegmentArea() {
    }

    private static SegmentFields[] fields() {
        SegmentRegister[] registers = SegmentRegister.values();
        SegmentFields[] fields = new SegmentFields[registers.length];
        for (SegmentRegister register : registers) {
            fields[register.number()] = SegmentFields.of(register);
        }
        return fields;
    }

    /** Loads ES to TR, GDTR and IDTR. */
    static void load(Vmcs vmcs, GuestState state) {
        for (int number = 0; number < FIELDS.length; number++) {
            SegmentFields fields = FIELDS[number];
            state.setSegment(number, (int) vmcs.get(fields.selector()), vmcs.get(fields.base()),
                    vmcs.get(fields.limit()), (int) vmcs.get(fields.accessRights()));
        }
        loadTable(state, GuestState.GDTR, vmcs.get(VmcsField.GUEST_GDTR_BASE),
                vmcs.get(VmcsField.GUEST_GDTR_LIMIT));
        loadTable(state, GuestState.IDTR, vmcs.get(VmcsField.GUEST_IDTR_BASE),
                vmcs.get(VmcsField.GUEST_IDTR_LIMIT));
    }

    /** Sets GDTR or IDTR. */
    static void loadTable(GuestState state, int register, long base, long limit) {
        state.set(register, base);
        state.set16(register + Long.BYTES, (int) limit);
    }

    /** Saves ES to TR, GDTR and IDTR. */
    static void save(Vmcs vmcs, GuestState state) {
        for (int number = 0; number < FIELDS.length; number++) {
            SegmentFields fields = FIELDS[number];
            vmcs.set(fields.selector(), state.selector(number));
            vmcs.set(fields.base(), state.segmentBase(number));
            vmcs.set(fields.limit(), state.segmentLimit(number));
            vmcs.set32(fields.accessRights(), state.segmentRights(number));
        }
        vmcs.set(VmcsField.GUEST_GDTR_BASE, state.get(GuestState.GDTR));
        vmcs.set(VmcsField.GUEST_GDTR_LIMIT, state.get16(GuestState.GDTR + Long.BYTES));
        vmcs.set(VmcsField.GUEST_IDTR_BASE, state.get(GuestState.IDTR));
        vmcs.set(VmcsField.GUEST_IDTR_LIMIT, state.get16(GuestState.IDTR + Long.BYTES));
    }
}
