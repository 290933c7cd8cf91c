/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.exitpoint.debug.api.address.Address;

/**
 * How an address translates, in one dimension or two, from the tables as they stand in memory. What the processor has
 * cached may differ where software forgot to invalidate; {@code cached} says so.
 *
 * @param address the address
 * @param steps the entries read, in order: under EPT those of the EPT stand before the entry they lead to
 * @param guestPhysical the guest-physical address, if the first dimension succeeded and there are two
 * @param hostPhysical the host-physical address, if the walk succeeded
 * @param pageBytes size of the page that counts, the smaller of both dimensions; 0 if the walk failed or nothing pages
 * @param outcome the result in a sentence: the translation, or the fault that the access would cause
 * @param cached the host-physical address that the processor's TLB holds for the address; empty if it holds none or the
 *     context is not the running one
 */
public record PageWalkReport(Address address, List<WalkStep> steps, OptionalLong guestPhysical,
        OptionalLong hostPhysical, long pageBytes, String outcome, OptionalLong cached) {
    /** Copies the list. */
    public PageWalkReport {
        Objects.requireNonNull(address);
        steps = List.copyOf(steps);
        Objects.requireNonNull(guestPhysical);
        Objects.requireNonNull(hostPhysical);
        Objects.requireNonNull(outcome);
        Objects.requireNonNull(cached);
    }
}
