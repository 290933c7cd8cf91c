/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import java.util.Arrays;
import java.util.List;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.DrivenClock;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.machine.Stop;

/**
 * Runs a machine's processors in deterministic round robin on the calling thread and keeps the clock.
 *
 * <p>A processor's turn ends after {@link #QUANTUM} steps, when it goes idle, or when it executes PAUSE and others
 * wait. Steps are the machine's only measure of time, so the same inputs give the same run. {@link #pause} may be
 * called from any thread, all else from the machine's.
 */
public final class RunLoop {
    /** Steps in a processor's turn while there are several processors. */
    public static final long QUANTUM = 20_000;
    /** Steps after which a pause is seen at the latest. */
    private static final long LONGEST_SLICE = 1_000_000;
    /**
     * Deadlines after which a machine that nothing woke counts as idle for good: a periodic timer whose interrupt is
     * masked would keep time going for ever, without a step that a limit could count.
     */
    private static final int MOST_SKIPPED = 10_000;

    private final List<Slice> processors;
    private final DrivenClock clock;
    private final InputGate input;
    /** Processors that were idle and had no event to take when they last had their turn. */
    private final boolean[] waiting;
    private int current;
    private long turnEnd;
    /** Deadlines that idle time was skipped to since a processor last took a step. */
    private int skipped;
    private Stop requested;
    private volatile boolean paused;

    /** Lets host input in at instruction boundaries. */
    public interface InputGate {
        /** Whether {@link #deliver} has something to deliver. */
        boolean pending();

        /** Delivers what is due. */
        void deliver();

        /** Nominal time of the next logged input, which the clock must not pass; {@link Long#MAX_VALUE} if none. */
        long nextDelivery();
    }

    /** The loop over processors that share a clock. */
    public RunLoop(List<Slice> processors, DrivenClock clock, InputGate input) {
        this.processors = List.copyOf(processors);
        this.waiting = new boolean[processors.size()];
        this.clock = clock;
        this.input = input;
        clock.inFlight(() -> running().taken());
        clock.onEarlierDeadline(() -> running().shorten(clock.nextDeadline() - clock.now()));
    }

    private Slice running() {
        return processors.get(current);
    }

    /** Asks the machine to stop at the next boundary; the first of several requests counts. */
    public void requestStop(Stop stop) {
        if (requested == null) {
            requested = stop;
        }
        running().core().state().attend(Attention.STOP);
    }

    /** Asks the machine to stop soon. Any thread. */
    public void pause() {
        paused = true;
    }

    /** The processor whose turn it is. */
    public int current() {
        return current;
    }

    /** Runs until something stops the machine, or for a number of steps. */
    public Stop run(long steps) {
        long now = clock.steps();
        long end = now + Math.min(steps, Long.MAX_VALUE - now);
        while (true) {
            try {
                Stop stop = boundary(end);
                if (stop != null) {
                    return stop;
                }
                turn(end);
            } catch (Interruption.NotImplemented e) {
                return new Stop.NotImplemented(current, running().core().state().rip(), e.getMessage());
            }
        }
    }

    /** What happens between two slices; the reason to stop, or null. */
    private Stop boundary(long end) {
        if (clock.expire() | input.pending()) {
            Arrays.fill(waiting, false);
        }
        input.deliver();
        if (requested != null) {
            Stop stop = requested;
            requested = null;
            return stop;
        }
        if (paused) {
            paused = false;
            return new Stop.Paused();
        }
        for (Slice processor : processors) {
            if (activity(processor) == Activity.SHUTDOWN) {
                return new Stop.Shutdown(processor.core().index(), shutdownCause(processor.core()));
            }
        }
        return clock.steps() >= end ? new Stop.Limit() : choose();
    }

    private static String shutdownCause(Core core) {
        String abort = core.virtualization().shutdownCause();
        return abort != null ? abort : core.delivery().shutdownCause();
    }

    /** Finds the processor to run, skipping idle time; a stop if none will ever run again. */
    private Stop choose() {
        if (!waiting[current] && clock.steps() < turnEnd) {
            return null;
        }
        if (!next()) {
            long wakeUp = wakeUp();
            if (wakeUp == Long.MAX_VALUE || ++skipped > MOST_SKIPPED) {
                skipped = 0;
                return new Stop.Idle();
            }
            clock.advanceIdle(Math.max(clock.now(), wakeUp));
            clock.expire();
            input.deliver();
            Arrays.fill(waiting, false);
            next();
        }
        return null;
    }

    /** The nominal time at which something can happen that is no processor's doing. */
    private long wakeUp() {
        long time = Math.min(clock.nextDeadline(), input.nextDelivery());
        for (Slice processor : processors) {
            long steps = processor.core().virtualization().stepsToTimer();
            time = Math.min(time, steps == Long.MAX_VALUE ? steps : clock.now() + steps);
        }
        return time;
    }

    /** Gives the turn to the next processor that is not known to wait; false if there is none. */
    private boolean next() {
        for (int i = 1; i <= waiting.length; i++) {
            int candidate = (current + i) % waiting.length;
            if (!waiting[candidate]) {
                current = candidate;
                turnEnd = waiting.length == 1 ? Long.MAX_VALUE : clock.steps() + QUANTUM;
                return true;
            }
        }
        return false;
    }

    private static Activity activity(Slice processor) {
        return Activity.values()[processor.core().state().get8(GuestState.ACTIVITY)];
    }

    private void turn(long end) {
        Slice processor = running();
        GuestState state = processor.core().state();
        state.set32(GuestState.ATTENTION, state.get32(GuestState.ATTENTION) & ~Attention.ENDS_SLICE);
        long budget = Math.min(end, turnEnd) - clock.steps();
        budget = Math.min(budget, LONGEST_SLICE);
        budget = Math.min(budget, Math.min(clock.nextDeadline(), input.nextDelivery()) - clock.now());
        budget = Math.min(budget, processor.core().virtualization().stepsToTimer());
        try {
            processor.run(Math.max(1, budget));
        } finally {
            clock.advance(processor.lastTaken());
        }
        if (processor.lastTaken() > 0) {
            skipped = 0;
            Arrays.fill(waiting, false);
        }
        waiting[current] = processor.isIdle();
        if ((state.get32(GuestState.ATTENTION) & Attention.YIELD) != 0) {
            turnEnd = clock.steps();
        }
    }

    /** Writes whose turn it is, and until when. */
    public void save(StateWriter out) {
        out.number("current", current);
        out.number("turn-end", turnEnd);
        for (int i = 0; i < waiting.length; i++) {
            out.number("waiting" + i, waiting[i] ? 1 : 0);
        }
    }

    /** Reads what {@link #save} wrote for as many processors. */
    public void restore(StateReader in) {
        long turn = in.number("current");
        if (turn < 0 || turn >= waiting.length) {
            throw new IllegalStateException("there is no processor " + turn);
        }
        current = (int) turn;
        turnEnd = in.number("turn-end");
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = in.number("waiting" + i) != 0;
        }
    }
}
