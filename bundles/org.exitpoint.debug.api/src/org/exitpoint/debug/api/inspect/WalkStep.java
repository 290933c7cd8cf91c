/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;
import org.exitpoint.debug.api.address.Address;

/**
 * One paging-structure entry that a walk read.
 *
 * @param structure the manual's name of the structure, such as {@code "PML4E"} or {@code "EPT PDE"}
 * @param level level of the table: 1 for the one that maps 4-KByte pages
 * @param nested true for an entry of the EPT
 * @param address where the entry stands, in the space in which the table's address was given
 * @param hostPhysical where the entry stands in host-physical memory
 * @param entry its value
 * @param words its flags in words
 */
public record WalkStep(String structure, int level, boolean nested, Address address, long hostPhysical, long entry,
        String words) {
    /** Rejects missing parts. */
    public WalkStep {
        Objects.requireNonNull(structure);
        Objects.requireNonNull(address);
        Objects.requireNonNull(words);
    }
}
