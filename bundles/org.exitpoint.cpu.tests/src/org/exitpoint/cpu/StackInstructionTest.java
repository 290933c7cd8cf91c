/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.Test;

/** Stack instructions where the comparison with a host processor once found them different. */
class StackInstructionTest {
    private static final int RBP = 5;
    private static final int RSP = 4;
    private static final int RSI = 6;
    private static final int RDI = 7;
    private static final long UNMAPPED = 0x4000_0000L;
    private static final int DATA16_RIGHTS = 0x93;

    /** SDM vol. 2, ENTER, Operation: with 32-bit operand size "FrameTemp := ESP", whatever the stack's width. */
    @Test
    void enterOnA16BitStackLoadsAllOfTheStackPointer() {
        try (TestProcessor test = TestProcessor.protectedMode()) {
            test.state.setSegment(GuestState.SS, TestProcessor.DATA32, 0, 0xFFFF, DATA16_RIGHTS);
            test.cpu.stateReplaced();
            test.state.setRegister(RSP, 0x3000_8000L);
            test.state.setRegister(RBP, 0x1234_5678L);
            test.execute("C8 10 00 01");
            assertThat(test.state.register(RBP)).isEqualTo(0x3000_7FFCL);
            assertThat(test.ram.read(0x7FFC, 4)).isEqualTo(0x1234_5678L);
            assertThat(test.ram.read(0x7FF8, 4)).isEqualTo(0x3000_7FFCL);
            assertThat(test.state.register(RSP)).isEqualTo(0x3000_7FE8L);
        }
    }

    /** SDM vol. 2, ENTER, Operation: pushes and loads alternate, so what is loaded may have been pushed just before. */
    @Test
    void enterLoadsFramePointersThatItHasPushed() {
        try (TestProcessor test = TestProcessor.longMode()) {
            test.state.setRegister(RSP, TestProcessor.STACK);
            test.state.setRegister(RBP, TestProcessor.STACK);
            test.ram.write(TestProcessor.STACK - 8, 8, 0x1111);
            test.execute("C8 00 00 03");
            assertThat(test.stack(3, 8)).isEqualTo(TestProcessor.STACK);
            assertThat(test.stack(2, 8)).isEqualTo(TestProcessor.STACK);
            assertThat(test.stack(1, 8)).isEqualTo(TestProcessor.STACK);
            assertThat(test.stack(0, 8)).isEqualTo(TestProcessor.STACK - 8);
        }
    }

    /** SDM vol. 2, ENTER, Operation: RBP is pushed before the outer frame pointers are loaded. */
    @Test
    void enterFaultsAtItsFirstPushFirst() {
        try (TestProcessor test = TestProcessor.longMode()) {
            test.state.setRegister(RSP, UNMAPPED + 8);
            test.state.setRegister(RBP, 0x7777_0000_0000_0000L);
            Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
                () -> test.execute("C8 00 00 03"));
            assertThat(fault.address()).isEqualTo(UNMAPPED);
            assertThat(test.state.register(RSP)).isEqualTo(UNMAPPED + 8);
        }
    }

    /** SDM vol. 2, POPA, Operation: EDI, at the top of the stack, is popped first. */
    @Test
    void popAllFaultsAtTheTopOfTheStackFirst() {
        try (TestProcessor test = TestProcessor.longMode()) {
            test.state.setSegment(GuestState.CS, TestProcessor.CODE32, 0, 0xFFFF_FFFFL, TestProcessor.CODE32_RIGHTS);
            test.cpu.stateReplaced();
            test.state.setRegister(RSP, UNMAPPED);
            Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
                () -> test.execute("61"));
            assertThat(fault.address()).isEqualTo(UNMAPPED);
        }
    }

    /** The offset of BOUND's upper bound is truncated to the address size like that of the lower one. */
    @Test
    void boundWrapsAtTheAddressSize() {
        try (TestProcessor test = TestProcessor.protectedMode()) {
            test.ram.write(0xFFFE, 2, 1);
            test.ram.write(0, 2, 5);
            test.state.setRegister(RDI, 0xFFFE);
            test.state.setRegister(RSI, 3);
            test.state.setRip(0x1_0020);
            test.execute("66 67 62 35");
            assertThat(test.state.rip()).isEqualTo(0x1_0024);
            test.state.setRip(0x1_0020);
            test.state.setRegister(RSI, 6);
            Raised.fault(ExceptionVector.BR, 0, () -> test.execute("66 67 62 35"));
        }
    }
}
