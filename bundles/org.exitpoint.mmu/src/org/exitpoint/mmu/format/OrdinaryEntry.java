/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

import org.exitpoint.mmu.format.PagingFormat.Builder;

/** The bits that entries of all modes of ordinary paging share (SDM vol. 3, "Paging"). */
final class OrdinaryEntry {
    static final long PRESENT = 1;
    static final int USER = 1 << 2;
    static final long ACCESSED = 1 << 5;
    static final long DIRTY = 1 << 6;
    static final long PAGE_SIZE = 1 << 7;
    static final long GLOBAL = 1 << 8;
    /** What ordinary paging has no bit against. */
    static final int GRANTED = Permission.READ | Permission.SECOND_LEVEL_WRITE | Permission.EXECUTE;

    private OrdinaryEntry() {
    }

    static Builder describe(Builder b) {
        return b.present(PRESENT)
                .accessedAndDirty(ACCESSED, DIRTY)
                .global(GLOBAL)
                .permissions(GRANTED, Permission.WRITE, USER, 1);
    }
}
