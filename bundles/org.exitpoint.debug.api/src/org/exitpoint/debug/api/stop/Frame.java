/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.stop;

import java.util.Objects;
import org.exitpoint.debug.api.context.ContextId;

/** A row of a processor's stack: code of a context, or the boundary between two contexts. */
public sealed interface Frame {
    /**
     * Code.
     *
     * @param context whose
     * @param instructionPointer linear address of the instruction to be executed next, or to be returned to
     * @param stackPointer linear address of the top of the stack
     */
    record Code(ContextId context, long instructionPointer, long stackPointer) implements Frame {
        /** Rejects missing parts. */
        public Code {
            Objects.requireNonNull(context);
        }
    }

    /**
     * A VM exit or entry: what stands above came about by it.
     *
     * @param outer the context that is not in control
     * @param text what happened, such as {@code "VM exit EPT_VIOLATION from guest1"}
     */
    record Boundary(ContextId outer, String text) implements Frame {
        /** Rejects missing parts. */
        public Boundary {
            Objects.requireNonNull(outer);
            Objects.requireNonNull(text);
        }
    }
}
