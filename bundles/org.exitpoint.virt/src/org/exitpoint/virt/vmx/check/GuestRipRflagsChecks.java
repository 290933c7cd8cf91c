/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.InterruptionInfo.Type;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

import static org.exitpoint.virt.vmx.check.RegisterRules.when;

/** Checks on guest RIP, RFLAGS and SSP. */
@Sdm(section = "28.3.1.4", title = "Checks on Guest RIP, RFLAGS, and SSP")
final class GuestRipRflagsChecks {
    private static final long RFLAGS_RESERVED = ~BitField.maskOf(Rflags.values());
    private static final EntryPredicate LOADS_CET = e -> e.has(VmxControl.ENTRY_LOAD_CET_STATE);
    private static final EntryPredicate IS_64_BIT = EntryState::is64BitGuest;
    private static final EntryPredicate IS_NOT_64_BIT = e -> !e.is64BitGuest();

    private GuestRipRflagsChecks() {
    }

    static void bind(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_RIP_HIGH_BITS,
                when(IS_NOT_64_BIT, RegisterRules.fits32(VmcsField.GUEST_RIP)));
        table.bind(GuestStateCheck.GUEST_RIP_CANONICAL, when(IS_64_BIT, GuestRipRflagsChecks::highBitsAreIdentical));
        table.bind(GuestStateCheck.GUEST_RFLAGS_RESERVED_BITS, e -> {
            long flags = e.get(VmcsField.GUEST_RFLAGS);
            return (flags & RFLAGS_RESERVED) == 0 && Rflags.FIXED1.isSet(flags);
        });
        table.bind(GuestStateCheck.GUEST_RFLAGS_VM, e -> !e.isVirtual8086()
                || !e.isIa32eGuest() && Cr0.PE.isSet(e.get(VmcsField.GUEST_CR0)));
        table.bind(GuestStateCheck.GUEST_RFLAGS_IF,
                e -> !e.injects(Type.EXTERNAL_INTERRUPT) || Rflags.IF.isSet(e.get(VmcsField.GUEST_RFLAGS)));
        VmcsField ssp = VmcsField.GUEST_SSP;
        table.bind(GuestStateCheck.GUEST_SSP_ALIGNMENT, when(LOADS_CET, RegisterRules.aligned(ssp, 2)));
        table.bind(GuestStateCheck.GUEST_SSP_HIGH_BITS,
                when(LOADS_CET, when(IS_NOT_64_BIT, RegisterRules.fits32(ssp))));
        table.bind(GuestStateCheck.GUEST_SSP_CANONICAL,
                when(LOADS_CET, when(IS_64_BIT, RegisterRules.canonical(ssp))));
    }

    /** RIP need not be canonical: the highest bit of the linear-address width itself does not count. */
    private static boolean highBitsAreIdentical(EntryState e) {
        long high = e.get(VmcsField.GUEST_RIP) >> e.model().linearAddressBits();
        return high == 0 || high == -1;
    }
}
