/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.function.LongSupplier;

import org.exitpoint.arch.Sdm;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The APIC timer. Its bus clock ticks once a nominal nanosecond. What is kept is when the count reaches zero, not the
 * count, so that periods do not drift.
 */
@Sdm(section = "12.5.4", title = "APIC Timer")
final class ApicTimer {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int MODE_SHIFT = 17;
    private static final Mode[] MODES = Mode.values();

    private final Clock clock;
    private final Clock.Timer timer;
    /** What is added to the clock to give the processor's time-stamp counter. */
    private final LongSupplier tscOffset;
    private final Runnable interrupt;
    private Mode mode;
    private int divideConfiguration;
    private int initialCount;
    private long tscDeadline;
    /** Nominal time at which the timer interrupts next; {@link #NEVER} if it is stopped or disarmed. */
    private long expiry;

    /** Bits 18:17 of the timer's entry in the local vector table, in the order of their encodings. */
    enum Mode {
        ONE_SHOT,
        PERIODIC,
        TSC_DEADLINE,
        /** No mode has this encoding; the timer stands still. */
        RESERVED;

        static Mode of(int entry) {
            return MODES[entry >>> MODE_SHIFT & MODES.length - 1];
        }

        boolean counts() {
            return this == ONE_SHOT || this == PERIODIC;
        }
    }

    ApicTimer(Clock clock, String name, LongSupplier tscOffset, Runnable interrupt) {
        this.clock = clock;
        this.timer = clock.timer(name, this::expired);
        this.tscOffset = tscOffset;
        this.interrupt = interrupt;
        clear();
    }

    void reset() {
        clear();
        timer.disarm();
    }

    private void clear() {
        mode = Mode.ONE_SHOT;
        divideConfiguration = 0;
        initialCount = 0;
        tscDeadline = 0;
        expiry = NEVER;
    }

    private void expireAt(long time) {
        expiry = time;
        if (time == NEVER) {
            timer.disarm();
        } else {
            timer.arm(time);
        }
    }

    private void expired() {
        long due = expiry;
        tscDeadline = 0;
        if (mode == Mode.PERIODIC) {
            long period = nanoseconds(Integer.toUnsignedLong(initialCount));
            long missed = (clock.now() - due) / period;
            expireAt(due + (missed + 1) * period);
        } else {
            expireAt(NEVER);
        }
        interrupt.run();
    }

    /** Bits 3, 1 and 0 are the binary logarithm of the divisor less one, modulo eight. */
    private int divideShift() {
        int code = divideConfiguration >>> 1 & 4 | divideConfiguration & 3;
        return code + 1 & 7;
    }

    private long nanoseconds(long counts) {
        return counts << divideShift();
    }

    int initialCount() {
        return initialCount;
    }

    /** Starts the count; zero stops it. Ignored in TSC-deadline mode. */
    void setInitialCount(int count) {
        if (mode.counts()) {
            initialCount = count;
            startAt(Integer.toUnsignedLong(count));
        }
    }

    private void startAt(long counts) {
        expireAt(counts == 0 ? NEVER : clock.now() + nanoseconds(counts));
    }

    /** The current count; zero when stopped and in TSC-deadline mode. */
    long currentCount() {
        if (expiry == NEVER || !mode.counts()) {
            return 0;
        }
        long left = Math.max(0, expiry - clock.now());
        return left + (1L << divideShift()) - 1 >>> divideShift();
    }

    int divideConfiguration() {
        return divideConfiguration;
    }

    /** Counts on from the present count at the new rate. */
    void setDivideConfiguration(int value) {
        long counts = currentCount();
        divideConfiguration = value;
        if (counts != 0) {
            startAt(counts);
        }
    }

    /**
     * Sets the mode. The manual says that each change of mode disarms the timer; processors count on when it changes
     * between one-shot and periodic, and software relies on it.
     */
    void setMode(Mode newMode) {
        if (newMode != mode && !(mode.counts() && newMode.counts())) {
            tscDeadline = 0;
            expireAt(NEVER);
        }
        mode = newMode;
    }

    /** IA32_TSC_DEADLINE: zero when disarmed, and in other modes. */
    long tscDeadline() {
        return tscDeadline;
    }

    /** Arms the timer for a value of the time-stamp counter; zero disarms it. Ignored in other modes. */
    void setTscDeadline(long value) {
        if (mode == Mode.TSC_DEADLINE) {
            tscDeadline = value;
            followTsc();
        }
    }

    /** Recomputes when the deadline is reached: the time-stamp counter was changed. */
    void followTsc() {
        if (mode == Mode.TSC_DEADLINE) {
            expireAt(tscDeadline == 0 ? NEVER : nominal(tscDeadline));
        }
    }

    private long nominal(long tsc) {
        long now = clock.now();
        long counter = now + tscOffset.getAsLong();
        if (Long.compareUnsigned(tsc, counter) <= 0) {
            return now;
        }
        long wait = tsc - counter;
        return wait < 0 || wait > NEVER - now ? NEVER : now + wait;
    }

    void save(StateWriter out) {
        out.number("timerMode", mode.ordinal());
        out.number("divideConfiguration", divideConfiguration);
        out.number("initialCount", initialCount);
        out.number("tscDeadline", tscDeadline);
        out.number("timerExpiry", expiry);
    }

    void restore(StateReader in) {
        mode = MODES[(int) in.number("timerMode")];
        divideConfiguration = (int) in.number("divideConfiguration");
        initialCount = (int) in.number("initialCount");
        tscDeadline = in.number("tscDeadline");
        expireAt(in.number("timerExpiry"));
    }
}
