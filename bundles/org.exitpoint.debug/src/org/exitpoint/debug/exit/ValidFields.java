/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.exit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.CrAccess;
import org.exitpoint.arch.vmx.EptViolation;
import org.exitpoint.arch.vmx.ExitQualification;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.IoInstruction;
import org.exitpoint.arch.vmx.VmcsField;

/**
 * Which exit-information fields an exit defined. The reason decides, but for some reasons a part of the exit's own
 * information decides further.
 */
@Sdm(section = "29.2", title = "Recording VM-Exit Information and Updating VM-Entry Control Fields")
final class ValidFields {
    private final ExitReason reason;
    private final ToLongFunction<VmcsField> vmcs;
    private final ExitQualification qualification;

    private ValidFields(ExitReason reason, ToLongFunction<VmcsField> vmcs) {
        this.reason = reason;
        this.vmcs = vmcs;
        this.qualification = ExitQualification.decode(reason, vmcs.applyAsLong(VmcsField.EXIT_QUALIFICATION));
    }

    /** The fields that are defined, but for the exit reason and the exit qualification. */
    static List<VmcsField> of(ExitReason reason, ToLongFunction<VmcsField> vmcs) {
        ValidFields exit = new ValidFields(reason, vmcs);
        List<VmcsField> fields = new ArrayList<>();
        for (ExitReason.Information information : reason.information()) {
            information.fields().stream().filter(exit::isDefined).forEach(fields::add);
        }
        if (isEvent(vmcs.applyAsLong(VmcsField.IDT_VECTORING_INFORMATION)) && !reason.isEntryFailure()) {
            fields.add(VmcsField.IDT_VECTORING_INFORMATION);
            if (hasErrorCode(vmcs.applyAsLong(VmcsField.IDT_VECTORING_INFORMATION))) {
                fields.add(VmcsField.IDT_VECTORING_ERROR_CODE);
            }
        }
        return fields;
    }

    private boolean isDefined(VmcsField field) {
        return switch (field) {
            case EXIT_QUALIFICATION -> false;
            case GUEST_LINEAR_ADDRESS -> hasLinearAddress();
            case VM_EXIT_INTERRUPTION_ERROR_CODE -> hasErrorCode(event());
            case VM_EXIT_INSTRUCTION_LENGTH -> hasLength();
            case VM_EXIT_INSTRUCTION_INFORMATION ->
                    !(qualification instanceof IoInstruction access) || access.string();
            default -> true;
        };
    }

    private boolean hasLinearAddress() {
        return switch (qualification) {
            case EptViolation violation -> violation.bits().contains(EptViolation.Bit.LINEAR_VALID);
            case IoInstruction access -> access.string();
            case CrAccess access -> access.lmswFromMemory();
            default -> true;
        };
    }

    /** Exceptions have a length if software raised them, EPT violations if they hit the delivery of such an event. */
    private boolean hasLength() {
        return switch (reason) {
            case EXCEPTION_OR_NMI -> isEvent(event()) && InterruptionInfo.decode(event()).type().isSoftware();
            case EPT_VIOLATION, APIC_ACCESS, TASK_SWITCH -> {
                long vectoring = vmcs.applyAsLong(VmcsField.IDT_VECTORING_INFORMATION);
                yield isEvent(vectoring) && InterruptionInfo.decode(vectoring).type().isSoftware();
            }
            default -> true;
        };
    }

    private long event() {
        return vmcs.applyAsLong(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION);
    }

    private static boolean isEvent(long information) {
        return InterruptionInfo.isValid(information);
    }

    private static boolean hasErrorCode(long information) {
        return isEvent(information) && InterruptionInfo.decode(information).errorCode();
    }
}
