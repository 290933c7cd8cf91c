/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

/** Sees each paging-structure entry that a walk reads, in order: the walk view. */
@FunctionalInterface
public interface WalkObserver {
    /** Which of the two hierarchies an entry belongs to. */
    enum Stage {
        /** Ordinary paging: linear addresses. */
        LINEAR,
        /** EPT: guest-physical addresses. */
        GUEST_PHYSICAL
    }

    /**
     * An entry was read.
     *
     * @param stage        the hierarchy
     * @param level        level of the table, 1 for the one that maps 4-KByte pages
     * @param address      address of the entry in the space the table stands in (guest-physical under EPT)
     * @param hostPhysical address of the entry in host-physical memory
     * @param entry        its value
     */
    void entry(Stage stage, int level, long address, long hostPhysical, long entry);
}
