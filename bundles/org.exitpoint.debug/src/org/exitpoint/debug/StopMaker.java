/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.StopReason;
import org.exitpoint.debug.context.ContextTable;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.debug.exit.ExitDecoder;
import org.exitpoint.debug.inspect.ContextInspector;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.debug.step.Event;
import org.exitpoint.debug.step.Runner.Result;
import org.exitpoint.machine.Stop;

/** Makes stops for clients from what the machine says. Machine's thread only. */
final class StopMaker {
    private final MachineControl machine;
    private final ContextInspector inspector;
    private final ContextTable contexts;
    private final ExitDecoder decoder;

    StopMaker(MachineControl machine, ContextInspector inspector, ExitDecoder decoder) {
        this.machine = machine;
        this.inspector = inspector;
        this.contexts = inspector.contexts();
        this.decoder = decoder;
    }

    /** The stop before the first step. */
    org.exitpoint.debug.api.stop.Stop ready(long id) {
        return make(id, machine.nextProcessor(), new StopReason.Ready(), Optional.empty());
    }

    /** The stop at the end of a run. */
    org.exitpoint.debug.api.stop.Stop make(long id, Result result) {
        return switch (result) {
            case Result.Breakpoint(int vcpu, int number) ->
                    make(id, vcpu, new StopReason.AtBreakpoint(number), Optional.empty());
            case Result.Step(int vcpu) -> make(id, vcpu, new StopReason.Step(), Optional.empty());
            case Result.Machine(Stop stop) -> make(id, stop);
        };
    }

    private org.exitpoint.debug.api.stop.Stop make(long id, Stop stop) {
        int next = machine.nextProcessor();
        return switch (stop) {
            case Stop.Hook(int vcpu, Object cause) -> make(id, vcpu, event((Event) cause),
                    Optional.of(((Event) cause).guest()));
            case Stop.Shutdown(int vcpu, String cause) ->
                    make(id, vcpu, new StopReason.Shutdown(cause), Optional.empty());
            case Stop.NotImplemented(int vcpu, long _, String what) ->
                    make(id, vcpu, new StopReason.NotImplemented(what), Optional.empty());
            case Stop.Limit _ -> make(id, next, new StopReason.Limit(), Optional.empty());
            case Stop.Paused _ -> make(id, next, new StopReason.Paused(), Optional.empty());
            case Stop.Idle _ -> make(id, next, new StopReason.Idle(), Optional.empty());
            case Stop.PowerOff _ -> make(id, next, new StopReason.PowerOff(), Optional.empty());
            case Stop.GuestExit(long value) -> make(id, next, new StopReason.GuestExit(value), Optional.empty());
            case Stop.Divergence(String difference) ->
                    make(id, next, new StopReason.Divergence(difference), Optional.empty());
        };
    }

    private StopReason event(Event event) {
        return switch (event) {
            case Event.Entry entry -> new StopReason.VmEntry(entry.guest().id(), entry.launch());
            case Event.Exit exit -> new StopReason.VmExit(decoder.decode(exit.guest(), exit.vcpu()));
            case Event.EntryFailure failure -> {
                Optional<ExitInformation> exit = failure.exit()
                        ? Optional.of(decoder.decode(failure.guest(), failure.vcpu())) : Optional.empty();
                Optional<InstructionError> error = failure.exit() ? Optional.empty()
                        : Optional.ofNullable(InstructionError.ofNumber((int) decoder.fields(failure.guest())
                                .applyAsLong(VmcsField.VM_INSTRUCTION_ERROR)));
                yield new StopReason.EntryFailure(failure.guest().id(), error, exit,
                        decoder.failures(failure.guest(), failure.checks()));
            }
        };
    }

    private org.exitpoint.debug.api.stop.Stop make(long id, int vcpu, StopReason reason,
            Optional<GuestRecord> concerned) {
        ContextId current = contexts.current(vcpu);
        Optional<GuestRecord> shown = concerned.or(() -> contexts.running(vcpu)).or(() -> currentVmcs(vcpu));
        List<VmcsFieldValue> vmcs = shown.map(inspector.vmcs()::all).orElse(List.of());
        Optional<ContextId> subject = concerned.map(guest -> (ContextId) guest.id())
                .filter(guest -> !guest.equals(current));
        long steps = machine.processors().getFirst().clock().steps();
        return new org.exitpoint.debug.api.stop.Stop(id, reason, steps, vcpu, current, subject,
                frames(current, subject, reason), inspector.registers(current), vmcs);
    }

    private Optional<GuestRecord> currentVmcs(int vcpu) {
        return machine.vmx().current(vcpu).stream().mapToObj(contexts::known).flatMap(Optional::stream).findFirst();
    }

    private List<Frame> frames(ContextId current, Optional<ContextId> subject, StopReason reason) {
        List<Frame> frames = new ArrayList<>();
        frames.add(code(current));
        if (subject.isPresent()) {
            String guest = contexts.name(subject.get());
            String text = switch (reason) {
                case StopReason.VmExit exit -> "VM exit " + exit.exit().name() + " from " + guest;
                case StopReason.EntryFailure _ -> "failed VM entry to " + guest;
                default -> guest;
            };
            frames.add(new Frame.Boundary(subject.get(), text));
            frames.add(code(subject.get()));
        } else if (current instanceof ContextId.Guest guest) {
            ContextId root = new ContextId.Root(inspector.core(guest).index());
            frames.add(new Frame.Boundary(root, "VM entry to " + contexts.name(guest)));
            frames.add(code(root));
        }
        return frames;
    }

    private Frame code(ContextId context) {
        return new Frame.Code(context, inspector.instructionPointer(context), inspector.stackPointer(context));
    }
}
