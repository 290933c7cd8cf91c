/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

/** The paging modes of SDM vol. 3, "Paging Modes and Control Bits". */
public enum PagingMode {
    /** CR0.PG is 0: a linear address is the physical one. */
    NONE,
    /** 32-bit paging. */
    LEGACY_32,
    /** PAE paging. */
    PAE,
    /** 4-level paging. */
    FOUR_LEVEL,
    /** 5-level paging. */
    FIVE_LEVEL
}
