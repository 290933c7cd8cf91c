/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.InterruptionInfo.Type;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxBasic;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.arch.vmx.VmxMisc;

import static org.exitpoint.virt.vmx.check.ControlRules.allowedSettings;
import static org.exitpoint.virt.vmx.check.ControlRules.listAligned;
import static org.exitpoint.virt.vmx.check.ControlRules.listEndPhysical;
import static org.exitpoint.virt.vmx.check.ControlRules.listPhysical;

/** Checks on VM-entry control fields. */
@Sdm(section = "28.2.1.3", title = "VM-Entry Control Fields")
final class EntryControlChecks {
    private static final int LAST_EXCEPTION = 31;
    private static final int LONGEST_INSTRUCTION = 15;
    private static final long INFORMATION_RESERVED = new BitRange(12, 30).mask();
    private static final long ERROR_CODE_RESERVED = new BitRange(16, 31).mask();

    private EntryControlChecks() {
    }

    static void bind(PredicateTable table) {
        table.bind(ControlCheck.ENTRY_RESERVED_BITS, allowedSettings(ControlWord.ENTRY));
        event(table);
        errorCode(table);
        VmcsField count = VmcsField.VM_ENTRY_MSR_LOAD_COUNT;
        VmcsField address = VmcsField.VM_ENTRY_MSR_LOAD_ADDRESS;
        table.bind(ControlCheck.ENTRY_MSR_LOAD_ALIGNMENT, listAligned(count, address));
        table.bind(ControlCheck.ENTRY_MSR_LOAD_WIDTH, listPhysical(count, address));
        table.bind(ControlCheck.ENTRY_MSR_LOAD_LAST_BYTE, listEndPhysical(count, address));
        // The machine has no SMM: all entries are from outside.
        table.bind(ControlCheck.ENTRY_TO_SMM_OUTSIDE_SMM, e -> !e.has(VmxControl.ENTRY_TO_SMM));
        table.bind(ControlCheck.DEACTIVATE_DUAL_MONITOR_OUTSIDE_SMM,
                e -> !e.has(VmxControl.ENTRY_DEACTIVATE_DUAL_MONITOR_TREATMENT));
        table.bind(ControlCheck.ENTRY_TO_SMM_WITH_DEACTIVATE, e -> !e.has(VmxControl.ENTRY_TO_SMM)
                || !e.has(VmxControl.ENTRY_DEACTIVATE_DUAL_MONITOR_TREATMENT));
    }

    private static void event(PredicateTable table) {
        table.bind(ControlCheck.EVENT_TYPE, e -> !e.injects(Type.RESERVED)
                && (!e.injects(Type.OTHER_EVENT) || e.capabilities().supports(VmxControl.MONITOR_TRAP_FLAG)));
        table.bind(ControlCheck.EVENT_NMI_VECTOR,
                e -> !e.injects(Type.NMI) || e.eventVector() == ExceptionVector.NMI.vector());
        table.bind(ControlCheck.EVENT_EXCEPTION_VECTOR,
                e -> !e.injects(Type.HARDWARE_EXCEPTION) || e.eventVector() <= LAST_EXCEPTION);
        table.bind(ControlCheck.EVENT_OTHER_VECTOR, e -> !e.injects(Type.OTHER_EVENT) || e.eventVector() == 0);
        table.bind(ControlCheck.EVENT_RESERVED_BITS, e -> !e.injects()
                || (e.get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION) & INFORMATION_RESERVED) == 0);
        table.bind(ControlCheck.EVENT_INSTRUCTION_LENGTH, EntryControlChecks::hasInstructionLength);
    }

    private static boolean hasInstructionLength(EntryState e) {
        if (!e.injects() || !e.eventType().isSoftware()) {
            return true;
        }
        long length = e.get(VmcsField.VM_ENTRY_INSTRUCTION_LENGTH);
        boolean zero = VmxMisc.ZERO_LENGTH_INJECTION.isSet(e.capabilities().msr(Msr.IA32_VMX_MISC));
        return length <= LONGEST_INSTRUCTION && (length != 0 || zero);
    }

    private static void errorCode(PredicateTable table) {
        table.bind(ControlCheck.EVENT_ERROR_CODE_IN_REAL_MODE, e -> !hasErrorCode(e) || !isRealMode(e));
        table.bind(ControlCheck.EVENT_ERROR_CODE_TYPE,
                e -> !hasErrorCode(e) || e.eventType() == Type.HARDWARE_EXCEPTION);
        table.bind(ControlCheck.EVENT_ERROR_CODE_VECTOR, e -> !hasErrorCode(e) || !isErrorCodeChecked(e)
                || e.eventType() != Type.HARDWARE_EXCEPTION || pushesErrorCode(e));
        table.bind(ControlCheck.EVENT_ERROR_CODE_MISSING, e -> !e.injects(Type.HARDWARE_EXCEPTION)
                || e.eventHasErrorCode() || isRealMode(e) || !isErrorCodeChecked(e) || !pushesErrorCode(e));
        table.bind(ControlCheck.EVENT_ERROR_CODE_RESERVED_BITS, e -> !hasErrorCode(e)
                || (e.get(VmcsField.VM_ENTRY_EXCEPTION_ERROR_CODE) & ERROR_CODE_RESERVED) == 0);
    }

    private static boolean hasErrorCode(EntryState e) {
        return e.injects() && e.eventHasErrorCode();
    }

    private static boolean isRealMode(EntryState e) {
        return e.isUnrestricted() && !Cr0.PE.isSet(e.get(VmcsField.GUEST_CR0));
    }

    private static boolean isErrorCodeChecked(EntryState e) {
        return !VmxBasic.NO_ERROR_CODE_CHECK.isSet(e.capabilities().msr(Msr.IA32_VMX_BASIC));
    }

    /** Control protection exceptions exist on processors with CET only. */
    private static boolean pushesErrorCode(EntryState e) {
        ExceptionVector exception = ExceptionVector.ofVector(e.eventVector());
        return exception != null && exception.pushesErrorCode()
                && (exception != ExceptionVector.CP || Cr4.CET.isSet(e.model().cr4()));
    }
}
