/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

/** Cached guest-physical mappings, which a nested translation uses and makes. */
public interface GuestPhysicalCache {
    /**
     * Looks for a cached mapping that allows an access.
     *
     * @param guestPhysical the address
     * @param rights        {@link org.exitpoint.mmu.format.Permission#rights} of the access
     * @return a handle for the other methods, or 0
     */
    long find(long guestPhysical, long rights);

    /** Host-physical base address of the page of a mapping found. */
    long frame(long handle);

    /** log2 of the size of the page of a mapping found. */
    int pageShift(long handle);

    /** Permissions of a mapping found. */
    int permissions(long handle);

    /** Caches a mapping that a walk of the EPT yielded. */
    void add(long guestPhysical, long frame, int pageShift, int permissions);
}
