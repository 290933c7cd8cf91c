/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.exitpoint.machine.Clock;

/** A clock that tests move by hand: nanosecond by nanosecond, so that timers expire at exactly their time. */
final class HandClock implements Clock {
    private final List<HandTimer> timers = new ArrayList<>();
    private long now = 1000;

    @Override
    public long steps() {
        return now;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer timer(String name, Runnable expired) {
        HandTimer timer = new HandTimer(name, expired);
        timers.add(timer);
        return timer;
    }

    @Override
    public long nextDeadline() {
        return timers.stream().mapToLong(timer -> timer.deadline).min().orElse(Long.MAX_VALUE);
    }

    List<String> names() {
        return timers.stream().map(timer -> timer.name).toList();
    }

    /** Moves on, expiring what is due on the way in order. */
    void advance(long nanoseconds) {
        long end = now + nanoseconds;
        while (nextDeadline() <= end) {
            now = Math.max(now, nextDeadline());
            HandTimer due = timers.stream().min(Comparator.comparingLong(HandTimer::deadline)).orElseThrow();
            due.expire();
        }
        now = end;
    }

    /** Moves on without looking at timers, as a run loop does that is late; the next advance expires them. */
    void slip(long nanoseconds) {
        now += nanoseconds;
    }

    private static final class HandTimer implements Timer {
        private final String name;
        private final Runnable expired;
        private long deadline = Long.MAX_VALUE;

        HandTimer(String name, Runnable expired) {
            this.name = name;
            this.expired = expired;
        }

        private void expire() {
            disarm();
            expired.run();
        }

        @Override
        public void arm(long at) {
            deadline = at;
        }

        @Override
        public void disarm() {
            deadline = Long.MAX_VALUE;
        }

        @Override
        public long deadline() {
            return deadline;
        }
    }
}
