/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.exit;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitKey;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.inspect.CheckFailure;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.debug.context.GuestRecord.SavedRegister;
import org.exitpoint.debug.inspect.CodeReader;
import org.exitpoint.debug.inspect.VmcsReader;
import org.exitpoint.debug.inspect.VmcsWords;

/** Decodes the last exit of a guest, whose VMCS still describes it. Machine's thread only. */
public final class ExitDecoder {
    private final VmcsReader vmcs;
    private final CodeReader code;

    /** A decoder of exits. */
    public ExitDecoder(VmcsReader vmcs, CodeReader code) {
        this.vmcs = vmcs;
        this.code = code;
    }

    /** Reads fields of a guest's VMCS. */
    public ToLongFunction<VmcsField> fields(GuestRecord guest) {
        return vmcs.fields(guest.id());
    }

    /** Reason and attributes of the exit, or null if the manual does not know the reason. */
    public ExitKey key(GuestRecord guest) {
        ToLongFunction<VmcsField> fields = fields(guest);
        return ExitKey.of(fields, register -> register == GeneralRegister.RSP
                ? fields.applyAsLong(VmcsField.GUEST_RSP) : guest.saved(SavedRegister.valueOf(register.name())));
    }

    /** The exit, decoded. */
    public ExitInformation decode(GuestRecord guest, int vcpu) {
        ToLongFunction<VmcsField> fields = fields(guest);
        ExitKey key = key(guest);
        List<VmcsFieldValue> further = key == null ? List.of()
                : vmcs.read(guest, ValidFields.of(key.reason(), fields));
        return new ExitInformation(guest.id(), vcpu, guest.exitSteps().orElse(0),
                fields.applyAsLong(VmcsField.EXIT_REASON), Optional.ofNullable(key),
                fields.applyAsLong(VmcsField.EXIT_QUALIFICATION), words(key, fields),
                fields.applyAsLong(VmcsField.GUEST_RIP), instruction(guest), further);
    }

    private Optional<InstructionText> instruction(GuestRecord guest) {
        return code.next(guest.id());
    }

    private static String words(ExitKey key, ToLongFunction<VmcsField> fields) {
        if (key == null) {
            return "";
        }
        String qualification = VmcsWords.qualification(key.reason(), fields);
        long event = fields.applyAsLong(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION);
        boolean hasEvent = key.reason().information().contains(ExitReason.Information.INTERRUPTION_INFORMATION)
                && InterruptionInfo.isValid(event);
        String what = hasEvent ? InterruptionInfo.decode(event).inWords() : "";
        return what.isEmpty() || qualification.isEmpty() ? what + qualification : what + ", " + qualification;
    }

    /** Checks that a VM entry failed, with the fields that they look at. */
    public List<CheckFailure> failures(GuestRecord guest, List<? extends EntryCheckDescriptor> checks) {
        return checks.stream().map(check -> new CheckFailure(check, vmcs.read(guest, check.reads()))).toList();
    }
}
