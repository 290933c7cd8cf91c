/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.context;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A context as it stands at a stop.
 *
 * @param id its identity
 * @param name the name that people use: {@code root0}, {@code guest1}; guests are numbered from 1 in the order in which
 *     they were first entered
 * @param state what it is doing
 * @param vcpu the processor on which it runs or on which its VMCS is current; empty for a parked guest
 * @param parent the context that it is nested in; empty for a root context. That of a guest is a root context, or a
 *     guest if the nesting was inferred
 * @param inferred whether the parent is a guest, inferred from the order of exits and entries
 * @param lastExitSteps step count of a guest's last VM exit, if it has had one
 */
public record Context(ContextId id, String name, State state, OptionalInt vcpu, Optional<ContextId> parent,
        boolean inferred, OptionalLong lastExitSteps) {
    /** What a context is doing. */
    public enum State {
        /** A processor executes its instructions: the machine stands in it. */
        RUNNING,
        /** A root context whose processor is in a guest, or a guest whose VMCS is current while another runs. */
        WAITING,
        /** A guest whose VMCS is current on no processor. */
        PARKED
    }

    /** Rejects missing parts. */
    public Context {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(state);
        Objects.requireNonNull(vcpu);
        Objects.requireNonNull(parent);
        Objects.requireNonNull(lastExitSteps);
    }
}
