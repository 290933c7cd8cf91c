/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;

import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.isa.shape.CodeMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Random programs of everything that is emitted, on both engines from the same state. */
class EngineEquivalenceTest {
    private static final int PROGRAMS = Integer.getInteger("exitpoint.programs", 3000);
    private static final long FIRST_SEED = Long.getLong("exitpoint.seed", 1);
    private static final int STATES = 4;

    @Test
    void agreesIn64BitMode() {
        compare(CodeMode.BITS64, TestMachine.interpreted().longMode(), TestMachine.translated().longMode());
    }

    @Test
    void agreesIn32BitMode() {
        compare(CodeMode.BITS32, TestMachine.interpreted().flatMode(), TestMachine.translated().flatMode());
    }

    private static void compare(CodeMode mode, TestMachine interpreted, TestMachine translated) {
        try (interpreted; translated) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
                compareProgram(seed, mode, interpreted, translated);
            }
            assertThat(translated.engine.statistics().blocks()).isPositive();
        }
    }

    private static void compareProgram(long seed, CodeMode mode, TestMachine interpreted, TestMachine translated) {
        Random random = new Random(seed);
        RandomProgram programs = new RandomProgram(random, mode);
        boolean branches = seed % 2 == 0;
        int length = 1 + random.nextInt(8);
        byte[] program = branches ? programs.branching(length) : programs.bytes(length);
        interpreted.code(program);
        translated.code(program);
        for (int i = 0; i < STATES; i++) {
            programs.start(interpreted, translated);
            long budget = 1 + random.nextInt(random.nextInt(3) == 0 ? length : 300);
            long[] before = interpreted.snapshot();
            Interruption expected = interpreted.run(budget);
            Interruption found;
            try {
                found = translated.run(budget);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(text(seed, program, before), e);
            }
            if (!Arrays.equals(translated.snapshot(), interpreted.snapshot())) {
                assertThat(translated.describe()).as(text(seed, program, before)).isEqualTo(interpreted.describe());
            }
            if (!String.valueOf(found).equals(String.valueOf(expected))
                || !Arrays.equals(translated.data(), interpreted.data())) {
                assertThat(String.valueOf(found)).as(text(seed, program, before)).isEqualTo(String.valueOf(expected));
                assertThat(translated.data()).as(text(seed, program, before)).isEqualTo(interpreted.data());
            }
        }
    }

    private static String text(long seed, byte[] program, long[] before) {
        return "seed " + seed + ", program " + HexFormat.of().formatHex(program) + "\nfrom "
            + LongStream.of(before).mapToObj(Long::toHexString).toList();
    }
}
