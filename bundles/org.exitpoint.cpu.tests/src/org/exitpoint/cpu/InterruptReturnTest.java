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

/** SDM vol. 2, "IRET/IRETD/IRETQ", "POPF/POPFD/POPFQ", "SYSCALL", "SYSRET", "SYSENTER", "SYSEXIT". */
class InterruptReturnTest {
    private static final long IF = 0x200;
    private static final long IOPL = 0x3000;
    private static final long NT = 0x4000;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    private void push(int bytes, long... values) {
        for (long value : values) {
            test.state.setRegister(4, test.state.register(4) - bytes);
            test.ram.write(test.state.register(4), bytes, value);
        }
    }

    private void iretq() {
        test.execute("48 CF");
    }

    @Test
    void iretqAlwaysPopsTheStack() {
        push(8, TestProcessor.DATA32, 0x2_8000, 0x246, TestProcessor.CODE64, 0x1_9000);
        iretq();
        assertThat(test.state.rip()).isEqualTo(0x1_9000);
        assertThat(test.state.register(4)).isEqualTo(0x2_8000);
        assertThat(test.state.rflags()).isEqualTo(0x246);
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(TestProcessor.DATA32);
    }

    @Test
    void iretqToANullStackSegmentOfLevel0() {
        push(8, 0, 0x2_8000, 2, TestProcessor.CODE64, 0x1_9000);
        iretq();
        assertThat(test.state.segmentRights(GuestState.SS)).isEqualTo(0x1_0000);
        assertThat(test.state.cpl()).isZero();
    }

    @Test
    void iretqToUserMode() {
        push(8, TestProcessor.USER_DATA32, 0x2_8000, 0x202, TestProcessor.USER_CODE64, 0x1_9000);
        iretq();
        assertThat(test.state.cpl()).isEqualTo(3);
        assertThat(test.state.get8(GuestState.CODE_MODE)).isEqualTo(CodeMode.BITS64.ordinal());
        push(8, TestProcessor.USER_DATA32, 0x2_8000, 2, TestProcessor.CODE64, 0x1_9000);
        Raised.fault(ExceptionVector.GP, TestProcessor.CODE64, this::iretq);
    }

    @Test
    void iretqErrorCodes() {
        push(8, TestProcessor.USER_DATA32, 0x2_8000, 2, TestProcessor.CODE64, 0x1_9000);
        Raised.fault(ExceptionVector.GP, TestProcessor.USER_DATA32 & ~3, this::iretq);
        push(8, TestProcessor.DATA32, 0x2_8000, 2, TestProcessor.CODE64, 0x8000_0000_0000L);
        Raised.generalProtection(this::iretq);
        push(8, 3, 0x2_8000, 2, TestProcessor.USER_CODE64, 0x1_9000);
        Raised.generalProtection(this::iretq);
        test.descriptor(0x50, 0, 0xFFFF, 0x4013);
        push(8, 0x50, 0x2_8000, 2, TestProcessor.CODE64, 0x1_9000);
        Raised.fault(ExceptionVector.SS, 0x50, this::iretq);
        test.state.setRflags(NT);
        Raised.generalProtection(this::iretq);
        assertThat(test.state.rip()).isEqualTo(TestProcessor.CODE);
    }

    @Test
    void iretUnblocksNmisEvenIfItFaults() {
        test.state.set8(GuestState.BLOCKING, GuestState.BLOCKING_BY_NMI);
        test.state.setRflags(NT);
        Raised.generalProtection(this::iretq);
        assertThat(test.state.get8(GuestState.BLOCKING)).isZero();
    }

    @Test
    void iretOfUserModeKeepsIoplAndMayNotChangeIf() {
        use(TestProcessor.longMode().user());
        test.state.setRflags(IF);
        push(8, TestProcessor.USER_DATA32, 0x2_8000, IOPL, TestProcessor.USER_CODE64, 0x1_9000);
        iretq();
        assertThat(test.state.rflags()).isEqualTo(IF | 2);
    }

    @Test
    void iretdOfProtectedModeLeavesTheStackSegment() {
        use(TestProcessor.protectedMode());
        push(4, 0x202, TestProcessor.CODE32, 0x1_9000);
        test.execute("CF");
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK);
        assertThat(test.state.rflags()).isEqualTo(0x202);
        push(4, 0x2_0002, TestProcessor.CODE32, 0x1_9000);
        Raised.notImplemented("virtual-8086", () -> test.execute("CF"));
        test.state.setRflags(NT);
        Raised.notImplemented("task switch", () -> test.execute("CF"));
    }

    @Test
    void popfFollowsIoplAndClearsRf() {
        push(8, IF | IOPL | 0x1_0000);
        test.execute("9D");
        assertThat(test.state.rflags()).isEqualTo(IF | IOPL | 2);
        use(TestProcessor.longMode().user());
        push(8, IF | IOPL | 0x400);
        test.execute("9D");
        assertThat(test.state.rflags()).as("only DF").isEqualTo(0x402);
        test.state.setRflags(IOPL);
        push(8, IF);
        test.execute("9D");
        assertThat(test.state.rflags()).as("IF by IOPL 3").isEqualTo(IF | IOPL | 2);
    }

    @Test
    void pushfHidesRfAndVm() {
        test.state.setRflags(0x1_0202);
        test.execute("9C");
        assertThat(test.stack(0, 8)).isEqualTo(0x202);
    }

    @Test
    void syscallAndSysret() {
        use(TestProcessor.longMode().user());
        test.cpu.msrs().write(0xC000_0081, 0x0023_0008_0000_0000L);
        test.cpu.msrs().write(0xC000_0082, 0xFFFF_8000_0000_1000L);
        test.cpu.msrs().write(0xC000_0084, IF);
        test.state.setRflags(IF | 0x400);
        test.execute("0F 05");
        assertThat(test.state.rip()).isEqualTo(0xFFFF_8000_0000_1000L);
        assertThat(test.state.register(1)).isEqualTo(TestProcessor.CODE + 2);
        assertThat(test.state.register(11)).isEqualTo(IF | 0x402);
        assertThat(test.state.rflags()).isEqualTo(0x402);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(0x08);
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(0x10);
        assertThat(test.state.cpl()).isZero();
        test.state.setRip(TestProcessor.CODE);
        test.execute("48 0F 07");
        assertThat(test.state.rip()).isEqualTo(TestProcessor.CODE + 2);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(0x33);
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(0x2B);
        assertThat(test.state.rflags()).isEqualTo(IF | 0x402);
        assertThat(test.state.cpl()).isEqualTo(3);
    }

    @Test
    void sysretToANonCanonicalAddressFaultsBeforeAnythingChanges() {
        test.cpu.msrs().write(0xC000_0081, 0x0023_0008_0000_0000L);
        test.state.setRegister(1, 0x8000_0000_0000L);
        Raised.generalProtection(() -> test.execute("48 0F 07"));
        assertThat(test.state.cpl()).isZero();
    }

    @Test
    void syscallNeedsSce() {
        test.state.set(GuestState.EFER, 0xD00);
        Raised.fault(ExceptionVector.UD, 0, () -> test.execute("0F 05"));
    }

    @Test
    void sysenterAndSysexit() {
        use(TestProcessor.protectedMode().user());
        Raised.generalProtection(() -> test.execute("0F 34"));
        test.cpu.msrs().write(0x174, 0x08);
        test.cpu.msrs().write(0x175, 0x3_0000);
        test.cpu.msrs().write(0x176, 0x1_9000);
        test.state.setRflags(IF);
        test.execute("0F 34");
        assertThat(test.state.cpl()).isZero();
        assertThat(test.state.register(4)).isEqualTo(0x3_0000);
        assertThat(test.state.rflags() & IF).isZero();
        test.state.setRegister(2, 0x1_A000);
        test.state.setRegister(1, 0x2_8000);
        test.execute("0F 35");
        assertThat(test.state.rip()).isEqualTo(0x1_A000);
        assertThat(test.state.register(4)).isEqualTo(0x2_8000);
        assertThat(test.state.selector(GuestState.CS)).isEqualTo(0x1B);
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(0x23);
    }

    @Test
    void enterWithNestingBuildsADisplay() {
        use(TestProcessor.protectedMode());
        test.state.setRegister(5, 0x2_1000);
        test.ram.write(0x2_0FFC, 4, 0xAAAA);
        test.execute("C8 10 00 02");
        assertThat(test.state.register(5)).isEqualTo(TestProcessor.STACK - 4);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK - 12 - 16);
        assertThat(test.ram.read(TestProcessor.STACK - 4, 4)).isEqualTo(0x2_1000);
        assertThat(test.ram.read(TestProcessor.STACK - 8, 4)).isEqualTo(0xAAAA);
        assertThat(test.ram.read(TestProcessor.STACK - 12, 4)).isEqualTo(TestProcessor.STACK - 4);
    }

    @Test
    void cmpxchg16bComparesAndAligns() {
        test.state.setRegister(0, 1);
        test.state.setRegister(2, 2);
        test.state.setRegister(3, 3);
        test.state.setRegister(1, 4);
        test.state.setRegister(6, 0x2_8000);
        test.ram.write(0x2_8000, 8, 1);
        test.ram.write(0x2_8008, 8, 2);
        test.execute("48 0F C7 0E");
        assertThat(test.ram.read(0x2_8000, 8)).isEqualTo(3);
        assertThat(test.ram.read(0x2_8008, 8)).isEqualTo(4);
        assertThat(test.state.rflags() & 0x40).isEqualTo(0x40);
        test.execute("48 0F C7 0E");
        assertThat(test.state.register(0)).isEqualTo(3);
        assertThat(test.state.register(2)).isEqualTo(4);
        assertThat(test.state.rflags() & 0x40).isZero();
        test.state.setRegister(6, 0x2_8008);
        Raised.generalProtection(() -> test.execute("48 0F C7 0E"));
    }
}
