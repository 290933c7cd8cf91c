/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.lockstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.BiConsumer;

import org.exitpoint.conformance.behaviour.EngineUnderTest;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.guests.SampleGuests;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;
import org.exitpoint.platform.lockstep.LockstepMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample guests on both engines side by side, and what is said when an engine is wrong. */
class SampleGuestsTest {
    private static final long MEMORY = 64 << 20;
    private static final long MOST = 20_000_000;
    private static final int R13 = 13;

    private static MachineConfiguration configuration(String guest) throws IOException {
        try (InputStream stream = SampleGuests.find(guest).orElseThrow().open()) {
            return new MachineConfiguration(MEMORY, 1, "max", EngineKind.TRANSLATOR,
                new ImageFile(guest, guest, stream.readAllBytes()), "", List.of(), _ -> { }, List.of());
        }
    }

    private static Stop run(String guest, long steps, BiConsumer<EngineKind, PcMachine> preparation)
            throws IOException, ImageException {
        try (LockstepMachine machine = new LockstepMachine(configuration(guest), preparation)) {
            return machine.run(steps);
        }
    }

    @Test
    void theTourEndsWithZero() throws IOException, ImageException {
        assertThat(run("tour", MOST, (_, _) -> { })).isEqualTo(new Stop.GuestExit(0));
    }

    @Test
    void theTourEndsWithZeroWhenEverythingIsTranslatedAtOnce() throws IOException, ImageException {
        assertThat(run("tour", MOST, (_, machine) -> EngineUnderTest.translateAtOnce(machine)))
            .isEqualTo(new Stop.GuestExit(0));
    }

    @Test
    void registersAreTheSame() throws IOException, ImageException {
        assertThat(run("registers", 3_000_000, (_, _) -> { })).isInstanceOfAny(Stop.Limit.class,
            Stop.GuestExit.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 777, 20_000, 31_234, 60_001})
    void aRegisterThatGoesWrongIsFoundAtItsStep(long step) throws IOException, ImageException {
        Stop stop = run("registers", 100_000, (kind, machine) -> {
            if (kind == EngineKind.TRANSLATOR) {
                GuestState state = machine.processors().getFirst().state();
                machine.clock().timer("error", () -> state.setRegister(R13, state.register(R13) ^ 0x10)).arm(step);
            }
        });
        assertThat(stop).isInstanceOf(Stop.Divergence.class);
        assertThat(((Stop.Divergence) stop).difference()).startsWith("R13 is").contains("after step " + step + ",");
    }

    @Test
    void aByteOfMemoryThatGoesWrongIsFound() throws IOException, ImageException {
        Stop stop = run("tour", MOST, (kind, machine) -> {
            if (kind == EngineKind.TRANSLATOR) {
                machine.clock().timer("error", () -> machine.memory().write(0x3F_0123, 1, 0x55)).arm(5000);
            }
        });
        assertThat(stop).isInstanceOf(Stop.Divergence.class);
        assertThat(((Stop.Divergence) stop).difference()).contains("0x3f0123", "after step 5000,");
    }
}
