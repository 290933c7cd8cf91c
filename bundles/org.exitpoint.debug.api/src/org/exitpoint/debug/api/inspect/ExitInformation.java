/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.exitpoint.arch.vmx.ExitKey;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.debug.api.context.ContextId;

/**
 * A VM exit, decoded.
 *
 * @param guest who exited
 * @param vcpu the processor
 * @param steps the steps executed before it: the exit itself is the next one
 * @param field the exit-reason field
 * @param key reason and attributes, as breakpoints filter them; empty for a reason that the manual does not know
 * @param qualification the exit-qualification field
 * @param words the qualification in words, together with the event of an exception or interrupt; empty if there is
 *     nothing to say
 * @param guestRip the RIP field of the guest-state area
 * @param instruction the guest's instruction at that RIP, if it could be read
 * @param fields the other exit-information fields that are valid for this exit
 */
public record ExitInformation(ContextId.Guest guest, int vcpu, long steps, long field, Optional<ExitKey> key,
        long qualification, String words, long guestRip, Optional<InstructionText> instruction,
        List<VmcsFieldValue> fields) {
    /** Copies the list. */
    public ExitInformation {
        Objects.requireNonNull(guest);
        Objects.requireNonNull(key);
        Objects.requireNonNull(words);
        Objects.requireNonNull(instruction);
        fields = List.copyOf(fields);
    }

    /**
     * The number of the basic exit reason.
     *
     * @return bits 15:0 of the exit-reason field
     */
    public int number() {
        return (int) ExitReason.BASIC_REASON.extract(field);
    }

    /**
     * The reason's name.
     *
     * @return the manual's name, or {@code "UNKNOWN"} for a number that the manual does not know
     */
    public String name() {
        return key.map(known -> known.reason().name()).orElse("UNKNOWN");
    }
}
