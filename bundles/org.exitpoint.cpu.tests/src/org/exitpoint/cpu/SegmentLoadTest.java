/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 2, "MOV", "LLDT", "LTR": loads of segment registers and their error codes. */
class SegmentLoadTest {
    private static final int DS = 3;
    private static final int SPARE = 0x50;
    private TestProcessor test = TestProcessor.protectedMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    /** MOV DS, AX. */
    private void moveToDs(int selector) {
        test.state.setRegister(0, selector);
        test.execute("8E D8");
    }

    /** MOV SS, AX. */
    private void moveToSs(int selector) {
        test.state.setRegister(0, selector);
        test.execute("8E D0");
    }

    @Test
    void dataSegmentIsLoadedAndMarkedAccessed() {
        test.descriptor(SPARE, 0x12_3000, 0xFFFF, 0x4092);
        moveToDs(SPARE);
        assertThat(test.state.selector(DS)).isEqualTo(SPARE);
        assertThat(test.state.segmentBase(DS)).isEqualTo(0x12_3000);
        assertThat(test.state.segmentLimit(DS)).isEqualTo(0xFFFF);
        assertThat(test.state.segmentRights(DS)).isEqualTo(0x4093);
        assertThat(test.ram.read(TestProcessor.GDT + SPARE + 5, 1)).isEqualTo(0x93);
    }

    @Test
    void pageGranularLimitCoversWholePages() {
        test.descriptor(SPARE, 0, 0x1_FFFF, 0xC093);
        moveToDs(SPARE);
        assertThat(test.state.segmentLimit(DS)).isEqualTo(0x1_FFFF);
    }

    @Test
    void nullSelectorMakesDsUnusable() {
        moveToDs(3);
        assertThat(test.state.segmentRights(DS)).isEqualTo(0x1_0000);
        Raised.generalProtection(() -> test.execute("A1 00 00 01 00"));
    }

    @Test
    void selectorBeyondTheTableIsNamed() {
        Raised.fault(ExceptionVector.GP, 0x100, () -> moveToDs(0x103));
        Raised.fault(ExceptionVector.GP, 0x0C, () -> moveToDs(0x0F));
        assertThat(test.state.selector(DS)).isEqualTo(TestProcessor.DATA32);
    }

    @Test
    void systemAndExecuteOnlySegmentsAreNoData() {
        Raised.fault(ExceptionVector.GP, TestProcessor.TASK, () -> moveToDs(TestProcessor.TASK));
        test.descriptor(SPARE, 0, 0xFFFF, 0x4099);
        Raised.fault(ExceptionVector.GP, SPARE, () -> moveToDs(SPARE));
    }

    @Test
    void rplAndCplMustNotExceedDpl() {
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> moveToDs(TestProcessor.DATA32 | 1));
        use(TestProcessor.protectedMode().user());
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> moveToDs(TestProcessor.DATA32));
        test.descriptor(SPARE, 0, 0xFFFF, 0x409F);
        moveToDs(SPARE | 3);
        assertThat(test.state.selector(DS)).as("conforming code").isEqualTo(SPARE | 3);
    }

    @Test
    void absentDataIsNotPresentAndAbsentStackIsStackFault() {
        test.descriptor(SPARE, 0, 0xFFFF, 0x4013);
        Raised.fault(ExceptionVector.NP, SPARE, () -> moveToDs(SPARE));
        Raised.fault(ExceptionVector.SS, SPARE, () -> moveToSs(SPARE));
    }

    @Test
    void stackSegmentMustBeWritableAtThisLevel() {
        Raised.generalProtection(() -> moveToSs(0));
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE32, () -> moveToSs(TestProcessor.CODE32));
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> moveToSs(TestProcessor.DATA32 | 3));
        Raised.fault(ExceptionVector.GP, TestProcessor.USER_DATA32 & ~3, () -> moveToSs(TestProcessor.USER_DATA32));
        test.descriptor(SPARE, 0, 0xFFFF, 0x4091);
        Raised.fault(ExceptionVector.GP, SPARE, () -> moveToSs(SPARE));
    }

    @Test
    void loadOfSsBlocksEventsForOneInstruction() {
        moveToSs(TestProcessor.DATA32);
        assertThat(test.state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_MOV_SS).isNotZero();
    }

    @Test
    void sixteenBitStackSegmentChangesTheStackWidth() {
        test.descriptor(SPARE, 0, 0xFFFF, 0x0093);
        moveToSs(SPARE);
        assertThat(test.state.stackWidth().bits()).isEqualTo(16);
    }

    @Test
    void nullStackIsAllowedIn64BitModeBelowLevel3Only() {
        use(TestProcessor.longMode());
        moveToSs(0);
        assertThat(test.state.segmentRights(GuestState.SS)).isEqualTo(0x1_0000);
        Raised.generalProtection(() -> moveToSs(1));
        use(TestProcessor.longMode().user());
        Raised.generalProtection(() -> moveToSs(3));
    }

    @Test
    void ltrTakesAnAvailableTssAndMakesItBusy() {
        test.descriptor(SPARE, 0x5000, 0x67, 0x89);
        test.state.setRegister(0, SPARE);
        test.execute("0F 00 D8");
        assertThat(test.state.segmentRights(GuestState.TR)).isEqualTo(0x8B);
        assertThat(test.ram.read(TestProcessor.GDT + SPARE + 5, 1)).isEqualTo(0x8B);
        Raised.fault(ExceptionVector.GP, SPARE, () -> test.execute("0F 00 D8"));
    }

    @Test
    void ltrErrorCodes() {
        test.state.setRegister(0, 0);
        Raised.generalProtection(() -> test.execute("0F 00 D8"));
        test.state.setRegister(0, TestProcessor.DATA32 | 4);
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32 | 4, () -> test.execute("0F 00 D8"));
        test.descriptor(SPARE, 0x5000, 0x67, 0x09);
        test.state.setRegister(0, SPARE);
        Raised.fault(ExceptionVector.NP, SPARE, () -> test.execute("0F 00 D8"));
    }

    @Test
    void lldtReads16ByteDescriptorsInIa32eMode() {
        use(TestProcessor.longMode());
        test.descriptor(SPARE, 0x12_3456, 0xFF, 0x82);
        test.ram.write(TestProcessor.GDT + SPARE + 8, 8, 0xFFFF_8000L);
        test.state.setRegister(0, SPARE);
        test.execute("0F 00 D0");
        assertThat(test.state.segmentBase(GuestState.LDTR)).isEqualTo(0xFFFF_8000_0012_3456L);
        test.ram.write(TestProcessor.GDT + SPARE + 8, 8, 0x1234_8000L);
        Raised.fault(ExceptionVector.GP, SPARE, () -> test.execute("0F 00 D0"));
    }

    @Test
    void lldtErrorCodesAndNull() {
        test.state.setRegister(0, TestProcessor.DATA32);
        Raised.fault(ExceptionVector.GP, TestProcessor.DATA32, () -> test.execute("0F 00 D0"));
        test.descriptor(SPARE, 0, 0xFF, 0x02);
        test.state.setRegister(0, SPARE);
        Raised.fault(ExceptionVector.NP, SPARE, () -> test.execute("0F 00 D0"));
        test.state.setRegister(0, 0);
        test.execute("0F 00 D0");
        assertThat(test.state.segmentRights(GuestState.LDTR)).isEqualTo(0x1_0000);
    }

    @Test
    void larAndLslTellWhatTheLevelMaySee() {
        test.state.setRegister(1, TestProcessor.DATA32);
        test.execute("0F 02 C1");
        assertThat(test.state.register(0)).isEqualTo(0x00C0_9300L);
        assertThat(test.state.rflags() & 0x40).as("ZF").isEqualTo(0x40);
        test.execute("0F 03 C1");
        assertThat(test.state.register(0)).isEqualTo(0xFFFF_FFFFL);
        use(TestProcessor.protectedMode().user());
        test.state.setRegister(0, 5);
        test.state.setRegister(1, TestProcessor.DATA32);
        test.execute("0F 02 C1");
        assertThat(test.state.register(0)).isEqualTo(5);
        assertThat(test.state.rflags() & 0x40).as("ZF").isZero();
    }

    @Test
    void verrAndVerw() {
        test.state.setRegister(0, TestProcessor.CODE32);
        test.execute("0F 00 E0");
        assertThat(test.state.rflags() & 0x40).as("readable code").isEqualTo(0x40);
        test.execute("0F 00 E8");
        assertThat(test.state.rflags() & 0x40).as("code is not writable").isZero();
    }
}
