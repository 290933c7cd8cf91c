/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;
import org.exitpoint.debug.api.context.ContextId;

/**
 * Who wrote a VMCS field.
 *
 * @param context the context that executed VMWRITE; for what a VM exit saved, the guest itself
 * @param rip linear address of the instruction
 * @param steps the step count
 */
public record FieldWriter(ContextId context, long rip, long steps) {
    /** Rejects a missing context. */
    public FieldWriter {
        Objects.requireNonNull(context);
    }
}
