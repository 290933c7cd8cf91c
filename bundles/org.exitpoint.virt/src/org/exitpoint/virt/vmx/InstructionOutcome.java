/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;

/** How VMX instructions report: VMsucceed, VMfailInvalid and VMfailValid. */
@Sdm(section = "32.2", title = "Conventions")
final class InstructionOutcome {
    private static final long INVALID = Rflags.CF.mask();
    private static final long VALID = Rflags.ZF.mask();

    private final GuestState state;
    private final VmxState vmx;

    InstructionOutcome(GuestState state, VmxState vmx) {
        this.state = state;
        this.vmx = vmx;
    }

    /** VMsucceed: clears the status flags. */
    void succeed() {
        StatusFlags.set(state, 0);
    }

    /** VMfailInvalid: CF. */
    void failInvalid() {
        StatusFlags.set(state, INVALID);
    }

    /** VMfail: VMfailValid with an error number if there is a current VMCS, else VMfailInvalid. */
    void fail(InstructionError error) {
        if (vmx.current == null) {
            failInvalid();
        } else {
            vmx.current.set(VmcsField.VM_INSTRUCTION_ERROR, error.number());
            StatusFlags.set(state, VALID);
        }
    }
}
