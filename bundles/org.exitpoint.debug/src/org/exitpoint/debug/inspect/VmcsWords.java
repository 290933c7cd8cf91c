/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.ActivityState;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.EptPointer;
import org.exitpoint.arch.vmx.ExitQualification;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.InstructionInfo;
import org.exitpoint.arch.vmx.Interruptibility;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.PendingDebug;
import org.exitpoint.arch.vmx.SegmentFields;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

/** The values of VMCS fields in words, for fields that words exist for. */
public final class VmcsWords {
    private static final Map<VmcsField, LongFunction<String>> BY_FIELD = new EnumMap<>(VmcsField.class);

    static {
        bits(Cr0.values(), VmcsField.GUEST_CR0, VmcsField.HOST_CR0, VmcsField.CR0_GUEST_HOST_MASK,
                VmcsField.CR0_READ_SHADOW);
        bits(Cr4.values(), VmcsField.GUEST_CR4, VmcsField.HOST_CR4, VmcsField.CR4_GUEST_HOST_MASK,
                VmcsField.CR4_READ_SHADOW);
        bits(Efer.values(), VmcsField.GUEST_IA32_EFER, VmcsField.HOST_IA32_EFER);
        BY_FIELD.put(VmcsField.GUEST_RFLAGS, RegisterWords::rflags);
        bits(Dr7.values(), VmcsField.GUEST_DR7);
        bits(Interruptibility.values(), VmcsField.GUEST_INTERRUPTIBILITY_STATE);
        bits(PendingDebug.values(), VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS);
        bits(EptPointer.values(), VmcsField.EPT_POINTER);
        for (ControlWord word : ControlWord.values()) {
            BY_FIELD.put(word.field(), value -> controls(word, value));
        }
        for (SegmentRegister register : SegmentRegister.values()) {
            BY_FIELD.put(SegmentFields.of(register).accessRights(), AccessRights::inWords);
        }
        for (VmcsField field : List.of(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION,
                VmcsField.IDT_VECTORING_INFORMATION, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION)) {
            BY_FIELD.put(field, value -> InterruptionInfo.isValid(value) ? InterruptionInfo.decode(value).inWords()
                    : "not valid");
        }
        BY_FIELD.put(VmcsField.EXIT_REASON, VmcsWords::exitReason);
        BY_FIELD.put(VmcsField.GUEST_ACTIVITY_STATE, VmcsWords::activityState);
        BY_FIELD.put(VmcsField.EXCEPTION_BITMAP, VmcsWords::exceptions);
        BY_FIELD.put(VmcsField.VM_INSTRUCTION_ERROR, VmcsWords::instructionError);
    }

    private VmcsWords() {
    }

    /**
     * A field's value in words.
     *
     * @param field the field
     * @param vmcs reads a field of the same VMCS, as some are understood only together
     * @return words, or an empty string
     */
    public static String of(VmcsField field, ToLongFunction<VmcsField> vmcs) {
        long value = vmcs.applyAsLong(field);
        if (field == VmcsField.EXIT_QUALIFICATION || field == VmcsField.VM_EXIT_INSTRUCTION_INFORMATION) {
            ExitReason reason = ExitReason.ofField(vmcs.applyAsLong(VmcsField.EXIT_REASON));
            return reason == null ? ""
                    : field == VmcsField.EXIT_QUALIFICATION ? qualification(reason, vmcs) : information(reason, value);
        }
        LongFunction<String> words = BY_FIELD.get(field);
        return words == null ? "" : words.apply(value);
    }

    /**
     * The exit qualification in words.
     *
     * @param reason the exit reason
     * @param vmcs reads a field of the VMCS
     * @return words, or an empty string
     */
    public static String qualification(ExitReason reason, ToLongFunction<VmcsField> vmcs) {
        long value = vmcs.applyAsLong(VmcsField.EXIT_QUALIFICATION);
        long event = vmcs.applyAsLong(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION);
        return reason == ExitReason.EXCEPTION_OR_NMI && InterruptionInfo.isValid(event)
                ? ExitQualification.decode(InterruptionInfo.decode(event), value).inWords()
                : ExitQualification.decode(reason, value).inWords();
    }

    private static String information(ExitReason reason, long value) {
        InstructionInfo.Format format = InstructionInfo.Format.of(reason);
        return format == null ? "" : InstructionInfo.decode(format, value).inWords();
    }

    private static void bits(BitField[] fields, VmcsField... where) {
        for (VmcsField field : where) {
            BY_FIELD.put(field, value -> BitField.describe(fields, value));
        }
    }

    private static String controls(ControlWord word, long value) {
        List<String> names = new ArrayList<>(word.controls().stream().filter(control -> control.isSet(value))
                .map(VmxControl::title).toList());
        long unnamed = value & ~word.controls().stream().mapToLong(VmxControl::mask).reduce(0, (a, b) -> a | b);
        addUnnamed(names, "default1 bits", unnamed & word.default1());
        addUnnamed(names, "reserved bits", unnamed & ~word.default1());
        return String.join(", ", names);
    }

    private static void addUnnamed(List<String> names, String what, long bits) {
        if (bits != 0) {
            names.add(what + " 0x" + Long.toHexString(bits));
        }
    }

    private static String exitReason(long value) {
        ExitReason reason = ExitReason.ofField(value);
        return (reason == null ? "unknown reason" : reason.name())
                + (ExitReason.ENTRY_FAILURE.extract(value) == 0 ? "" : ", VM-entry failure");
    }

    private static String activityState(long value) {
        ActivityState state = ActivityState.ofNumber(value);
        return state == null ? "reserved" : state.name();
    }

    private static String exceptions(long value) {
        return Arrays.stream(ExceptionVector.values()).filter(vector -> (value >>> vector.vector() & 1) != 0)
                .map(vector -> "#" + vector.name()).collect(Collectors.joining(" "));
    }

    private static String instructionError(long value) {
        InstructionError error = InstructionError.ofNumber((int) value);
        return error == null ? "" : error.text();
    }
}
