/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import java.util.List;
import java.util.function.LongSupplier;

import org.exitpoint.cpu.TestProcessor;
import org.exitpoint.machine.DrivenClock;
import org.exitpoint.machine.Stop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose turn it is: processors take turns of a fixed number of steps, and PAUSE gives the rest of a turn away. */
class RoundRobinTest {
    private static final int[] PAUSE = {0xF3, 0x90};
    private static final int[] MOV_EAX_1 = {0xB8, 1, 0, 0, 0};
    private static final int[] MOV_DR7_EAX = {0x0F, 0x23, 0xF8};
    private static final int[] LOOP = {0xEB, 0xFE};
    private final TestProcessor first = TestProcessor.protectedMode();
    private final TestProcessor second = TestProcessor.protectedMode();
    private final CountingClock clock = new CountingClock();
    private final RunLoop loop = new RunLoop(List.of(slice(first), slice(second)), clock, new NoInput());

    private static Slice slice(TestProcessor processor) {
        return new Slice(processor.cpu, processor.interpreter, processor.interpreter);
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static void code(TestProcessor processor, int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            processor.ram.write(TestProcessor.CODE + at + i, 1, bytes[i]);
        }
    }

    @Test
    void turnLastsForAQuantum() {
        code(first, 0, LOOP);
        code(second, 0, LOOP);
        int firstTurn = turnOfNext();
        loop.run(RunLoop.QUANTUM - 2);
        assertThat(loop.current()).isEqualTo(firstTurn);
        loop.run(2);
        assertThat(loop.current()).isNotEqualTo(firstTurn);
    }

    @Test
    void pauseEndsTheTurn() {
        for (TestProcessor processor : List.of(first, second)) {
            code(processor, 0, PAUSE);
            code(processor, PAUSE.length, LOOP);
        }
        int firstTurn = turnOfNext();
        loop.run(1);
        assertThat(loop.current()).isNotEqualTo(firstTurn);
    }

    @Test
    void stepsBeforeSomethingNotImplementedCount() {
        for (TestProcessor processor : List.of(first, second)) {
            code(processor, 0, MOV_EAX_1);
            code(processor, MOV_EAX_1.length, MOV_DR7_EAX);
        }
        Stop stop = loop.run(100);
        assertThat(stop).isInstanceOf(Stop.NotImplemented.class);
        assertThat(clock.steps()).isEqualTo(1);
    }

    private int turnOfNext() {
        loop.run(1);
        return loop.current();
    }

    private static final class NoInput implements RunLoop.InputGate {
        @Override
        public boolean pending() {
            return false;
        }

        @Override
        public void deliver() {
            // There is never anything to deliver.
        }

        @Override
        public long nextDelivery() {
            return Long.MAX_VALUE;
        }
    }

    /** A clock without timers. */
    private static final class CountingClock implements DrivenClock {
        private long steps;

        @Override
        public long steps() {
            return steps;
        }

        @Override
        public long now() {
            return steps;
        }

        @Override
        public Timer timer(String name, Runnable expired) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }

        @Override
        public void advance(long count) {
            steps += count;
        }

        @Override
        public void advanceIdle(long to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean expire() {
            return false;
        }

        @Override
        public void inFlight(LongSupplier stepsOfSlice) {
            // No test asks within a slice.
        }

        @Override
        public void onEarlierDeadline(Runnable listener) {
            // There are no deadlines.
        }
    }
}
