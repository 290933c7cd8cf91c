/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** SDM vol. 2: LGDT, SGDT, INVLPG, INVPCID, STI, CLI, HLT, RDRAND, CRC32, and the state after reset. */
class SystemInstructionTest {
    private static final long DATA = 0x2_8000;
    private static final long IF = 0x200;
    private static final long PAGE = 0x40_0000;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    @Test
    void lgdtLoadsAndSgdtStoresTenBytesIn64BitMode() {
        test.ram.write(DATA, 2, 0x1234);
        test.ram.write(DATA + 2, 8, 0xFFFF_8000_0000_1000L);
        test.state.setRegister(0, DATA);
        test.execute("0F 01 10");
        assertThat(test.state.get(GuestState.GDTR)).isEqualTo(0xFFFF_8000_0000_1000L);
        assertThat(test.state.get16(GuestState.GDTR + 8)).isEqualTo(0x1234);
        test.state.setRegister(0, DATA + 0x20);
        test.execute("0F 01 00");
        assertThat(test.ram.read(DATA + 0x22, 8)).isEqualTo(0xFFFF_8000_0000_1000L);
        test.ram.write(DATA + 2, 8, 0x8000_0000_0000L);
        test.state.setRegister(0, DATA);
        Raised.generalProtection(() -> test.execute("0F 01 18"));
    }

    @Test
    void sixteenBitLgdtTakes24BitsOfBase() {
        use(TestProcessor.protectedMode());
        test.ram.write(DATA, 8, 0xFF12_3456_00FFL);
        test.state.setRegister(0, DATA);
        test.execute("66 0F 01 10");
        assertThat(test.state.get(GuestState.GDTR)).isEqualTo(0x12_3456);
    }

    @Test
    void staleTranslationsLastUntilInvlpg() {
        test.state.setRegister(0, PAGE);
        test.execute("8B 18");
        long entry = 0x10_2000 + (PAGE >>> 21) * 8;
        test.ram.write(entry, 8, 0);
        test.execute("8B 18");
        test.execute("0F 01 38");
        Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
            () -> test.execute("8B 18"));
        assertThat(fault.address()).isEqualTo(PAGE);
    }

    @Test
    void invpcidChecksTypeAndDescriptor() {
        test.state.setRegister(1, DATA);
        test.state.setRegister(0, 2);
        test.execute("66 0F 38 82 01");
        test.state.setRegister(0, 4);
        Raised.generalProtection(() -> test.execute("66 0F 38 82 01"));
        test.state.setRegister(0, 1);
        test.ram.write(DATA, 8, 0x1000);
        Raised.generalProtection(() -> test.execute("66 0F 38 82 01"));
        test.ram.write(DATA, 8, 5);
        Raised.generalProtection(() -> test.execute("66 0F 38 82 01"));
        test.state.setRegister(0, 0);
        test.ram.write(DATA, 8, 0);
        test.ram.write(DATA + 8, 8, 0x8000_0000_0000L);
        Raised.generalProtection(() -> test.execute("66 0F 38 82 01"));
    }

    @Test
    void stiBlocksForOneInstructionIfInterruptsWereOff() {
        test.execute("FB");
        assertThat(test.state.rflags() & IF).isEqualTo(IF);
        assertThat(test.state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_STI).isNotZero();
        test.state.set8(GuestState.BLOCKING, 0);
        test.execute("FB");
        assertThat(test.state.get8(GuestState.BLOCKING)).isZero();
        test.execute("FA");
        assertThat(test.state.rflags() & IF).isZero();
        use(TestProcessor.longMode().user());
        Raised.generalProtection(() -> test.execute("FA"));
        Raised.generalProtection(() -> test.execute("FB"));
    }

    @Test
    void hltWaitsAfterTheInstruction() {
        test.execute("F4");
        assertThat(test.state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.HLT.ordinal());
        assertThat(test.state.rip()).isEqualTo(TestProcessor.CODE + 1);
    }

    @Test
    void randomNumbersFollowFromTheSeed() {
        test.execute("48 0F C7 F0");
        test.execute("48 0F C7 F3");
        long first = test.state.register(0);
        long second = test.state.register(3);
        assertThat(first).isNotEqualTo(second);
        assertThat(test.state.rflags() & 1).as("CF").isEqualTo(1);
        use(TestProcessor.longMode());
        test.execute("48 0F C7 F0");
        assertThat(test.state.register(0)).isEqualTo(first);
    }

    @Test
    void umipHidesTheTables() {
        use(TestProcessor.longMode().user());
        test.state.setRegister(0, DATA);
        test.execute("0F 01 00");
        test.state.set(GuestState.CR4, 0x20 | 1 << 11);
        Raised.generalProtection(() -> test.execute("0F 01 00"));
        Raised.generalProtection(() -> test.execute("0F 01 E0"));
    }

    @Test
    void vmxInstructionsAreInvalidWithoutVirtualization() {
        Raised.fault(ExceptionVector.UD, 0, () -> test.execute("0F 01 C1"));
    }

    @Test
    void resetState() {
        test.cpu.reset();
        assertThat(test.state.rip()).isEqualTo(0xFFF0);
        assertThat(test.state.segmentBase(GuestState.CS)).isEqualTo(0xFFFF_0000L);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(0xF000);
        assertThat(test.state.get(GuestState.CR0)).isEqualTo(0x6000_0010L);
        assertThat(test.state.rflags()).isEqualTo(2);
        assertThat(test.state.register(2)).isEqualTo(test.cpu.model().signature());
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 48)).isEqualTo(0xFFFF_0FF0L);
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 56)).isEqualTo(0x400);
        assertThat(test.state.get(GuestState.EFER)).isZero();
    }
}
