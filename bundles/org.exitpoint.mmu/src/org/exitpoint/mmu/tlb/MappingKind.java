/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

/** The kinds of cached mapping (SDM vol. 3, "Information That May Be Cached"). */
public enum MappingKind {
    /** From linear addresses, without EPT: tagged by VPID and PCID. */
    LINEAR,
    /** From guest-physical addresses: tagged by EP4TA. */
    GUEST_PHYSICAL,
    /** From linear addresses through guest tables and EPT: tagged by VPID, PCID and EP4TA. */
    COMBINED
}
