/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Fields of the MSR IA32_VMX_EPT_VPID_CAP. */
@Sdm(section = "A.10", title = "VPID and EPT Capabilities")
public enum EptVpidCapability implements BitField {
    EXECUTE_ONLY(0, "Execute-only translations"),
    PAGE_WALK_LENGTH_4(6, "Page-walk length 4"),
    PAGE_WALK_LENGTH_5(7, "Page-walk length 5"),
    MEMORY_TYPE_UC(8, "EPT paging structures can be uncacheable"),
    MEMORY_TYPE_WB(14, "EPT paging structures can be write-back"),
    PAGE_2MB(16, "2-MByte pages"),
    PAGE_1GB(17, "1-GByte pages"),
    INVEPT(20, "INVEPT"),
    ACCESSED_DIRTY(21, "Accessed and dirty flags"),
    ADVANCED_EXIT_INFORMATION(22, "Advanced VM-exit information for EPT violations"),
    SUPERVISOR_SHADOW_STACK(23, "Supervisor shadow-stack control"),
    INVEPT_SINGLE_CONTEXT(25, "INVEPT type 1, single-context"),
    INVEPT_ALL_CONTEXT(26, "INVEPT type 2, all-context"),
    INVVPID(32, "INVVPID"),
    INVVPID_INDIVIDUAL_ADDRESS(40, "INVVPID type 0, individual-address"),
    INVVPID_SINGLE_CONTEXT(41, "INVVPID type 1, single-context"),
    INVVPID_ALL_CONTEXT(42, "INVVPID type 2, all-context"),
    INVVPID_SINGLE_CONTEXT_RETAINING_GLOBALS(43, "INVVPID type 3, single-context-retaining-globals"),
    MAX_HLAT_PREFIX_SIZE(48, 53, "Maximum HLAT prefix size");

    private final BitRange range;
    private final String title;

    EptVpidCapability(int bit, String title) {
        this(bit, bit, title);
    }

    EptVpidCapability(int low, int high, String title) {
        this.range = new BitRange(low, high);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }
}
