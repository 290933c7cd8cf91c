/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.port;

import java.util.List;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;

/** Hears of VM entries and exits, on the machine's thread. A VMCS is named by the address of its region. */
public interface VmxObserver {
    /**
     * A VM entry loaded the guest's state; no event is injected yet.
     *
     * @param vcpu the processor
     * @param vmcs the VMCS
     * @param launch true for VMLAUNCH
     */
    void entered(int vcpu, long vmcs, boolean launch);

    /**
     * A VM exit is committed: the VMCS holds guest state and exit information, the processor host state. General
     * registers other than RSP are still the guest's.
     *
     * @param vcpu the processor
     * @param vmcs the VMCS
     */
    void exited(int vcpu, long vmcs);

    /**
     * A VM entry failed. With VMfail the instruction is complete; else a VM exit with an entry-failure reason is
     * committed, and {@link #exited} is not called for it.
     *
     * @param vcpu the processor
     * @param vmcs the VMCS
     * @param failed the checks that failed
     * @param exit whether the failure was a VM exit
     */
    void entryFailed(int vcpu, long vmcs, List<? extends EntryCheckDescriptor> failed, boolean exit);

    /**
     * VMX operation ended on a processor.
     *
     * @param vcpu the processor
     */
    void vmxOff(int vcpu);
}
