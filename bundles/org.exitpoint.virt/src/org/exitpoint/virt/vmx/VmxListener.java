/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.List;

import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * Hears of a processor's VM entries and exits: the debugger's hooks. Called on the machine's thread at the places that
 * the methods name; must not change the machine.
 */
public interface VmxListener {
    /** VM entry has loaded the guest; an event to inject has not been delivered yet. */
    void entered(Vmcs vmcs);

    /**
     * A VM exit is complete: the host's state is loaded, all exit information recorded, no host instruction executed.
     */
    void exited(Vmcs vmcs, ExitReason reason);

    /**
     * VM entry failed, by VMfail or by a VM exit, which is complete.
     *
     * @param failures the checks that failed, in the order of the list; the first decided. Empty if VMfail came before
     *     the checks of the VMCS: VMLAUNCH and VMRESUME in the wrong launch state, blocking by MOV SS
     */
    void entryFailed(Vmcs vmcs, List<EntryCheckDescriptor> failures);

    /** VMXOFF ended VMX operation. */
    default void left() {
        // Of no interest to those who look at single entries and exits.
    }
}
