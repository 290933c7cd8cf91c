/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.Optional;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.mmu.tlb.InvalidationRule;

/** Finds where a context's register is to be written, and writes registers of processors. Machine's thread only. */
public final class RegisterEditor {
    private final ContextInspector contexts;

    /** An editor of the registers of contexts. */
    public RegisterEditor(ContextInspector contexts) {
        this.contexts = contexts;
    }

    /** Where a register is written. */
    public sealed interface Place {
        /** In a processor. */
        record Processor(int vcpu, String register) implements Place {
        }

        /** In a VMCS. */
        record Vmcs(long region, VmcsField field) implements Place {
        }
    }

    /**
     * Finds where a register stands.
     *
     * @throws SessionException if there is no such register, the value is too large, or it cannot be written now
     */
    public Place locate(ContextId context, String name, long value) {
        RegisterDescriptor register = ContextInspector.register(name);
        if ((value & ~register.mask()) != 0) {
            throw new SessionException("0x" + Long.toHexString(value) + " has more than the " + register.bits()
                    + " bits of " + register.name());
        }
        return switch (contexts.state(context)) {
            case ContextState.Live live -> new Place.Processor(live.core().index(), register.name());
            case ContextState.Saved saved -> vmcs(saved.guest(), register.guest(), register);
            case ContextState.Host _ -> vmcs(contexts.contexts().running(contexts.core(context).index())
                    .orElseThrow(), register.host(), register);
        };
    }

    private static Place vmcs(GuestRecord guest, VmcsField field, RegisterDescriptor register) {
        return Optional.ofNullable(field).map(known -> new Place.Vmcs(guest.id().vmcsHpa(), known))
                .orElseThrow(() -> new SessionException(
                        register.name() + " is in no VMCS: it can be written only while its context runs"));
    }

    /**
     * Sets a register of a processor and all that follows from it.
     *
     * @param core the processor
     * @param name the register's name
     * @param value the value
     */
    public static void set(Core core, String name, long value) {
        RegisterDescriptor register = ContextInspector.register(name);
        register.slot().set(core.state(), value);
        if (register.group() == RegisterDescriptor.Group.CONTROL) {
            core.mmu().invalidate(InvalidationRule.MOV_TO_CR0_PG, 0);
        }
        core.stateReplaced();
        core.state().attend(Attention.BUDGET);
    }
}
