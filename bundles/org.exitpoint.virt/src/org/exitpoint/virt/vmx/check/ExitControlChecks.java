/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

import static org.exitpoint.virt.vmx.check.ControlRules.allowedSettings;
import static org.exitpoint.virt.vmx.check.ControlRules.implies;
import static org.exitpoint.virt.vmx.check.ControlRules.listAligned;
import static org.exitpoint.virt.vmx.check.ControlRules.listEndPhysical;
import static org.exitpoint.virt.vmx.check.ControlRules.listPhysical;

/** Checks on VM-exit control fields. */
@Sdm(section = "28.2.1.2", title = "VM-Exit Control Fields")
final class ExitControlChecks {
    private ExitControlChecks() {
    }

    static void bind(PredicateTable table) {
        table.bind(ControlCheck.EXIT_RESERVED_BITS, allowedSettings(ControlWord.EXIT));
        table.bind(ControlCheck.SECONDARY_EXIT_RESERVED_BITS, allowedSettings(ControlWord.SECONDARY_EXIT));
        table.bind(ControlCheck.SAVE_TIMER_WITHOUT_TIMER, implies(VmxControl.EXIT_SAVE_VMX_PREEMPTION_TIMER_VALUE,
                VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER));
        VmcsField stores = VmcsField.VM_EXIT_MSR_STORE_COUNT;
        VmcsField storeAddress = VmcsField.VM_EXIT_MSR_STORE_ADDRESS;
        table.bind(ControlCheck.EXIT_MSR_STORE_ALIGNMENT, listAligned(stores, storeAddress));
        table.bind(ControlCheck.EXIT_MSR_STORE_WIDTH, listPhysical(stores, storeAddress));
        table.bind(ControlCheck.EXIT_MSR_STORE_LAST_BYTE, listEndPhysical(stores, storeAddress));
        VmcsField loads = VmcsField.VM_EXIT_MSR_LOAD_COUNT;
        VmcsField loadAddress = VmcsField.VM_EXIT_MSR_LOAD_ADDRESS;
        table.bind(ControlCheck.EXIT_MSR_LOAD_ALIGNMENT, listAligned(loads, loadAddress));
        table.bind(ControlCheck.EXIT_MSR_LOAD_WIDTH, listPhysical(loads, loadAddress));
        table.bind(ControlCheck.EXIT_MSR_LOAD_LAST_BYTE, listEndPhysical(loads, loadAddress));
    }
}
