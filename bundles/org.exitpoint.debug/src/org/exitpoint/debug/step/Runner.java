/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.step;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.ExitRecord;
import org.exitpoint.debug.context.ContextTable;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.debug.exit.ExitDecoder;
import org.exitpoint.debug.exit.ExitLog;
import org.exitpoint.debug.exit.ExitTrace;
import org.exitpoint.debug.inspect.CodeReader;
import org.exitpoint.debug.inspect.ContextInspector;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.debug.port.VmxObserver;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.Stop;

/**
 * Runs a machine to a goal or a breakpoint and hears of its VM entries and exits meanwhile. Machine's thread only.
 *
 * <p>While a breakpoint is at an address the machine runs in single steps, so that the address is compared before each
 * instruction: right on every engine, and slow.
 */
public final class Runner implements VmxObserver {
    private final MachineControl machine;
    private final Clock clock;
    private final ContextInspector inspector;
    private final ContextTable contexts;
    private final CodeReader code;
    private final ExitDecoder decoder;
    private final BreakpointTable breakpoints;
    private final ExitLog log;
    private final Optional<ExitTrace> trace;
    private Goal goal = Goal.NONE;

    /** A runner, which observes the machine from now on. */
    public Runner(MachineControl machine, ContextInspector inspector, CodeReader code, ExitDecoder decoder,
            BreakpointTable breakpoints, ExitLog log, Optional<ExitTrace> trace) {
        this.machine = machine;
        this.clock = machine.processors().getFirst().clock();
        this.inspector = inspector;
        this.contexts = inspector.contexts();
        this.code = code;
        this.decoder = decoder;
        this.breakpoints = breakpoints;
        this.log = log;
        this.trace = trace;
        machine.observe(this);
    }

    /** What ended a run. */
    public sealed interface Result {
        /** The machine stopped by itself or at an event, which is then the hook's cause. */
        record Machine(Stop stop) implements Result {
        }

        /** A breakpoint's address comes next. */
        record Breakpoint(int vcpu, int number) implements Result {
        }

        /** A step is done. */
        record Step(int vcpu) implements Result {
        }
    }

    /** Runs to a breakpoint, at most a number of steps. */
    public Result run(long steps) {
        return run(Goal.NONE, steps);
    }

    /** Steps a processor. */
    public Result step(int vcpu, StepKind kind) {
        return run(new InstructionGoal(inspector, code, vcpu, kind), Long.MAX_VALUE);
    }

    private Result run(Goal to, long steps) {
        goal = to;
        contexts.markAll();
        try {
            return loop(steps);
        } finally {
            goal = Goal.NONE;
            trace.ifPresent(ExitTrace::flush);
        }
    }

    private Result loop(long steps) {
        long end = steps > Long.MAX_VALUE - clock.steps() ? Long.MAX_VALUE : clock.steps() + steps;
        while (true) {
            boolean single = goal.isStepwise() || breakpoints.hasAddresses();
            int vcpu = machine.nextProcessor();
            Stop stop = machine.run(single ? 1 : end - clock.steps());
            if (stop instanceof Stop.Hook(int at, Object cause) && cause == Goal.Verdict.STEP_DONE) {
                return new Result.Step(at);
            }
            boolean looks = stop instanceof Stop.Hook(int _, Object reason) && reason == Goal.Verdict.LOOK;
            if (!looks && !(stop instanceof Stop.Limit) || clock.steps() >= end) {
                return new Result.Machine(stop);
            }
            Optional<Integer> breakpoint = breakpointAt(machine.nextProcessor());
            if (breakpoint.isPresent()) {
                return new Result.Breakpoint(machine.nextProcessor(), breakpoint.get());
            }
            if (goal.isStepwise() && goal.isReached(vcpu)) {
                return new Result.Step(vcpu);
            }
        }
    }

    private Optional<Integer> breakpointAt(int vcpu) {
        if (!breakpoints.hasAddresses()) {
            return Optional.empty();
        }
        ContextId context = contexts.current(vcpu);
        return breakpoints.at(contexts.name(context), inspector.instructionPointer(context));
    }

    @Override
    public void entered(int vcpu, long vmcs, boolean launch) {
        consider(new Event.Entry(vcpu, contexts.entering(vcpu, vmcs), launch));
    }

    @Override
    public void exited(int vcpu, long vmcs) {
        consider(new Event.Exit(vcpu, exit(vcpu, contexts.guest(vmcs))));
    }

    @Override
    public void entryFailed(int vcpu, long vmcs, List<? extends EntryCheckDescriptor> failed, boolean exit) {
        GuestRecord guest = contexts.entering(vcpu, vmcs);
        if (exit) {
            exit(vcpu, guest);
        }
        consider(new Event.EntryFailure(vcpu, guest, List.copyOf(failed), exit));
    }

    @Override
    public void vmxOff(int vcpu) {
        contexts.vmxOff(vcpu);
    }

    private void consider(Event event) {
        // Both are asked, as a goal follows the events.
        Goal.Verdict verdict = goal.consider(event);
        if (breakpoints.stopsAt(event, () -> decoder.key(event.guest())) || verdict == Goal.Verdict.STOP) {
            machine.stop(event.vcpu(), event);
        } else if (verdict != Goal.Verdict.GO_ON) {
            machine.stop(event.vcpu(), verdict);
        }
    }

    private GuestRecord exit(int vcpu, GuestRecord guest) {
        ToLongFunction<VmcsField> vmcs = decoder.fields(guest);
        long field = vmcs.applyAsLong(VmcsField.EXIT_REASON);
        contexts.exited(vcpu, guest.id().vmcsHpa(), ExitReason.ofField(field));
        log.add(new ExitRecord(log.next(), guest.id(), vcpu, clock.steps(), field,
                Optional.ofNullable(decoder.key(guest)), vmcs.applyAsLong(VmcsField.EXIT_QUALIFICATION),
                vmcs.applyAsLong(VmcsField.GUEST_RIP)));
        trace.ifPresent(writer -> writer.write(guest.name(), decoder.decode(guest, vcpu)));
        return guest;
    }
}
