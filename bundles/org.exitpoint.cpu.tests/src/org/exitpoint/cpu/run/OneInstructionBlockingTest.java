/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import org.exitpoint.cpu.TestProcessor;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Intercept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SDM vol. 2, "STI" and "MOV": events stay blocked until after one more instruction, and no longer. SDM vol. 3, "Basic
 * VM-Exit Information": an instruction that exits has not completed, so it is not single-stepped.
 */
class OneInstructionBlockingTest {
    private static final int NOP = 0x90;
    private static final int[] STI = {0xFB};
    private static final int[] MOV_SS = {0x8E, 0xD0};
    private static final int[] CPUID = {0x0F, 0xA2};
    private static final long TF = 0x100;
    private final TestProcessor test = TestProcessor.longMode();
    private final GuestState state = test.cpu.state();
    private Slice slice;

    @BeforeEach
    void connect() {
        slice = new Slice(test.cpu, test.interpreter, test.interpreter);
        for (int i = 0; i < 16; i++) {
            test.ram.write(TestProcessor.CODE + i, 1, NOP);
        }
        state.setRegister(0, state.selector(GuestState.SS));
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void code(int at, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            test.ram.write(TestProcessor.CODE + at + i, 1, bytes[i]);
        }
    }

    private boolean blockedBy(int reason) {
        return (state.get8(GuestState.BLOCKING) & reason) != 0;
    }

    @Test
    void enablingInterruptsBlocksThemForOneInstruction() {
        code(0, STI);
        slice.run(1);
        assertThat(blockedBy(GuestState.BLOCKING_BY_STI)).isTrue();
        slice.run(1);
        assertThat(blockedBy(GuestState.BLOCKING_BY_STI)).isFalse();
        assertThat(state.rip()).isEqualTo(TestProcessor.CODE + 2);
    }

    @Test
    void loadingTheStackSegmentAgainBlocksAgain() {
        code(0, MOV_SS);
        code(MOV_SS.length, MOV_SS);
        slice.run(2);
        assertThat(blockedBy(GuestState.BLOCKING_BY_MOV_SS)).isTrue();
        slice.run(1);
        assertThat(blockedBy(GuestState.BLOCKING_BY_MOV_SS)).isFalse();
    }

    @Test
    void instructionThatExitsIsNotSingleStepped() {
        code(0, CPUID);
        state.setRflags(TF);
        state.set(GuestState.INTERCEPTS, Intercept.CPUID.mask());
        test.exitOnIntercepts();
        slice.run(1);
        assertThat(state.get(GuestState.PENDING_DEBUG)).isZero();
    }
}
