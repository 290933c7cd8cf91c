/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import org.exitpoint.cpu.TestProcessor;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 3, "Single-Step Exception Condition", "System Flags and Fields in the EFLAGS Register": TF and RF. */
class OneInstructionFlagsTest {
    private static final long TF = 0x100;
    private static final long RF = 0x1_0000;
    private static final int DB = 1;
    private static final int BP = 3;
    private final TestProcessor test = TestProcessor.longMode();
    private final GuestState state = test.cpu.state();
    private Slice slice;

    @BeforeEach
    void connect() {
        slice = new Slice(test.cpu, test.interpreter, test.interpreter);
        test.interruptGate(DB, 0);
        test.interruptGate(BP, 0);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void code(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            test.ram.write(TestProcessor.CODE + i, 1, bytes[i]);
        }
    }

    @Test
    void singleStepTrapsAfterTheInstruction() {
        code(0x90, 0x90);
        state.setRflags(TF);
        slice.run(2);
        assertThat(state.rip()).isEqualTo(TestProcessor.HANDLER + DB);
        assertThat(test.ram.read(state.register(4), 8)).isEqualTo(TestProcessor.CODE + 1);
    }

    @Test
    void softwareInterruptIsNotSingleStepped() {
        code(0xCC);
        test.ram.write(TestProcessor.HANDLER + BP, 1, 0x90);
        state.setRflags(TF);
        slice.run(2);
        assertThat(state.rip()).isEqualTo(TestProcessor.HANDLER + BP + 1);
    }

    @Test
    void resumeFlagLastsForOneInstruction() {
        code(0x90, 0xCC);
        state.setRflags(RF);
        slice.run(2);
        assertThat(test.ram.read(state.register(4) + 16, 8) & RF).isZero();
    }
}
