/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.stop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;

/**
 * A stop: all processors stand still. Queries name the stop they belong to, so that an answer is never about another.
 *
 * @param id names the stop in this session; ascending
 * @param reason why
 * @param steps the step count, which names the state of the machine
 * @param vcpu the processor that stopped, which the other parts are about
 * @param current the context in which the processor stands
 * @param subject the context that the reason is about if it is another: the guest that exited or could not be entered
 * @param frames the processor's stack, innermost first, at most 64 rows
 * @param registers the registers of the current context
 * @param vmcs all fields of the VMCS concerned: of the subject, else of the guest that runs; empty if there is none
 */
public record Stop(long id, StopReason reason, long steps, int vcpu, ContextId current, Optional<ContextId> subject,
        List<Frame> frames, List<RegisterGroup> registers, List<VmcsFieldValue> vmcs) {
    /** Copies the lists. */
    public Stop {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(current);
        Objects.requireNonNull(subject);
        frames = List.copyOf(frames);
        registers = List.copyOf(registers);
        vmcs = List.copyOf(vmcs);
    }
}
