/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.Sdm;

/** The VM-instruction error numbers: what VMfailValid leaves in the VM-instruction error field. */
@Sdm(section = "32.4", title = "VM Instruction Error Numbers")
public enum InstructionError {
    VMCALL_IN_ROOT(1, "VMCALL executed in VMX root operation"),
    VMCLEAR_INVALID_ADDRESS(2, "VMCLEAR with invalid physical address"),
    VMCLEAR_VMXON_POINTER(3, "VMCLEAR with VMXON pointer"),
    VMLAUNCH_NON_CLEAR_VMCS(4, "VMLAUNCH with non-clear VMCS"),
    VMRESUME_NON_LAUNCHED_VMCS(5, "VMRESUME with non-launched VMCS"),
    VMRESUME_AFTER_VMXOFF(6, "VMRESUME after VMXOFF (VMXOFF and VMXON between VMLAUNCH and VMRESUME)"),
    ENTRY_INVALID_CONTROL_FIELDS(7, "VM entry with invalid control field(s)"),
    ENTRY_INVALID_HOST_STATE_FIELDS(8, "VM entry with invalid host-state field(s)"),
    VMPTRLD_INVALID_ADDRESS(9, "VMPTRLD with invalid physical address"),
    VMPTRLD_VMXON_POINTER(10, "VMPTRLD with VMXON pointer"),
    VMPTRLD_INCORRECT_REVISION(11, "VMPTRLD with incorrect VMCS revision identifier"),
    UNSUPPORTED_COMPONENT(12, "VMREAD or VMWRITE from or to unsupported VMCS component"),
    VMWRITE_READ_ONLY_COMPONENT(13, "VMWRITE to read-only VMCS component"),
    VMXON_IN_ROOT(15, "VMXON executed in VMX root operation"),
    ENTRY_INVALID_EXECUTIVE_POINTER(16, "VM entry with invalid executive-VMCS pointer"),
    ENTRY_NON_LAUNCHED_EXECUTIVE(17, "VM entry with non-launched executive VMCS"),
    ENTRY_EXECUTIVE_POINTER_NOT_VMXON(18,
            "VM entry with executive-VMCS pointer not VMXON pointer, when deactivating the dual-monitor treatment"),
    VMCALL_NON_CLEAR_VMCS(19, "VMCALL with non-clear VMCS, when activating the dual-monitor treatment"),
    VMCALL_INVALID_EXIT_CONTROLS(20, "VMCALL with invalid VM-exit control fields"),
    VMCALL_INCORRECT_MSEG_REVISION(22,
            "VMCALL with incorrect MSEG revision identifier, when activating the dual-monitor treatment"),
    VMXOFF_UNDER_DUAL_MONITOR(23, "VMXOFF under dual-monitor treatment of SMIs and SMM"),
    VMCALL_INVALID_SMM_MONITOR_FEATURES(24,
            "VMCALL with invalid SMM-monitor features, when activating the dual-monitor treatment"),
    ENTRY_INVALID_EXECUTIVE_CONTROLS(25,
            "VM entry with invalid VM-execution control fields in executive VMCS, when returning from SMM"),
    ENTRY_BLOCKED_BY_MOV_SS(26, "VM entry with events blocked by MOV SS"),
    INVALID_OPERAND_TO_INVEPT_INVVPID(28, "Invalid operand to INVEPT/INVVPID");

    private static final InstructionError[] ALL = values();

    private final int number;
    private final String text;

    InstructionError(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * The value of the VM-instruction error field.
     *
     * @return 1 to 28
     */
    public int number() {
        return number;
    }

    /**
     * What was wrong.
     *
     * @return a few words
     */
    public String text() {
        return text;
    }

    /**
     * Finds an error by its number.
     *
     * @param number a value of the VM-instruction error field
     * @return the error, or null if the number is not used
     */
    public static InstructionError ofNumber(int number) {
        for (InstructionError error : ALL) {
            if (error.number == number) {
                return error;
            }
        }
        return null;
    }
}
