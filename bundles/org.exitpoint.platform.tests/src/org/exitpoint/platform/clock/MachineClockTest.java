/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.exitpoint.machine.Clock.Timer;
import org.exitpoint.platform.snapshot.SnapshotException;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.api.Test;

class MachineClockTest {
    private final MachineClock clock = new MachineClock();
    private final List<String> expired = new ArrayList<>();

    private Timer timer(String name) {
        return clock.timer(name, () -> expired.add(name));
    }

    @Test
    void timeIsStepsPlusIdleSkip() {
        clock.advance(100);
        clock.advanceIdle(1_000);
        clock.advance(5);
        assertThat(clock.steps()).isEqualTo(105);
        assertThat(clock.now()).isEqualTo(1_005);
        assertThatThrownBy(() -> clock.advanceIdle(1_004)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advance(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timersExpireOnceInOrderOfDeadlineThenOfRegistration() {
        Timer a = timer("a");
        Timer b = timer("b");
        Timer c = timer("c");
        Timer d = timer("d");
        d.arm(10);
        c.arm(20);
        b.arm(10);
        a.arm(30);
        assertThat(clock.nextDeadline()).isEqualTo(10);
        clock.advance(9);
        assertThat(clock.expire()).isFalse();
        clock.advance(16);
        assertThat(clock.expire()).isTrue();
        assertThat(expired).containsExactly("b", "d", "c");
        assertThat(b.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(clock.nextDeadline()).isEqualTo(30);
        assertThat(clock.expire()).isFalse();
    }

    @Test
    void aDeadlineNotAfterNowExpiresAtTheNextBoundaryAlsoWhenArmedByATimer() {
        Timer[] self = new Timer[1];
        self[0] = clock.timer("self", () -> {
            expired.add("self");
            self[0].arm(clock.now());
        });
        self[0].arm(0);
        clock.expire();
        assertThat(expired).containsExactly("self");
        clock.expire();
        assertThat(expired).containsExactly("self", "self");
    }

    @Test
    void aTimerDisarmedOrPutOffByAnEarlierOneDoesNotExpire() {
        List<Timer> later = new ArrayList<>();
        clock.timer("first", () -> {
            later.get(0).disarm();
            later.get(1).arm(50);
        }).arm(1);
        later.add(timer("disarmed"));
        later.add(timer("put off"));
        later.forEach(timer -> timer.arm(2));
        clock.advance(3);
        clock.expire();
        assertThat(expired).isEmpty();
        assertThat(clock.nextDeadline()).isEqualTo(50);
    }

    @Test
    void whoeverPlansAheadIsToldOfAnEarlierDeadline() {
        List<Long> told = new ArrayList<>();
        clock.onEarlierDeadline(() -> told.add(clock.nextDeadline()));
        Timer timer = timer("t");
        timer.arm(100);
        timer.arm(200);
        timer.arm(50);
        timer("u").arm(70);
        assertThat(told).containsExactly(100L, 50L);
    }

    @Test
    void namesAreUnique() {
        timer("t");
        assertThatThrownBy(() -> timer("t")).hasMessageContaining("timer t");
    }

    @Test
    void saveAndRestoreKeepTimeAndDeadlines() {
        timer("a").arm(500);
        timer("b");
        clock.advance(7);
        clock.advanceIdle(40);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        clock.save(new SnapshotWriter(bytes));

        MachineClock other = new MachineClock();
        Timer a = other.timer("a", () -> { });
        Timer b = other.timer("b", () -> { });
        other.restore(new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(other.steps()).isEqualTo(7);
        assertThat(other.now()).isEqualTo(40);
        assertThat(a.deadline()).isEqualTo(500);
        assertThat(b.deadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(other.nextDeadline()).isEqualTo(500);

        MachineClock stranger = new MachineClock();
        stranger.timer("x", () -> { });
        assertThatThrownBy(() -> stranger.restore(
                new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(SnapshotException.class).hasMessageContaining("\"a\" where \"x\"");
    }

    @Test
    void resetGoesBackToPowerOn() {
        timer("a").arm(5);
        clock.advance(3);
        clock.reset();
        assertThat(clock.now()).isZero();
        assertThat(clock.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }
}
