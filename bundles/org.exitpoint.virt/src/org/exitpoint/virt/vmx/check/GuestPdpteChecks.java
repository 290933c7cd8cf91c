/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.GuestStateCheck;

/** Checks on guest page-directory-pointer-table entries. */
@Sdm(section = "28.3.1.6", title = "Checks on Guest Page-Directory-Pointer-Table Entries")
final class GuestPdpteChecks {
    private static final GuestStateCheck[] CHECKS = {GuestStateCheck.GUEST_PDPTE0_RESERVED_BITS,
        GuestStateCheck.GUEST_PDPTE1_RESERVED_BITS, GuestStateCheck.GUEST_PDPTE2_RESERVED_BITS,
        GuestStateCheck.GUEST_PDPTE3_RESERVED_BITS};

    private GuestPdpteChecks() {
    }

    static void bind(PredicateTable table) {
        for (int i = 0; i < CHECKS.length; i++) {
            int index = i;
            table.bind(CHECKS[i], e -> !e.usesPaePaging() || PdpteRules.isValid(e.model(), e.pdpte(index)));
        }
    }
}
