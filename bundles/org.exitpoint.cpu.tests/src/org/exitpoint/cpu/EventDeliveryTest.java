/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 3, "Interrupt and Exception Handling": frames, stacks, error codes and double faults. */
class EventDeliveryTest {
    private static final int GP = 13;
    private static final int VECTOR = 0x40;
    private static final long RF = 1 << 16;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    private void raise(ExceptionVector vector, long errorCode) {
        test.cpu.delivery().raise(new Interruption.Fault(vector, errorCode));
    }

    private void interrupt() {
        test.cpu.delivery().deliver(Event.externalInterrupt(VECTOR));
    }

    private long[] frame(int entries, int bytes) {
        long[] frame = new long[entries];
        for (int i = 0; i < entries; i++) {
            frame[i] = test.stack(i, bytes);
        }
        return frame;
    }

    @Test
    void faultIn64BitModePushesSixEntriesOnAnAlignedStack() {
        test.interruptGate(GP, 0);
        test.state.setRegister(4, TestProcessor.STACK + 8);
        test.state.setRflags(0x4F02);
        raise(ExceptionVector.GP, 0x1234);
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + GP);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK - 48);
        assertThat(frame(6, 8)).containsExactly(0x1234, TestProcessor.CODE, TestProcessor.CODE64, 0x4F02 | RF,
            TestProcessor.STACK + 8, TestProcessor.DATA32);
        assertThat(test.state.rflags()).as("TF, IF, NT and RF are cleared").isEqualTo(0x0C02);
    }

    @Test
    void trapGateLeavesIf() {
        test.wideGate(TestProcessor.IDT + 16L * VECTOR, 15, 0, TestProcessor.CODE64, TestProcessor.HANDLER, 0);
        test.state.setRflags(0x202);
        interrupt();
        assertThat(test.state.rflags()).isEqualTo(0x202);
        assertThat(frame(5, 8)).containsExactly(TestProcessor.CODE, TestProcessor.CODE64, 0x202, TestProcessor.STACK,
            TestProcessor.DATA32);
    }

    @Test
    void interruptFromUserModeSwitchesToRsp0WithANullStackSegment() {
        use(TestProcessor.longMode().user());
        test.interruptGate(VECTOR, 0);
        test.ram.write(TestProcessor.TSS + 4, 8, TestProcessor.INNER_STACK);
        interrupt();
        assertThat(test.state.cpl()).isZero();
        assertThat(test.state.selector(GuestState.SS)).isZero();
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.INNER_STACK - 40);
        assertThat(frame(5, 8)).containsExactly(TestProcessor.CODE, TestProcessor.USER_CODE64, 2, TestProcessor.STACK,
            TestProcessor.USER_DATA32);
    }

    @Test
    void interruptStackTableSwitchesWithoutAChangeOfLevel() {
        test.wideGate(TestProcessor.IDT + 16L * VECTOR, 14, 0, TestProcessor.CODE64, TestProcessor.HANDLER, 3);
        test.ram.write(TestProcessor.TSS + 0x24 + 16, 8, TestProcessor.INTERRUPT_STACK + 0xF);
        interrupt();
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.INTERRUPT_STACK - 40);
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(TestProcessor.DATA32);
    }

    @Test
    void handlerAbove4GBytesKeepsItsOffset() {
        test.wideGate(TestProcessor.IDT + 16L * VECTOR, 14, 0, TestProcessor.CODE64, 0xFFFF_8000_1234_5678L, 0);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(0xFFFF_8000_1234_5678L);
    }

    @Test
    void protectedModeSameLevelPushesThreeDoublewords() {
        use(TestProcessor.protectedMode());
        test.interruptGate(VECTOR, 0);
        test.state.setRflags(0x202);
        interrupt();
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK - 12);
        assertThat(frame(3, 4)).containsExactly(TestProcessor.CODE, TestProcessor.CODE32, 0x202);
    }

    @Test
    void protectedModeFromUserPushesStackOnTheOneOfTheTss() {
        use(TestProcessor.protectedMode().user());
        test.interruptGate(GP, 0);
        test.ram.write(TestProcessor.TSS + 4, 4, TestProcessor.INNER_STACK);
        test.ram.write(TestProcessor.TSS + 8, 2, TestProcessor.DATA32);
        raise(ExceptionVector.GP, 8);
        assertThat(test.state.cpl()).isZero();
        assertThat(test.state.selector(GuestState.SS)).isEqualTo(TestProcessor.DATA32);
        assertThat(frame(6, 4)).containsExactly(8, TestProcessor.CODE, TestProcessor.USER_CODE32, RF | 2,
            TestProcessor.STACK, TestProcessor.USER_DATA32);
    }

    @Test
    void sixteenBitGatePushesWords() {
        use(TestProcessor.protectedMode());
        test.gate(TestProcessor.IDT + 8L * VECTOR, 6, 0, TestProcessor.CODE32, 0x1_2345, 0);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(0x2345);
        assertThat(test.state.register(4)).isEqualTo(TestProcessor.STACK - 6);
    }

    @Test
    void softwareInterruptSavesTheNextInstructionAndChecksTheGatesLevel() {
        use(TestProcessor.longMode().user());
        test.interruptGate(3, 3);
        test.ram.write(TestProcessor.TSS + 4, 8, TestProcessor.INNER_STACK);
        test.execute("CC");
        assertThat(test.stack(0, 8)).isEqualTo(TestProcessor.CODE + 1);
        use(TestProcessor.longMode().user());
        test.interruptGate(VECTOR, 0);
        test.interruptGate(GP, 0);
        test.ram.write(TestProcessor.TSS + 4, 8, TestProcessor.INNER_STACK);
        test.execute("CD 40");
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + GP);
        assertThat(test.stack(0, 8)).as("IDT, no EXT").isEqualTo(VECTOR * 8 + 2);
        assertThat(test.stack(1, 8)).as("a fault of INT itself").isEqualTo(TestProcessor.CODE);
    }

    @Test
    void faultOfAnExternalDeliveryHasExtSet() {
        test.interruptGate(GP, 0);
        test.state.set16(GuestState.IDTR + 8, VECTOR * 16 - 1);
        interrupt();
        assertThat(test.stack(0, 8)).isEqualTo(VECTOR * 8 + 3);
    }

    @Test
    void absentGateIsNotPresent() {
        test.interruptGate(11, 0);
        test.wideGate(TestProcessor.IDT + 16L * VECTOR, 14, 0, TestProcessor.CODE64, 0, 0);
        test.ram.write(TestProcessor.IDT + 16L * VECTOR + 5, 1, 0x0E);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + 11);
        assertThat(test.stack(0, 8)).isEqualTo(VECTOR * 8 + 3);
    }

    @Test
    void handlerMustBe64BitCodeInIa32eMode() {
        test.interruptGate(GP, 0);
        test.wideGate(TestProcessor.IDT + 16L * VECTOR, 14, 0, TestProcessor.CODE32, TestProcessor.HANDLER, 0);
        interrupt();
        assertThat(test.stack(0, 8)).isEqualTo(TestProcessor.CODE32 | 1);
    }

    @Test
    void badStackOfTheTssIsInvalidTss() {
        use(TestProcessor.protectedMode().user());
        test.gate(TestProcessor.IDT + 8L * 10, 14, 0, TestProcessor.USER_CODE32, TestProcessor.HANDLER + 10, 0);
        test.interruptGate(VECTOR, 0);
        test.ram.write(TestProcessor.TSS + 8, 2, TestProcessor.USER_DATA32);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + 10);
        assertThat(test.stack(0, 4)).isEqualTo(TestProcessor.USER_DATA32 & ~3 | 1);
    }

    @Test
    void nonCanonicalStackIsStackFaultWithExtOnly() {
        test.interruptGate(VECTOR, 0);
        test.wideGate(TestProcessor.IDT + 16L * 12, 14, 0, TestProcessor.CODE64, TestProcessor.HANDLER + 12, 1);
        test.ram.write(TestProcessor.TSS + 0x24, 8, TestProcessor.INTERRUPT_STACK);
        test.state.setRegister(4, 0x8000_0000_1000L);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + 12);
        assertThat(test.stack(0, 8)).isEqualTo(1);
    }

    @Test
    void pageFaultSetsCr2() {
        test.interruptGate(14, 0);
        test.cpu.delivery().raise(new Interruption.PageFault(0xDEAD_B000L, 2));
        assertThat(test.state.get(GuestState.CR2)).isEqualTo(0xDEAD_B000L);
        assertThat(test.stack(0, 8)).isEqualTo(2);
    }

    @Test
    void interceptedPageFaultLeavesCr2() {
        test.virtualization.intercepted = event -> event.vector() == 14;
        test.cpu.delivery().raise(new Interruption.PageFault(0xDEAD_B000L, 2));
        assertThat(test.state.get(GuestState.CR2)).isZero();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.CODE);
    }

    @Test
    void debugExceptionSetsDr6AndClearsGd() {
        test.interruptGate(1, 0);
        test.state.set(GuestState.DEBUG_REGISTERS + 56, 0x2400);
        test.cpu.delivery().exception(Event.exception(ExceptionVector.DB, 0, 0x4002));
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 48)).isEqualTo(0xFFFF_4FF2L);
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 56)).isEqualTo(0x400);
    }

    @Test
    void nmiBlocksNmisAndWakesTheProcessor() {
        test.interruptGate(2, 0);
        test.state.set8(GuestState.ACTIVITY, Activity.HLT.ordinal());
        test.cpu.delivery().deliver(Event.nmi());
        assertThat(test.state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_NMI).isNotZero();
        assertThat(test.state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.ACTIVE.ordinal());
    }

    /** SDM table "Conditions for Generating a Double Fault"; the second exception is #GP, by a gate that is missing. */
    @ParameterizedTest
    @CsvSource({"DE,8", "TS,8", "NP,8", "SS,8", "GP,8", "PF,8", "UD,13", "NM,13", "BR,13", "AC,13", "DB,13", "MF,13"})
    void generalProtectionDuringAnException(ExceptionVector first, int delivered) {
        test.interruptGate(8, 0);
        if (delivered == GP) {
            test.interruptGate(GP, 0);
        }
        Interruption raised = first == ExceptionVector.PF ? new Interruption.PageFault(0, 0)
            : new Interruption.Fault(first, 0);
        test.cpu.delivery().raise(raised);
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + delivered);
    }

    @Test
    void interruptsAreBenign() {
        test.interruptGate(GP, 0);
        test.interruptGate(8, 0);
        interrupt();
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + GP);
        test.cpu.delivery().deliver(Event.software(EventType.SOFTWARE_INTERRUPT, 14, 2));
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + GP);
    }

    @Test
    void faultWhileDeliveringADoubleFaultShutsDown() {
        raise(ExceptionVector.GP, 0x18);
        assertThat(test.state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.SHUTDOWN.ordinal());
        assertThat(test.cpu.delivery().shutdownCause()).isEqualTo("#GP(0x18) at RIP 0x10000, then #GP(0x6b) while "
            + "delivering #GP, then #DF(0x0) while delivering #GP, then #GP(0x43) while delivering #DF: shutdown");
    }

    @Test
    void tripleFaultOfAGuestExits() {
        test.virtualization.interceptsTripleFault = true;
        raise(ExceptionVector.GP, 0);
        assertThat(test.virtualization.tripleFault).isTrue();
        assertThat(test.state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.ACTIVE.ordinal());
    }

    @Test
    void nestedFaultIsOfferedWithTheOriginalEventUnderDelivery() {
        Event[] original = new Event[1];
        test.virtualization.intercepted = event -> {
            original[0] = test.cpu.delivery().vectoring();
            return event.vector() == GP;
        };
        interrupt();
        assertThat(original[0]).isEqualTo(Event.externalInterrupt(VECTOR));
        assertThat(test.virtualization.asked).extracting(Event::vector).containsExactly(GP);
        assertThat(test.cpu.delivery().vectoring()).isNull();
    }

    @Test
    void interceptedDoubleFaultHasNoOriginalEvent() {
        boolean[] vectoring = new boolean[1];
        test.virtualization.intercepted = event -> {
            vectoring[0] = test.cpu.delivery().vectoring() != null;
            return event.vector() == 8;
        };
        raise(ExceptionVector.GP, 0);
        assertThat(test.virtualization.asked).extracting(Event::vector).containsExactly(GP, GP, 8);
        assertThat(vectoring[0]).isFalse();
    }

    @Test
    void deliveredEventIsNotItselfIntercepted() {
        test.interruptGate(GP, 0);
        test.virtualization.intercepted = event -> true;
        test.cpu.delivery().deliver(Event.exception(ExceptionVector.GP, 5, 0));
        assertThat(test.state.rip()).isEqualTo(TestProcessor.HANDLER + GP);
        assertThat(test.stack(3, 8) & RF).as("injection takes RF as it is").isZero();
    }

    @Test
    void taskGateIsNotImplemented() {
        use(TestProcessor.protectedMode());
        test.gate(TestProcessor.IDT + 8L * VECTOR, 5, 0, TestProcessor.TASK, 0, 0);
        Raised.notImplemented("task gate", this::interrupt);
    }
}
