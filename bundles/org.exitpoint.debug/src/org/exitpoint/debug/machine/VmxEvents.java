/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.machine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.debug.port.VmxObserver;
import org.exitpoint.virt.vmx.VmxListener;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** Passes a processor's VMX events on. */
final class VmxEvents implements VmxListener {
    private final int vcpu;
    private final VmxObserver observer;
    /** How often VMCLEAR was executed on a VMCS before its last entry: a second entry since then is by VMRESUME. */
    private final Map<Long, Integer> entered = new HashMap<>();

    VmxEvents(int vcpu, VmxObserver observer) {
        this.vcpu = vcpu;
        this.observer = observer;
    }

    @Override
    public void entered(Vmcs vmcs) {
        Integer before = entered.put(vmcs.address(), vmcs.identity().incarnation());
        boolean resumed = before != null && before == vmcs.identity().incarnation();
        observer.entered(vcpu, vmcs.address(), !resumed);
    }

    @Override
    public void exited(Vmcs vmcs, ExitReason reason) {
        observer.exited(vcpu, vmcs.address());
    }

    @Override
    public void entryFailed(Vmcs vmcs, List<EntryCheckDescriptor> failures) {
        boolean exit = !failures.isEmpty() && failures.getFirst().consequence().exit() != null;
        observer.entryFailed(vcpu, vmcs.address(), failures, exit);
    }

    @Override
    public void left() {
        observer.vmxOff(vcpu);
    }
}
