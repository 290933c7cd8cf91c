/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.step;

import java.util.Optional;
import java.util.Set;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.inspect.CodeReader;
import org.exitpoint.debug.inspect.ContextInspector;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.shape.Instruction;

/** The goal of a step, as {@link StepKind} defines it. */
final class InstructionGoal implements Goal {
    private static final Set<String> RETURNS = Set.of("RET", "IRET", "IRETD", "IRETQ", "IRET/IRETD/IRETQ");

    private final ContextInspector contexts;
    private final CodeReader code;
    private final int vcpu;
    private final StepKind kind;
    private final ContextId start;
    private final long startPointer;
    private final long startStack;
    private final Optional<Instruction> first;
    private Optional<Instruction> executing;
    private boolean away;

    InstructionGoal(ContextInspector contexts, CodeReader code, int vcpu, StepKind kind) {
        this.contexts = contexts;
        this.code = code;
        this.vcpu = vcpu;
        this.kind = kind;
        start = contexts.contexts().current(vcpu);
        startPointer = contexts.instructionPointer(start);
        startStack = contexts.stackPointer(start);
        first = code.decodeNext(start);
        executing = first;
    }

    /** In another context nothing needs to be looked at but the way back. */
    @Override
    public boolean isStepwise() {
        return !away && !(kind == StepKind.RETURN && start instanceof ContextId.Guest);
    }

    @Override
    public Verdict consider(Event event) {
        if (event.vcpu() != vcpu) {
            return Verdict.GO_ON;
        }
        if (kind == StepKind.INTO) {
            return Verdict.STOP;
        }
        return start instanceof ContextId.Root ? inRoot(event) : inGuest(event);
    }

    private Verdict inRoot(Event event) {
        boolean entry = event instanceof Event.Entry;
        away = entry;
        return entry ? Verdict.GO_ON : kind == StepKind.OVER && !isCall() ? Verdict.STOP : Verdict.LOOK;
    }

    private Verdict inGuest(Event event) {
        if (!event.guest().id().equals(start) || event instanceof Event.EntryFailure) {
            return Verdict.GO_ON;
        }
        if (event instanceof Event.Exit) {
            away = true;
            return kind == StepKind.RETURN ? Verdict.STOP : Verdict.GO_ON;
        }
        away = false;
        return isCall() ? Verdict.LOOK : Verdict.STEP_DONE;
    }

    @Override
    public boolean isReached(int stepped) {
        if (stepped != vcpu || !contexts.contexts().current(vcpu).equals(start)) {
            return false;
        }
        Optional<Instruction> executed = executing;
        executing = code.decodeNext(start);
        long pointer = contexts.instructionPointer(start);
        if (pointer == startPointer && isRepeated()) {
            return false;
        }
        return switch (kind) {
            case INTO -> true;
            case OVER -> !isCall() || isBackFromCall(pointer);
            case RETURN -> isReturn(executed) && contexts.stackPointer(start) > startStack;
        };
    }

    private boolean isBackFromCall(long pointer) {
        return pointer == startPointer + first.orElseThrow().length()
                && contexts.stackPointer(start) >= startStack;
    }

    private boolean isCall() {
        return first.isPresent() && first.get().shape().key().row().mnemonic().equals("CALL");
    }

    private boolean isRepeated() {
        return first.isPresent() && first.get().shape().key().repeat() != Repeat.NONE;
    }

    private static boolean isReturn(Optional<Instruction> instruction) {
        return instruction.isPresent() && RETURNS.contains(instruction.get().shape().key().row().mnemonic());
    }
}
