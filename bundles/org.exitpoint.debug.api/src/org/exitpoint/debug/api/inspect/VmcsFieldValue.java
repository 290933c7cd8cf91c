/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.exitpoint.arch.vmx.VmcsField;

/**
 * A field of a VMCS.
 *
 * @param field which
 * @param value its value, zero-extended
 * @param words the value in words where words exist; else empty
 * @param previous the value at the last stop, or when the VMCS was first entered if that came later; empty if neither
 *     is known
 * @param writer who wrote the field last, if anybody has since the machine was switched on
 */
public record VmcsFieldValue(VmcsField field, long value, String words, OptionalLong previous,
        Optional<FieldWriter> writer) {
    /** Rejects missing parts. */
    public VmcsFieldValue {
        Objects.requireNonNull(field);
        Objects.requireNonNull(words);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(writer);
    }

    /**
     * Whether the field has another value than at the last stop.
     *
     * @return true if so; false also if the previous value is not known
     */
    public boolean hasChanged() {
        return previous.isPresent() && previous.getAsLong() != value;
    }
}
