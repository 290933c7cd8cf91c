/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Fields of the EPT pointer. */
@Sdm(section = "26.6.11", title = "Extended-Page-Table Pointer (EPTP)")
public enum EptPointer implements BitField {
    MEMORY_TYPE(0, 2, "Memory type of the EPT paging structures (0: uncacheable; 6: write-back)"),
    PAGE_WALK_LENGTH(3, 5, "Page-walk length less 1"),
    ACCESSED_DIRTY(6, "Enable accessed and dirty flags"),
    SUPERVISOR_SHADOW_STACK(7, "Enforce access rights of supervisor shadow-stack pages"),
    PML4_ADDRESS(12, 51, "Address of the top-level table, divided by 4 KBytes");

    private final BitRange range;
    private final String title;

    EptPointer(int bit, String title) {
        this(bit, bit, title);
    }

    EptPointer(int low, int high, String title) {
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
