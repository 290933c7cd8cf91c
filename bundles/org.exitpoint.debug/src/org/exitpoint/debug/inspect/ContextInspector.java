/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.exitpoint.arch.NearestName;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.RegisterValue;
import org.exitpoint.debug.context.ContextTable;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.mmu.walk.TranslationContext;

/** Reads the registers of contexts and how they translate addresses. Machine's thread only. */
public final class ContextInspector {
    private final MachineControl machine;
    private final ContextTable contexts;
    private final VmcsReader vmcs;

    /** An inspector of a machine's contexts. */
    public ContextInspector(MachineControl machine, ContextTable contexts, VmcsReader vmcs) {
        this.machine = machine;
        this.contexts = contexts;
        this.vmcs = vmcs;
    }

    /** The contexts. */
    public ContextTable contexts() {
        return contexts;
    }

    /** The reader of VMCSs. */
    public VmcsReader vmcs() {
        return vmcs;
    }

    /** A known guest; throws {@link SessionException} if it is not known. */
    public GuestRecord guest(ContextId.Guest id) {
        return contexts.find(id).orElseThrow(() -> new SessionException("there is no " + contexts.name(id)));
    }

    /** The processor that a context is on now, or would be on. */
    public Core core(ContextId context) {
        return machine.processors().get(switch (context) {
            case ContextId.Root root -> checked(root.vcpu());
            case ContextId.Guest guest -> holder(guest).orElse(0);
        });
    }

    private int checked(int vcpu) {
        if (vcpu < 0 || vcpu >= machine.processors().size()) {
            throw new SessionException("there is no processor " + vcpu);
        }
        return vcpu;
    }

    private Optional<Integer> holder(ContextId.Guest guest) {
        return machine.processors().stream().map(Core::index)
                .filter(vcpu -> machine.vmx().current(vcpu).orElse(-1) == guest.vmcsHpa()).findFirst();
    }

    /** Where a context's state now stands. */
    ContextState state(ContextId context) {
        Core core = core(context);
        Optional<GuestRecord> running = contexts.running(core.index());
        return switch (context) {
            case ContextId.Root _ -> running.isEmpty() ? new ContextState.Live(core)
                    : new ContextState.Host(vmcs.fields(running.get().id()));
            case ContextId.Guest id -> {
                GuestRecord guest = guest(id);
                yield running.isPresent() && running.get() == guest ? new ContextState.Live(core)
                        : new ContextState.Saved(guest, vmcs.fields(id));
            }
        };
    }

    /** The registers of a context; such as are not known are left out. */
    public List<RegisterGroup> registers(ContextId context) {
        ContextState state = state(context);
        OptionalLong snapshot = state instanceof ContextState.Saved saved ? saved.guest().exitSteps()
                : OptionalLong.empty();
        List<RegisterGroup> groups = new ArrayList<>();
        for (RegisterDescriptor.Group group : RegisterDescriptor.Group.values()) {
            List<RegisterValue> values = RegisterTable.ALL.stream().filter(register -> register.group() == group)
                    .flatMap(register -> value(state, register).stream()).toList();
            groups.add(new RegisterGroup(group.title(), values, snapshot));
        }
        return groups;
    }

    private static Optional<RegisterValue> value(ContextState state, RegisterDescriptor register) {
        OptionalLong value = state.get(register);
        return value.isEmpty() ? Optional.empty() : Optional.of(new RegisterValue(register.name(), register.bits(),
                value.getAsLong(), register.words().apply(value.getAsLong()), !state.isSnapshot(register)));
    }

    /** A register's descriptor by its name, in either case. */
    static RegisterDescriptor register(String name) {
        return RegisterTable.ALL.stream().filter(register -> register.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new SessionException("there is no register \"" + name + "\""
                        + NearestName.suggestion(name,
                                RegisterTable.ALL.stream().map(RegisterDescriptor::name).toList())));
    }

    /** How a context translates linear addresses, with its own CR3 or another. */
    public TranslationContext translation(ContextId context, OptionalLong cr3) {
        ContextState state = state(context);
        TranslationContext translation = new TranslationContext(core(context).mmu().context().features());
        translation.controls(state.value("CR0"), cr3.orElseGet(() -> state.value("CR3")), state.value("CR4"),
                state.value("IA32_EFER"));
        try {
            state.virtualize(translation);
        } catch (IllegalArgumentException e) {
            throw new SessionException("the EPT pointer of " + contexts.name(context) + " is not valid");
        }
        return translation;
    }

    /** Linear address of the instruction that a context executes next. */
    public long instructionPointer(ContextId context) {
        ContextState state = state(context);
        return state.codeAddress(state.value("RIP"));
    }

    /** Linear address of the top of a context's stack. */
    public long stackPointer(ContextId context) {
        ContextState state = state(context);
        long offset = state.value("RSP") & state.stackWidth().mask();
        return state.codeMode().isLong() ? offset : state.value("SS.base") + offset & 0xffff_ffffL;
    }

}
