/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;

import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.image.ImageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No sequence of bytes makes a machine do anything but what a processor does, or say that it is not implemented. */
class RandomMachineTest {
    private static final long STEPS = Long.getLong("exitpoint.random.steps", 10_000_000);
    private static final long SEED = Long.getLong("exitpoint.random.seed", 0x9A9D0);
    private static final long STEPS_OF_STATE = 20_000;

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void randomBytesExecute(EngineKind engine) throws ImageException {
        long total = 0;
        try (RandomGuest guest = new RandomGuest(engine, new SplittableRandom(SEED))) {
            while (total < STEPS) {
                guest.renew();
                try {
                    total += guest.run(STEPS_OF_STATE);
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError("state %d of seed 0x%x".formatted(guest.states(), SEED), e);
                }
            }
        }
        assertThat(total).isGreaterThanOrEqualTo(STEPS);
    }
}
