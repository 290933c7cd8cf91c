/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.context.ContextNames;
import org.exitpoint.debug.port.MachineControl;

/**
 * The contexts of a machine. Guests become known when they are entered first. A guest entered while its processor
 * handles a VMLAUNCH or VMRESUME exit of another is taken to be nested in that one. Machine's thread only.
 */
public final class ContextTable implements ContextNames {
    static final String GUEST = "guest";
    private static final String ROOT = "root";

    private final MachineControl machine;
    private final Map<Long, GuestRecord> guests = new LinkedHashMap<>();
    private final List<GuestRecord> all = new ArrayList<>();
    private final GuestRecord[] lastExit;
    private final ExitReason[] lastReason;
    private int incarnation;

    /** The contexts of a machine that has not run yet. */
    public ContextTable(MachineControl machine) {
        this.machine = machine;
        lastExit = new GuestRecord[machine.processors().size()];
        lastReason = new ExitReason[lastExit.length];
    }

    /** The guest that a VMCS describes, known from now on. */
    public GuestRecord guest(long vmcs) {
        GuestRecord known = guests.get(vmcs);
        if (known == null) {
            known = new GuestRecord(new ContextId.Guest(vmcs, incarnation), all.size() + 1);
            guests.put(vmcs, known);
            all.add(known);
        }
        return known;
    }

    /** The guest that a VMCS describes, if it was ever entered. */
    public Optional<GuestRecord> known(long vmcs) {
        return Optional.ofNullable(guests.get(vmcs));
    }

    /** Notes a VM entry, or the attempt of one; gives the guest. */
    public GuestRecord entering(int vcpu, long vmcs) {
        GuestRecord guest = guest(vmcs);
        boolean handlesEntry = lastReason[vcpu] == ExitReason.VMLAUNCH || lastReason[vcpu] == ExitReason.VMRESUME;
        if (handlesEntry && lastExit[vcpu] != guest) {
            guest.setOuter(lastExit[vcpu].id());
        }
        if (!guest.isMarked()) {
            guest.mark(machine.processors().get(vcpu).physical());
        }
        return guest;
    }

    /** Notes a VM exit; gives the guest. */
    public GuestRecord exited(int vcpu, long vmcs, ExitReason reason) {
        Core core = machine.processors().get(vcpu);
        GuestRecord guest = guest(vmcs);
        guest.exited(core.state(), core.clock().steps());
        lastExit[vcpu] = guest;
        lastReason[vcpu] = reason;
        return guest;
    }

    /** Notes that VMX operation ended: a VMCS entered later is another guest, once no processor is in VMX operation. */
    public void vmxOff(int vcpu) {
        lastExit[vcpu] = null;
        lastReason[vcpu] = null;
        boolean over = machine.processors().stream()
                .allMatch(core -> core.index() == vcpu || core.state().get8(GuestState.VMX_OPERATION) == 0);
        if (over && !guests.isEmpty()) {
            guests.clear();
            incarnation++;
        }
    }

    /** Marks every VMCS, to tell at the next stop what changed. */
    public void markAll() {
        guests.values().forEach(guest -> guest.mark(machine.processors().getFirst().physical()));
    }

    /** The record of a guest, if it is known. */
    public Optional<GuestRecord> find(ContextId.Guest id) {
        return all.stream().filter(guest -> guest.id().equals(id)).findFirst();
    }

    /** The guest in which a processor is, if it is in VMX non-root operation. */
    public Optional<GuestRecord> running(int vcpu) {
        if (machine.processors().get(vcpu).state().get8(GuestState.VMX_OPERATION) != GuestState.VMX_NON_ROOT) {
            return Optional.empty();
        }
        OptionalLong vmcs = machine.vmx().current(vcpu);
        return vmcs.isEmpty() ? Optional.empty() : Optional.of(guest(vmcs.getAsLong()));
    }

    /** The context in which a processor is. */
    public ContextId current(int vcpu) {
        return running(vcpu).map(guest -> (ContextId) guest.id()).orElse(new ContextId.Root(vcpu));
    }

    /** The tree, each context after its parent. */
    public List<Context> tree() {
        List<Context> tree = new ArrayList<>();
        for (int vcpu = 0; vcpu < lastExit.length; vcpu++) {
            Context.State state = running(vcpu).isPresent() ? Context.State.WAITING : Context.State.RUNNING;
            ContextId root = new ContextId.Root(vcpu);
            tree.add(new Context(root, name(root), state, OptionalInt.of(vcpu), Optional.empty(), false,
                    OptionalLong.empty()));
        }
        List<GuestRecord> rest = new ArrayList<>(guests.values());
        rest.removeIf(guest -> guest.outer().isEmpty() && tree.add(describe(guest)));
        // What is nested follows in the order of entry, which need not be the order of nesting.
        while (!rest.isEmpty() && rest.removeIf(guest -> tree.stream().anyMatch(context -> context.id()
                .equals(guest.outer().orElseThrow())) && tree.add(describe(guest)))) {
            continue;
        }
        rest.forEach(guest -> tree.add(describe(guest)));
        return tree;
    }

    private Context describe(GuestRecord guest) {
        OptionalInt holder = IntStream.range(0, lastExit.length)
                .filter(vcpu -> machine.vmx().current(vcpu).orElse(-1) == guest.id().vmcsHpa()).findFirst();
        Context.State state = holder.isEmpty() ? Context.State.PARKED
                : running(holder.getAsInt()).isPresent() ? Context.State.RUNNING : Context.State.WAITING;
        ContextId root = new ContextId.Root(holder.orElse(0));
        return new Context(guest.id(), guest.name(), state, holder,
                Optional.of(guest.outer().map(outer -> (ContextId) outer).orElse(root)), guest.outer().isPresent(),
                guest.exitSteps());
    }

    @Override
    public Optional<ContextId> find(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (int vcpu = 0; vcpu < lastExit.length; vcpu++) {
            if (wanted.equals(ROOT + vcpu)) {
                return Optional.of(new ContextId.Root(vcpu));
            }
        }
        return all.stream().filter(guest -> guest.name().equals(wanted)).findFirst().map(GuestRecord::id);
    }

    @Override
    public String name(ContextId id) {
        return switch (id) {
            case ContextId.Root root -> ROOT + root.vcpu();
            case ContextId.Guest guest -> find(guest).map(GuestRecord::name)
                    .orElse("guest with VMCS at 0x" + Long.toHexString(guest.vmcsHpa()));
        };
    }

    @Override
    public List<String> names() {
        Stream<String> roots = IntStream.range(0, lastExit.length).mapToObj(vcpu -> ROOT + vcpu);
        return Stream.concat(roots, all.stream().map(GuestRecord::name)).toList();
    }
}
