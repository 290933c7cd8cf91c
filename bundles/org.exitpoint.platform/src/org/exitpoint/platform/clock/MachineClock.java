/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.exitpoint.machine.DrivenClock;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The clock that the machine's run loop drives.
 *
 * <p>The loop {@link #advance advances} it by the steps that processors took, {@link #advanceIdle skips} idle time, and
 * calls {@link #expire} at every boundary. A board has few timers, so the next deadline is found by looking at each
 * when one changes. Machine's thread only.
 */
public final class MachineClock implements DrivenClock {
    private final List<DeadlineTimer> timers = new ArrayList<>();
    private Runnable deadlineListener = () -> { };
    private LongSupplier inFlight = () -> 0;
    private long steps;
    private long idle;
    private long next = Long.MAX_VALUE;
    /** Distinguishes, within {@link #expire}, deadlines armed before it from those that its timers arm. */
    private long armings;

    @Override
    public long steps() {
        return steps + inFlight.getAsLong();
    }

    @Override
    public long now() {
        return steps() + idle;
    }

    @Override
    public long nextDeadline() {
        return next;
    }

    @Override
    public Timer timer(String name, Runnable expired) {
        for (DeadlineTimer timer : timers) {
            if (timer.name.equals(name)) {
                throw new IllegalArgumentException("there is a timer " + name + " already");
            }
        }
        DeadlineTimer timer = new DeadlineTimer(name, expired);
        timers.add(timer);
        return timer;
    }

    @Override
    public void inFlight(LongSupplier stepsOfSlice) {
        inFlight = stepsOfSlice;
    }

    @Override
    public void onEarlierDeadline(Runnable listener) {
        deadlineListener = listener;
    }

    @Override
    public void advance(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("time cannot go back by " + -count + " steps");
        }
        steps += count;
    }

    @Override
    public void advanceIdle(long to) {
        if (to < now()) {
            throw new IllegalArgumentException("time cannot go back from " + now() + " to " + to);
        }
        idle = to - steps();
    }

    @Override
    public boolean expire() {
        if (next > now()) {
            return false;
        }
        long armedBefore = armings;
        boolean any = false;
        for (DeadlineTimer due = firstDue(armedBefore); due != null; due = firstDue(armedBefore)) {
            due.disarm();
            due.expired.run();
            any = true;
        }
        return any;
    }

    private DeadlineTimer firstDue(long armedBefore) {
        DeadlineTimer first = null;
        for (DeadlineTimer timer : timers) {
            boolean due = timer.deadline <= now() && timer.arming <= armedBefore;
            if (due && (first == null || timer.deadline < first.deadline)) {
                first = timer;
            }
        }
        return first;
    }

    private void deadlineChanged() {
        long before = next;
        next = Long.MAX_VALUE;
        for (DeadlineTimer timer : timers) {
            next = Math.min(next, timer.deadline);
        }
        if (next < before) {
            deadlineListener.run();
        }
    }

    /** Back to power-on: count zero, every timer disarmed. */
    public void reset() {
        steps = 0;
        idle = 0;
        timers.forEach(timer -> timer.deadline = Long.MAX_VALUE);
        deadlineChanged();
    }

    /** Writes the time and every timer's deadline. */
    public void save(StateWriter out) {
        out.number("steps", steps);
        out.number("idle", idle);
        timers.forEach(timer -> out.number(timer.name, timer.deadline));
    }

    /** Reads what {@link #save} wrote, with the same timers registered in the same order. */
    public void restore(StateReader in) {
        steps = in.number("steps");
        idle = in.number("idle");
        timers.forEach(timer -> timer.deadline = in.number(timer.name));
        deadlineChanged();
    }

    private final class DeadlineTimer implements Timer {
        private final String name;
        private final Runnable expired;
        private long deadline = Long.MAX_VALUE;
        private long arming;

        DeadlineTimer(String name, Runnable expired) {
            this.name = name;
            this.expired = expired;
        }

        @Override
        public void arm(long at) {
            deadline = at;
            arming = ++armings;
            deadlineChanged();
        }

        @Override
        public void disarm() {
            deadline = Long.MAX_VALUE;
            deadlineChanged();
        }

        @Override
        public long deadline() {
            return deadline;
        }
    }
}
