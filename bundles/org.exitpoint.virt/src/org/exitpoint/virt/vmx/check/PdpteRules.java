/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;
import org.exitpoint.virt.vmx.capability.VmxModel;

/** Page-directory-pointer-table entries of PAE paging. */
@Sdm(section = "5.4.1", title = "PDPTE Registers")
public final class PdpteRules {
    /** Entries in a table. */
    public static final int COUNT = 4;

    private static final long TABLE = new BitRange(5, 31).mask();
    private static final long PRESENT = 1;
    private static final long RESERVED_LOW = new BitRange(1, 2).mask() | new BitRange(5, 8).mask();

    private PdpteRules() {
    }

    /** Physical address of the table that a CR3 refers to. */
    public static long table(long cr3) {
        return cr3 & TABLE;
    }

    /** Whether an entry is not present, or sets no reserved bit. */
    public static boolean isValid(VmxModel model, long pdpte) {
        return (pdpte & PRESENT) == 0 || (pdpte & RESERVED_LOW) == 0 && model.isPhysical(pdpte);
    }
}
