/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.shape.CodeMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 2, "JMP", "CALL", "RET": far forms, call gates, and their error codes. */
class FarTransferTest {
    private static final int SPARE = 0x50;
    private static final int GATE = 0x60;
    private static final int INNER_CODE = 0x70;
    private TestProcessor test = TestProcessor.protectedMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    /** JMP ptr16:32 to offset 00018000. */
    private void jump(int selector) {
        test.execute("EA 00 80 01 00 %02X %02X".formatted(selector & 0xFF, selector >>> 8));
    }

    /** CALL ptr16:32 to offset 00018000. */
    private void call(int selector) {
        test.execute("9A 00 80 01 00 %02X %02X".formatted(selector & 0xFF, selector >>> 8));
    }

    @Test
    void jumpLoadsCsWithTheCurrentLevel() {
        test.descriptor(SPARE, 0x1000, 0xF_FFFF, 0x4099);
        jump(SPARE);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(SPARE);
        assertThat(test.state.segmentBase(GuestState.CS)).isEqualTo(0x1000);
        assertThat(test.state.rip()).isEqualTo(0x1_8000);
    }

    @Test
    void jumpToA16BitSegmentChangesTheCodeMode() {
        test.descriptor(SPARE, 0, 0xF_FFFF, 0x009B);
        jump(SPARE);
        assertThat(test.state.get8(GuestState.CODE_MODE)).isEqualTo(CodeMode.BITS16.ordinal());
    }

    @Test
    void jumpErrorCodes() {
        Raised.generalProtection(() -> jump(2));
        Raised.fault(ExceptionVector.GP, 0x100, () -> jump(0x100));
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> jump(TestProcessor.DATA32));
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE32, () -> jump(TestProcessor.CODE32 | 1));
        Raised.fault(ExceptionVector.GP, 0x20, () -> jump(0x20));
        test.descriptor(SPARE, 0, 0xF_FFFF, 0x401B);
        Raised.fault(ExceptionVector.NP, SPARE, () -> jump(SPARE));
        test.descriptor(SPARE, 0, 0x1_7FFF, 0x409B);
        Raised.generalProtection(() -> jump(SPARE));
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(TestProcessor.CODE32);
    }

    @Test
    void conformingCodeRunsAtTheCallersLevel() {
        use(TestProcessor.protectedMode().user());
        test.descriptor(SPARE, 0, 0xF_FFFF, 0x409F);
        jump(SPARE);
        assertThat(test.state.cpl()).isEqualTo(3);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(SPARE | 3);
    }

    @Test
    void jumpToATssIsATaskSwitch() {
        test.descriptor(SPARE, 0x5000, 0x67, 0x89);
        Raised.notImplemented("task switch", () -> jump(SPARE));
        Raised.fault(ExceptionVector.GP, TestProcessor.TASK, () -> jump(TestProcessor.TASK));
    }

    @Test
    void callPushesTheReturnAddress() {
        call(TestProcessor.CODE32);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK - 8);
        assertThat(test.stack(0, 4)).isEqualTo(TestProcessor.CODE + 7);
        assertThat(test.stack(1, 4)).isEqualTo(TestProcessor.CODE32);
    }

    @Test
    void callWithoutRoomOnTheStackWritesNothing() {
        test.state.setSegment(GuestState.SS, TestProcessor.DATA32, 0, TestProcessor.STACK - 5, 0x4093);
        Raised.fault(ExceptionVector.SS, 0, () -> call(TestProcessor.CODE32));
        assertThat(test.ram.read(TestProcessor.STACK - 8, 8)).isZero();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.CODE);
    }

    @Test
    void callGateToAnInnerLevelCopiesParameters() {
        use(TestProcessor.protectedMode().user());
        test.gate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.CODE32, TestProcessor.HANDLER, 2);
        test.ram.write(TestProcessor.TSS + 4, 4, TestProcessor.INNER_STACK);
        test.ram.write(TestProcessor.TSS + 8, 2, TestProcessor.DATA32);
        test.ram.write(TestProcessor.STACK, 8, 0x2222_2222_1111_1111L);
        call(GATE | 3);
        assertThat(test.state.cpl()).isZero();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.INNER_STACK - 24);
        long[] expected = {TestProcessor.CODE + 7, TestProcessor.USER_CODE32, 0x1111_1111, 0x2222_2222,
            TestProcessor.STACK, TestProcessor.USER_DATA32};
        for (int i = 0; i < expected.length; i++) {
            assertThat(test.stack(i, 4)).as("entry %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void callGateErrorCodes() {
        use(TestProcessor.protectedMode().user());
        test.gate(TestProcessor.GDT + GATE, 12, 2, TestProcessor.CODE32, 0, 0);
        Raised.fault(ExceptionVector.GP, GATE, () -> call(GATE | 3));
        test.gate(TestProcessor.GDT + GATE, 12, 3, 0, 0, 0);
        Raised.generalProtection(() -> call(GATE | 3));
        test.gate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.DATA32, 0, 0);
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> call(GATE | 3));
        test.gate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.CODE32, TestProcessor.HANDLER, 0);
        Raised.fault(ExceptionVector.TS, 0, () -> call(GATE | 3));
        test.state.setSegment(GuestState.TR, TestProcessor.TASK, TestProcessor.TSS, 8, 0x8B);
        Raised.fault(ExceptionVector.TS, TestProcessor.TASK, () -> call(GATE | 3));
        test.ram.write(TestProcessor.GDT + GATE + 5, 1, 0x6C);
        Raised.fault(ExceptionVector.NP, GATE, () -> call(GATE | 3));
        Raised.fault(ExceptionVector.NP, GATE, () -> jump(GATE | 3));
    }

    @Test
    void jumpThroughAGateKeepsTheLevel() {
        use(TestProcessor.protectedMode().user());
        test.gate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.CODE32, 0, 0);
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE32, () -> jump(GATE | 3));
    }

    @Test
    void gateOf64BitModePushesQuadwordsAndANullStackSegment() {
        use(TestProcessor.longMode().user());
        test.wideGate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.CODE64, 0x1234_5678L, 0);
        test.ram.write(TestProcessor.TSS + 4, 8, TestProcessor.INNER_STACK);
        test.ram.write(TestProcessor.CODE + 0x100, 8, (long) (GATE | 3) << 32);
        test.execute("FF 1D FA 00 00 00");
        assertThat(test.state.rip()).isEqualTo(0x1234_5678L);
        assertThat(test.state.selector(GuestState.SS)).isZero();
        assertThat(test.stack(0, 8)).isEqualTo(TestProcessor.CODE + 6);
        assertThat(test.stack(1, 8)).isEqualTo(TestProcessor.USER_CODE64);
        assertThat(test.stack(2, 8)).isEqualTo(TestProcessor.STACK);
        assertThat(test.stack(3, 8)).isEqualTo(TestProcessor.USER_DATA32);
    }

    @Test
    void gateWithAnUpperTypeIsNoGate() {
        use(TestProcessor.longMode());
        test.wideGate(TestProcessor.GDT + GATE, 12, 3, TestProcessor.CODE64, 0, 0);
        test.ram.write(TestProcessor.GDT + GATE + 13, 1, 1);
        test.ram.write(TestProcessor.CODE + 0x100, 8, (long) GATE << 32);
        Raised.fault(ExceptionVector.GP, GATE, () -> test.execute("FF 1D FA 00 00 00"));
    }

    @Test
    void jumpFromCompatibilityTo64BitMode() {
        use(TestProcessor.longMode());
        test.state.setSegment(GuestState.CS, TestProcessor.CODE32, 0, 0xFFFF_FFFFL, 0xC09B);
        test.cpu.stateReplaced();
        assertThat(test.state.get8(GuestState.CODE_MODE)).isEqualTo(CodeMode.BITS32.ordinal());
        jump(TestProcessor.CODE64);
        assertThat(test.state.get8(GuestState.CODE_MODE)).isEqualTo(CodeMode.BITS64.ordinal());
        test.descriptor(INNER_CODE, 0, 0xF_FFFF, 0x609B);
        test.ram.write(TestProcessor.HANDLER + 0x100, 8, (long) INNER_CODE << 32);
        Raised.fault(ExceptionVector.GP, INNER_CODE, () -> test.execute("FF 2D FA 00 00 00"));
    }

    private void push(int bytes, long... values) {
        for (long value : values) {
            test.state.setRegister(4, test.state.register(4) - bytes);
            test.ram.write(test.state.register(4), bytes, value);
        }
    }

    @Test
    void returnToTheSameLevelReleasesItsOperand() {
        push(4, 0, TestProcessor.CODE32, 0x1_9000);
        test.execute("CA 04 00");
        assertThat(test.state.rip()).isEqualTo(0x1_9000);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK);
    }

    @Test
    void returnToAnOuterLevelDropsInnerDataSegments() {
        push(4, TestProcessor.USER_DATA32, 0x2_8000, TestProcessor.USER_CODE32, 0x1_9000);
        test.state.setSegment(0, TestProcessor.USER_DATA32, 0, 0xFFFF_FFFFL, 0xC0F3);
        test.state.setSegment(GuestState.GS, TestProcessor.DATA32, 0x5000, 0xFFFF_FFFFL, 0xC093);
        test.execute("CB");
        assertThat(test.state.cpl()).isEqualTo(3);
        assertThat(test.state.register(4)).isEqualTo(0x2_8000);
        assertThat(test.state.selector(3)).as("DS of level 0").isZero();
        assertThat(test.state.segmentRights(3)).isEqualTo(0x1_0000);
        assertThat(test.state.segmentBase(GuestState.GS)).as("base of a dropped GS").isEqualTo(0x5000);
        assertThat(test.state.selector(0)).as("ES of level 3").isEqualTo(TestProcessor.USER_DATA32);
    }

    @Test
    void returnErrorCodes() {
        push(4, TestProcessor.DATA32, 0x2_8000, TestProcessor.USER_CODE32, 0x1_9000);
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> test.execute("CB"));
        push(4, 0, 0x2_8000, TestProcessor.USER_CODE32, 0x1_9000);
        Raised.generalProtection(() -> test.execute("CB"));
        push(4, 0, 0x1_9000);
        Raised.generalProtection(() -> test.execute("CB"));
        push(4, TestProcessor.CODE32 | 3, 0x1_9000);
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE32, () -> test.execute("CB"));
        use(TestProcessor.protectedMode().user());
        push(4, TestProcessor.CODE32, 0x1_9000);
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE32, () -> test.execute("CB"));
    }

    @Test
    void realModeJumpSetsTheBase() {
        use(TestProcessor.protectedMode());
        test.state.set(GuestState.CR0, 0x10);
        test.cpu.stateReplaced();
        test.execute("EA 00 80 00 00 00 10");
        assertThat(test.state.segmentBase(GuestState.CS)).isEqualTo(0x1_0000);
        assertThat(test.state.rip()).isEqualTo(0x8000);
    }
}
