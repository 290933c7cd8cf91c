/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;
import java.util.Optional;
import org.exitpoint.arch.vmx.ExitKey;
import org.exitpoint.debug.api.context.ContextId;

/**
 * A line of the exit log.
 *
 * @param index its number since power-on, from 0
 * @param guest who exited
 * @param vcpu the processor
 * @param steps the steps executed before it: the exit itself is the next one
 * @param field the exit-reason field
 * @param key reason and attributes; empty for a reason that the manual does not know
 * @param qualification the exit-qualification field
 * @param guestRip the RIP field of the guest-state area
 */
public record ExitRecord(long index, ContextId.Guest guest, int vcpu, long steps, long field, Optional<ExitKey> key,
        long qualification, long guestRip) {
    /** Rejects missing parts. */
    public ExitRecord {
        Objects.requireNonNull(guest);
        Objects.requireNonNull(key);
    }
}
