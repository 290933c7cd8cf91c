/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.vmx.PendingDebug;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;

/** Runs one processor for a number of steps at a time. The machine's thread only. */
public final class Slice {
    private static final int ONE_INSTRUCTION = GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_BY_MOV_SS;
    private static final long SINGLE_STEP = PendingDebug.BS.mask();
    /** RF: each instruction clears it; where one faults, the delivery sets it in what is saved. */
    private static final long RESUME = Rflags.RF.mask();

    private final Core core;
    private final GuestState state;
    private final Interpreter interpreter;
    private final Engine engine;
    private final InstructionBoundary boundary;
    private long given;
    private long last;
    private boolean running;

    /**
     * The slices of one processor.
     *
     * @param engine executes all but single instructions; may be the interpreter itself
     */
    public Slice(Core core, Interpreter interpreter, Engine engine) {
        this.core = core;
        this.state = core.state();
        this.interpreter = interpreter;
        this.engine = engine;
        this.boundary = new InstructionBoundary(core);
    }

    /** The processor. */
    public Core core() {
        return core;
    }

    /** The engine that executes all but single instructions. */
    public Engine engine() {
        return engine;
    }

    /** Whether the processor can execute nothing until an event comes. */
    public boolean isIdle() {
        return state.get8(GuestState.ACTIVITY) != Activity.ACTIVE.ordinal();
    }

    /** Steps taken in the slice that is running; 0 between slices. */
    long taken() {
        return running ? given - state.get(GuestState.BUDGET) : 0;
    }

    /**
     * Shortens the running slice so that it ends no more than this many steps on, but after the present instruction.
     */
    void shorten(long steps) {
        long rest = state.get(GuestState.BUDGET);
        long wanted = Math.max(1, steps);
        if (running && wanted < rest) {
            given -= rest - wanted;
            state.set(GuestState.BUDGET, wanted);
        }
    }

    /**
     * Runs the processor for at most a number of steps, less if it goes idle, yields, must stop, or its budget must be
     * computed anew. Raises {@link org.exitpoint.cpu.interruption.Interruption.NotImplemented}, with the state as
     * before the instruction.
     */
    void run(long budget) {
        given = budget;
        state.set(GuestState.BUDGET, budget);
        running = true;
        try {
            while (state.get(GuestState.BUDGET) > 0 && !mustReturn()) {
                runOnce();
            }
        } finally {
            last = taken();
            running = false;
        }
    }

    /** Steps taken in the last slice that ended, by an interruption too. */
    long lastTaken() {
        return last;
    }

    private boolean mustReturn() {
        return (state.get32(GuestState.ATTENTION) & Attention.ENDS_SLICE) != 0;
    }

    private void runOnce() {
        if (state.wantsBoundary() || core.virtualization().stepsToTimer() <= 0) {
            if (boundary.process()) {
                core.takeExited();
                step();
                return;
            }
            if (isIdle()) {
                state.attend(Attention.BUDGET);
                return;
            }
        }
        try {
            execute();
        } catch (Interruption e) {
            core.delivery().raise(e);
            core.takeExited();
            step();
        }
    }

    private void step() {
        state.set(GuestState.BUDGET, state.get(GuestState.BUDGET) - 1);
    }

    private void execute() {
        long flags = state.get(GuestState.SYSTEM_FLAGS);
        boolean trap = (flags & Rflags.TF.mask()) != 0;
        if ((flags & RESUME) != 0) {
            state.set(GuestState.SYSTEM_FLAGS, flags & ~RESUME);
        }
        boolean blocked = (state.get8(GuestState.BLOCKING) & ONE_INSTRUCTION) != 0;
        if (trap || blocked) {
            executeOne(trap);
        } else if (state.wantsBoundary()) {
            interpreter.step();
        } else {
            engine.execute();
        }
    }

    /** One instruction under single-stepping or under a blocking that lasts for it. */
    private void executeOne(boolean trap) {
        boolean guest = inNonRootOperation();
        core.delivery().takeEntered();
        state.set8(GuestState.BLOCKING, state.get8(GuestState.BLOCKING) & ~GuestState.BLOCKING_IS_FRESH);
        interpreter.step();
        int blocking = state.get8(GuestState.BLOCKING);
        if ((blocking & GuestState.BLOCKING_IS_FRESH) == 0) {
            state.set8(GuestState.BLOCKING, blocking & ~ONE_INSTRUCTION);
        }
        boolean transition = interpreter.exited() || inNonRootOperation() != guest;
        if (trap && !transition && !core.delivery().takeEntered()) {
            state.set(GuestState.PENDING_DEBUG, state.get(GuestState.PENDING_DEBUG) | SINGLE_STEP);
            state.attend(Attention.DEBUG_EXCEPTION);
        }
    }

    private boolean inNonRootOperation() {
        return state.get8(GuestState.VMX_OPERATION) == GuestState.VMX_NON_ROOT;
    }
}
