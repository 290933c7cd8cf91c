/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

/** Hears of every mapping that the architectural TLB drops or changes, so that subsets of it can follow. */
public interface TlbListener {
    /** All mappings of a tag are gone. */
    void dropped(TlbTag tag);

    /**
     * The mappings of a tag for {@code [address, address + 2^shift)} are gone or changed.
     *
     * @param address    aligned to the size
     * @param executable whether one of them permitted execution
     */
    void pageDropped(TlbTag tag, long address, int shift, boolean executable);

    /** All mappings are gone. */
    void allDropped();
}
