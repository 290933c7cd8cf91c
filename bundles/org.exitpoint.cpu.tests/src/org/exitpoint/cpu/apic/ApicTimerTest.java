/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SDM vol. 3, "APIC Timer" and "TSC-Deadline Mode". */
class ApicTimerTest {
    private static final int VECTOR = 0x40;
    private static final int PERIODIC = 1 << 17;
    private static final int TSC_DEADLINE = 2 << 17;
    private static final int DIVIDE_BY_1 = 0xB;

    private final ApicMachine machine = ApicMachine.enabled(1);
    private final LocalApic apic = machine.apic();
    private final HandClock clock = machine.clock;

    private void start(int mode, long count) {
        machine.write(ApicRegister.DIVIDE_CONFIGURATION, DIVIDE_BY_1);
        machine.write(ApicRegister.LVT_TIMER, mode | VECTOR);
        machine.write(ApicRegister.INITIAL_COUNT, count);
    }

    private boolean takeInterrupt() {
        if (!apic.isInterruptPending()) {
            return false;
        }
        assertThat(apic.acknowledge()).isEqualTo(VECTOR);
        machine.endOfInterrupt();
        return true;
    }

    @Test
    void theTimerIsNamedAfterTheApic() {
        assertThat(new ApicMachine(2).clock.names()).containsExactly("lapic0-timer", "lapic1-timer");
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 4", "2, 8", "3, 16", "8, 32", "9, 64", "10, 128", "11, 1"})
    void theDivideConfigurationDividesTheBusClockOfOneGigahertz(int configuration, int divisor) {
        machine.write(ApicRegister.DIVIDE_CONFIGURATION, configuration);
        machine.write(ApicRegister.LVT_TIMER, VECTOR);
        machine.write(ApicRegister.INITIAL_COUNT, 1000);
        clock.advance(10L * divisor);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(990);
        clock.advance(990L * divisor - 1);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(1);
        assertThat(apic.isInterruptPending()).isFalse();
        clock.advance(1);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isZero();
        assertThat(takeInterrupt()).isTrue();
    }

    @Test
    void oneShotInterruptsOnceAndStops() {
        start(0, 500);
        clock.advance(500);
        assertThat(takeInterrupt()).isTrue();
        assertThat(clock.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        clock.advance(5000);
        assertThat(apic.isInterruptPending()).isFalse();
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isZero();
        assertThat(machine.read(ApicRegister.INITIAL_COUNT)).isEqualTo(500);
    }

    @Test
    void aWholeCountIsUnsigned() {
        start(0, 0xFFFF_FFFFL);
        clock.advance(0xFFFF_FFFEL);
        assertThat(apic.isInterruptPending()).isFalse();
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(1);
        clock.advance(1);
        assertThat(apic.isInterruptPending()).isTrue();
    }

    @Test
    void periodsAreExactAndDoNotDriftWhenTheMachineIsLate() {
        long started = clock.now();
        start(PERIODIC, 700);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clock.advance(clock.nextDeadline() - clock.now());
            assertThat(takeInterrupt()).isTrue();
            times.add(clock.now() - started);
            clock.slip(i % 3);
        }
        for (int i = 0; i < times.size(); i++) {
            assertThat(times.get(i)).isEqualTo(700L * (i + 1));
        }
        clock.slip(3 * 700);
        clock.advance(0);
        assertThat(takeInterrupt()).as("periods that were missed make one interrupt").isTrue();
        assertThat((clock.nextDeadline() - started) % 700).isZero();
        assertThat(clock.nextDeadline()).isGreaterThan(clock.now());
    }

    @Test
    void anInitialCountOfZeroStops() {
        start(PERIODIC, 300);
        clock.advance(100);
        machine.write(ApicRegister.INITIAL_COUNT, 0);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isZero();
        clock.advance(10_000);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void aMaskedTimerCountsButDoesNotInterrupt() {
        start(PERIODIC | ApicMachine.MASKED, 300);
        clock.advance(450);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(150);
        assertThat(machine.vectors(ApicRegister.IRR)).isEmpty();
        machine.write(ApicRegister.LVT_TIMER, PERIODIC | VECTOR);
        clock.advance(150);
        assertThat(takeInterrupt()).isTrue();
    }

    @Test
    void aNewDivisorCountsOnFromThePresentCount() {
        start(0, 1000);
        clock.advance(400);
        machine.write(ApicRegister.DIVIDE_CONFIGURATION, 0);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(600);
        clock.advance(1199);
        assertThat(apic.isInterruptPending()).isFalse();
        clock.advance(1);
        assertThat(takeInterrupt()).isTrue();
    }

    @Test
    void changingBetweenOneShotAndPeriodicCountsOn() {
        start(0, 1000);
        clock.advance(400);
        machine.write(ApicRegister.LVT_TIMER, PERIODIC | VECTOR);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isEqualTo(600);
        clock.advance(600);
        assertThat(takeInterrupt()).isTrue();
        clock.advance(1000);
        assertThat(takeInterrupt()).isTrue();
        machine.write(ApicRegister.LVT_TIMER, VECTOR);
        clock.advance(1000);
        assertThat(takeInterrupt()).isTrue();
        machine.write(ApicRegister.LVT_TIMER, PERIODIC | VECTOR);
        clock.advance(5000);
        assertThat(takeInterrupt()).as("a count that has stopped stays so").isFalse();
    }

    @Test
    void tscDeadlineFiresWhenTheCounterReachesItAndDisarms() {
        machine.tscOffset = 50_000;
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        long deadline = clock.now() + machine.tscOffset + 800;
        apic.setTscDeadline(deadline);
        assertThat(apic.tscDeadline()).isEqualTo(deadline);
        clock.advance(799);
        assertThat(apic.isInterruptPending()).isFalse();
        clock.advance(1);
        assertThat(takeInterrupt()).isTrue();
        assertThat(apic.tscDeadline()).isZero();
        clock.advance(10_000);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void writingZeroDisarmsTheDeadline() {
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        apic.setTscDeadline(clock.now() + 100);
        apic.setTscDeadline(0);
        clock.advance(1000);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void aDeadlineInThePastFiresAtOnceAndOneOutOfReachNever() {
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        apic.setTscDeadline(1);
        clock.advance(0);
        assertThat(takeInterrupt()).isTrue();
        apic.setTscDeadline(-1);
        assertThat(clock.nextDeadline()).isEqualTo(Long.MAX_VALUE);
        assertThat(apic.tscDeadline()).isEqualTo(-1);
    }

    @Test
    void theDeadlineFollowsChangesOfTheTimeStampCounter() {
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        apic.setTscDeadline(clock.now() + 1000);
        machine.tscOffset = 400;
        apic.timeStampCounterChanged();
        clock.advance(599);
        assertThat(apic.isInterruptPending()).isFalse();
        clock.advance(1);
        assertThat(takeInterrupt()).isTrue();
    }

    @Test
    void leavingDeadlineModeDisarmsAndOtherModesIgnoreTheDeadline() {
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        apic.setTscDeadline(clock.now() + 100);
        machine.write(ApicRegister.LVT_TIMER, VECTOR);
        assertThat(apic.tscDeadline()).isZero();
        apic.setTscDeadline(clock.now() + 100);
        assertThat(apic.tscDeadline()).isZero();
        clock.advance(1000);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void deadlineModeIgnoresTheInitialCountAndReadsZeroAsTheCurrentOne() {
        start(0, 900);
        machine.write(ApicRegister.LVT_TIMER, TSC_DEADLINE | VECTOR);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isZero();
        machine.write(ApicRegister.INITIAL_COUNT, 50);
        assertThat(machine.read(ApicRegister.INITIAL_COUNT)).isEqualTo(900);
        apic.setTscDeadline(clock.now() + 100);
        assertThat(machine.read(ApicRegister.CURRENT_COUNT)).isZero();
        machine.write(ApicRegister.DIVIDE_CONFIGURATION, 0);
        clock.advance(100);
        assertThat(takeInterrupt()).isTrue();
        clock.advance(1000);
        assertThat(apic.isInterruptPending()).isFalse();
    }
}
