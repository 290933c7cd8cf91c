/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.TestProcessor;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What was decoded before must not outlive what decoding depended on. */
class CachedBlockTest {
    private static final int NOP = 0x90;
    private final TestProcessor test = TestProcessor.protectedMode();
    private final GuestState state = test.cpu.state();
    private Interpreter interpreter;

    @BeforeEach
    void decodeNops() {
        interpreter = new Interpreter(test.cpu, test.cpu.code(), test.cpu.helpers(), (address, bytes) -> true);
        for (int i = 0; i < 8; i++) {
            test.ram.write(TestProcessor.CODE + i, 1, NOP);
        }
        run(8);
        state.setRip(TestProcessor.CODE);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void run(int steps) {
        state.set(GuestState.BUDGET, steps);
        interpreter.execute();
    }

    @Test
    void smallerLimitOfTheCodeSegmentCutsTheBlock() {
        state.set32(GuestState.segment(GuestState.CS) + GuestState.SEGMENT_LIMIT, TestProcessor.CODE + 2);
        Interruption.Fault fault = catchThrowableOfType(Interruption.Fault.class, () -> run(8));
        assertThat(fault).isNotNull();
        assertThat(fault.vector()).isEqualTo(ExceptionVector.GP);
        assertThat(state.rip()).isEqualTo(TestProcessor.CODE + 3);
    }

    @Test
    void changedCodeIsDecodedAnew() {
        int incEax = 0x40;
        test.ram.write(TestProcessor.CODE + 1, 1, incEax);
        interpreter.invalidate(TestProcessor.CODE + 1, 1);
        run(2);
        assertThat(state.register(0)).isEqualTo(1);
    }
}
