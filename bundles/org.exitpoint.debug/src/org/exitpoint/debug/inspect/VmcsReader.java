/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.FieldWriter;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.machine.PhysicalMemory;

/** Reads VMCSs from their regions in memory. Machine's thread only. */
public final class VmcsReader {
    private final MachineControl machine;

    /** A reader of a machine's VMCSs. */
    public VmcsReader(MachineControl machine) {
        this.machine = machine;
    }

    /** A function that reads fields of a VMCS. */
    public ToLongFunction<VmcsField> fields(ContextId.Guest guest) {
        PhysicalMemory memory = machine.processors().getFirst().physical();
        return field -> memory.read(guest.vmcsHpa() + field.offset(), Long.BYTES) & field.width().mask();
    }

    /** All fields that the processor has. */
    public List<VmcsFieldValue> all(GuestRecord guest) {
        return read(guest, Arrays.stream(VmcsField.values()).filter(machine.vmx()::exists).toList());
    }

    /** Some fields. */
    public List<VmcsFieldValue> read(GuestRecord guest, List<VmcsField> wanted) {
        ToLongFunction<VmcsField> vmcs = fields(guest.id());
        return wanted.stream().map(field -> new VmcsFieldValue(field, vmcs.applyAsLong(field),
                VmcsWords.of(field, vmcs), guest.previous(field), writer(guest, field))).toList();
    }

    private Optional<FieldWriter> writer(GuestRecord guest, VmcsField field) {
        // VMWRITE without exit is possible in root operation only; with one processor it is clear in which.
        Optional<ContextId> context = machine.processors().size() == 1 ? Optional.of(new ContextId.Root(0))
                : Optional.empty();
        return machine.vmx().lastWriter(guest.id().vmcsHpa(), field)
                .map(writer -> new FieldWriter(context, writer.rip(), writer.steps()));
    }
}
