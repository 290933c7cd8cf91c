/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random guests on both engines, compared: ten million steps on each. {@link FuzzMain} does more of the same. */
class RandomGuestsTest {
    private static final long STEPS = 10_000_000;
    private static final long STEPS_EACH = 40_000;
    private static final long FIRST_SEED = 1;
    private static final long HYPERVISORS = 40;
    /** More than are needed if about one in two reaches its limit of steps. */
    private static final long MOST_GUESTS = 2000;

    @Test
    void noGuestBreaksTheMachine() {
        FuzzRun run = new FuzzRun((machine, seed) -> FuzzGuest.enter(seed, machine));
        for (long seed = FIRST_SEED; run.steps() < STEPS && seed < FIRST_SEED + MOST_GUESTS; seed++) {
            run.guest(seed, STEPS_EACH);
        }
        assertThat(run.steps()).isGreaterThanOrEqualTo(STEPS);
        assertThat(run.ends()).containsKeys("Limit", "Shutdown");
    }

    @Test
    void noHypervisorBreaksTheMachine() {
        FuzzRun run = new FuzzRun((machine, seed) -> FuzzGuest.enterHypervisor(seed, machine));
        for (long seed = FIRST_SEED; seed < FIRST_SEED + HYPERVISORS; seed++) {
            run.guest(seed, STEPS_EACH);
        }
        assertThat(run.steps()).isGreaterThanOrEqualTo(HYPERVISORS * 1000);
    }
}
