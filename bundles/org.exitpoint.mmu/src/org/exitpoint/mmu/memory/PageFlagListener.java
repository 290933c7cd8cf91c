/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.memory;

import org.exitpoint.machine.PhysicalMemory;

/** Hears that pages got flags that forbid direct access, so that cached permission to access them must be dropped. */
public interface PageFlagListener {
    /**
     * Flags that were not set before were set.
     *
     * @param address host-physical address of the page, a multiple of {@link PhysicalMemory#PAGE_SIZE}
     * @param added   the flags that are new
     */
    void flagsAdded(long address, int added);

    /** Flags were set on every RAM page. */
    void flagsAddedEverywhere(int added);
}
