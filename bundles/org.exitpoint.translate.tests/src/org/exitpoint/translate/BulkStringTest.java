/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Repeated string instructions, step for step as the interpreter does them, over pages, overlaps and faults. */
class BulkStringTest {
    private static final int ROUNDS = 150;
    private static final int COUNT = 1;
    private static final int SOURCE = 6;
    private static final int DESTINATION = 7;
    private static final long DF = 0x400;

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(strings = {"f3a4", "f366a5", "f3a5", "f348a5", "f3aa", "f366ab", "f3ab", "f348ab", "f3ac", "f348ad",
        "f3a6", "f2a6", "f348a7", "f3ae", "f2ae", "f266af", "f367a4", "64f3a4"})
    void agreesIn64BitMode(String hex) {
        compare(hex, TestMachine.interpreted().longMode(), TestMachine.translated().longMode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f3a4", "f366a5", "f3a5", "f3aa", "f3ab", "f3a6", "f2af", "f367a4"})
    void agreesIn32BitMode(String hex) {
        compare(hex, TestMachine.interpreted().flatMode(), TestMachine.translated().flatMode());
    }

    private void compare(String hex, TestMachine interpreted, TestMachine translated) {
        byte[] program = HexFormat.of().parseHex(hex + "f4");
        try (interpreted; translated) {
            interpreted.code(program);
            translated.code(program);
            for (int round = 0; round < ROUNDS; round++) {
                start(interpreted, translated);
                boolean goesOn = true;
                while (goesOn) {
                    long budget = 1 + random.nextInt(random.nextBoolean() ? 10 : 2000);
                    Interruption expected = interpreted.run(budget);
                    Interruption found = translated.run(budget);
                    assertThat(translated.snapshot()).as("%s, round %d", hex, round).isEqualTo(interpreted.snapshot());
                    assertThat(String.valueOf(found)).isEqualTo(String.valueOf(expected));
                    goesOn = expected == null && interpreted.state.get8(GuestState.ACTIVITY) == 0;
                }
                assertThat(translated.data()).as("%s, round %d", hex, round).isEqualTo(interpreted.data());
            }
        }
    }

    private void start(TestMachine... machines) {
        byte[] data = new byte[TestMachine.DATA_BYTES];
        random.nextBytes(data);
        if (random.nextBoolean()) {
            Arrays.fill(data, (byte) 0);
            data[random.nextInt(data.length)] = 1;
        }
        long count = random.nextInt(random.nextBoolean() ? 4 : 1500);
        long source = place();
        long destination = random.nextInt(3) == 0 ? source + random.nextInt(17) - 8 : place();
        boolean down = random.nextInt(4) == 0;
        for (TestMachine machine : machines) {
            machine.ram.write(TestMachine.DATA, data, 0, data.length);
            machine.state.setRegister(0, random.nextBoolean() ? 0 : 0x1234_5678_9ABC_DEFFL);
            machine.state.setRegister(COUNT, count);
            machine.state.setRegister(SOURCE, source);
            machine.state.setRegister(DESTINATION, destination);
            machine.state.setRflags(0x8D5 | (down ? DF : 0));
            machine.state.setRip(TestMachine.CODE);
            machine.state.set8(GuestState.ACTIVITY, 0);
        }
        machines[1].state.setRegister(0, machines[0].state.register(0));
    }

    private long place() {
        return TestMachine.DATA + random.nextInt(TestMachine.DATA_BYTES);
    }

    @Test
    void bulkIsNotHandedOver() {
        try (TestMachine machine = TestMachine.translated().longMode()) {
            machine.code(HexFormat.of().parseHex("f348a5f4"));
            machine.state.setRegister(COUNT, 1000);
            machine.state.setRegister(SOURCE, TestMachine.DATA);
            machine.state.setRegister(DESTINATION, TestMachine.DATA + 0x2000);
            machine.run(2000);
            assertThat(machine.engine.statistics().retired()).isEqualTo(1001);
            assertThat(machine.engine.statistics().handedOver()).isEqualTo(1);
        }
    }
}
