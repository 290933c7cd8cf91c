/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;
import java.util.Optional;
import org.exitpoint.debug.api.context.ContextId;

/**
 * Who wrote a VMCS field.
 *
 * @param context the context that executed VMWRITE, where the machine tells it
 * @param rip offset of the instruction in the code segment: its linear address in 64-bit mode
 * @param steps the step count
 */
public record FieldWriter(Optional<ContextId> context, long rip, long steps) {
    /** Rejects a missing context. */
    public FieldWriter {
        Objects.requireNonNull(context);
    }
}
