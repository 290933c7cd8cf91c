/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * What a VM exit records of its cause. Reused, so that an exit allocates nothing: {@link #begin} clears it, the other
 * methods add what the cause has. What an exit does not define stays in the VMCS as it was.
 */
@Sdm(section = "29.2", title = "Recording VM-Exit Information and Updating VM-Entry Control Fields")
final class ExitInformation {
    /** What becomes of RFLAGS.RF in the guest-state area. */
    enum ResumeFlag {
        /** It is saved as it is. */
        UNCHANGED,
        /** It is saved as 1. */
        SET,
        /** It is saved as 0. */
        CLEARED
    }

    private static final int NONE = -1;

    private ExitReason reason;
    private long qualification;
    private long interruption;
    private long interruptionErrorCode;
    private long vectoring;
    private long vectoringErrorCode;
    private int instructionLength;
    private long instructionInformation;
    private boolean hasLinearAddress;
    private long linearAddress;
    private boolean hasPhysicalAddress;
    private long physicalAddress;
    private ResumeFlag resumeFlag;

    /** Starts anew. */
    ExitInformation begin(ExitReason newReason) {
        reason = newReason;
        qualification = 0;
        interruption = 0;
        vectoring = 0;
        instructionLength = NONE;
        instructionInformation = NONE;
        hasLinearAddress = false;
        hasPhysicalAddress = false;
        resumeFlag = ResumeFlag.UNCHANGED;
        return this;
    }

    ExitReason reason() {
        return reason;
    }

    ResumeFlag resumeFlag() {
        return resumeFlag;
    }

    ExitInformation qualification(long value) {
        qualification = value;
        return this;
    }

    /** The length of the instruction that caused the exit; RF is saved as 0. */
    ExitInformation instruction(int length) {
        instructionLength = length;
        resumeFlag = ResumeFlag.CLEARED;
        return this;
    }

    ExitInformation instructionInformation(long value) {
        instructionInformation = value;
        return this;
    }

    ExitInformation linearAddress(long value) {
        hasLinearAddress = true;
        linearAddress = value;
        return this;
    }

    ExitInformation physicalAddress(long value) {
        hasPhysicalAddress = true;
        physicalAddress = value;
        return this;
    }

    ExitInformation resumeFlag(ResumeFlag value) {
        resumeFlag = value;
        return this;
    }

    /** The event that caused the exit. */
    ExitInformation event(Event event, boolean nmiUnblocking) {
        interruption = encode(event) | InterruptionInfo.NMI_UNBLOCKING.encode(nmiUnblocking);
        interruptionErrorCode = event.errorCode();
        instructionLength = event.type().isSoftware() ? event.instructionLength() : instructionLength;
        return this;
    }

    /** The event whose delivery the exit interrupted. */
    ExitInformation vectoring(Event event) {
        vectoring = encode(event);
        vectoringErrorCode = event.errorCode();
        instructionLength = event.type().isSoftware() ? event.instructionLength() : instructionLength;
        return this;
    }

    private static long encode(Event event) {
        return InterruptionInfo.VECTOR.encode(event.vector()) | InterruptionInfo.TYPE.encode(event.type().number())
                | InterruptionInfo.ERROR_CODE.encode(event.hasErrorCode()) | InterruptionInfo.VALID.mask();
    }

    /** Writes the fields that every exit defines, and those that this one does. */
    void record(Vmcs vmcs) {
        recordReason(vmcs);
        vmcs.set(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION, interruption);
        if (InterruptionInfo.ERROR_CODE.isSet(interruption)) {
            vmcs.set32(VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE, interruptionErrorCode);
        }
        vmcs.set(VmcsField.IDT_VECTORING_INFORMATION, vectoring);
        if (InterruptionInfo.ERROR_CODE.isSet(vectoring)) {
            vmcs.set32(VmcsField.IDT_VECTORING_ERROR_CODE, vectoringErrorCode);
        }
        if (instructionLength != NONE) {
            vmcs.set(VmcsField.VM_EXIT_INSTRUCTION_LENGTH, instructionLength);
        }
        if (instructionInformation != NONE) {
            vmcs.set32(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION, instructionInformation);
        }
        if (hasLinearAddress) {
            vmcs.set(VmcsField.GUEST_LINEAR_ADDRESS, linearAddress);
        }
        if (hasPhysicalAddress) {
            vmcs.set(VmcsField.GUEST_PHYSICAL_ADDRESS, physicalAddress);
        }
        long injection = vmcs.get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, injection & ~InterruptionInfo.VALID.mask());
    }

    /** Writes exit reason and exit qualification: all that a VM-entry failure records. */
    void recordReason(Vmcs vmcs) {
        vmcs.set(VmcsField.EXIT_REASON, reason.field());
        vmcs.set(VmcsField.EXIT_QUALIFICATION, qualification);
    }
}
