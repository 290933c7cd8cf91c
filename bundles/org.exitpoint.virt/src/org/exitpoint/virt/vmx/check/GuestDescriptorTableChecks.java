/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.VmcsField;

/** Checks on guest descriptor-table registers. */
@Sdm(section = "28.3.1.3", title = "Checks on Guest Descriptor-Table Registers")
final class GuestDescriptorTableChecks {
    private static final long MAX_LIMIT = 0xFFFF;

    private GuestDescriptorTableChecks() {
    }

    static void bind(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_GDTR_BASE_CANONICAL, RegisterRules.canonical(VmcsField.GUEST_GDTR_BASE));
        table.bind(GuestStateCheck.GUEST_GDTR_LIMIT, e -> e.get(VmcsField.GUEST_GDTR_LIMIT) <= MAX_LIMIT);
        table.bind(GuestStateCheck.GUEST_IDTR_BASE_CANONICAL, RegisterRules.canonical(VmcsField.GUEST_IDTR_BASE));
        table.bind(GuestStateCheck.GUEST_IDTR_LIMIT, e -> e.get(VmcsField.GUEST_IDTR_LIMIT) <= MAX_LIMIT);
    }
}
