/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Intercept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** SDM vol. 2, "MOV—Move to/from Control Registers" and "MOV—Move to/from Debug Registers". */
class ControlRegisterTest {
    private static final long PG_PE = 0x8000_0001L;
    private static final long PAE = 0x20;
    private static final long PCIDE = 1 << 17;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    private void writeCr(int number, long value) {
        test.state.setRegister(0, value);
        test.execute(number == 8 ? "44 0F 22 C0" : "0F 22 %02X".formatted(0xC0 | number << 3));
    }

    private void writeDr(int number, long value) {
        test.state.setRegister(0, value);
        test.execute("0F 23 %02X".formatted(0xC0 | number << 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x1_8000_0031L, 0x8000_0030L, 0xA000_0031L, 0x0000_0031L})
    void cr0Faults(long value) {
        Raised.generalProtection(() -> writeCr(0, value));
        assertThat(test.state.get(GuestState.CR0)).isEqualTo(0x8001_0031L);
    }

    @Test
    void cr0IgnoresReservedBitsAndKeepsEt() {
        use(TestProcessor.protectedMode());
        writeCr(0, 0x1FFA_FFC1L);
        assertThat(test.state.get(GuestState.CR0)).isEqualTo(0x11);
    }

    @Test
    void longModeStartsWithPagingAndEndsWithIt() {
        use(TestProcessor.protectedMode());
        test.ram.write(0x10_0000, 8, 0x10_1007);
        test.ram.write(0x10_1000, 8, 0x87);
        test.state.set(GuestState.EFER, 0x100);
        test.state.set(GuestState.CR3, 0x10_0000);
        Raised.generalProtection(() -> writeCr(0, PG_PE));
        writeCr(4, PAE);
        writeCr(0, PG_PE);
        assertThat(test.state.get(GuestState.EFER)).isEqualTo(0x500);
        Raised.generalProtection(() -> writeCr(4, 0));
        writeCr(0, 1);
        assertThat(test.state.get(GuestState.EFER)).isEqualTo(0x100);
    }

    @Test
    void pagingCannotStartInLongModeWithA64BitCodeSegment() {
        use(TestProcessor.protectedMode());
        test.state.set(GuestState.EFER, 0x100);
        test.state.set(GuestState.CR4, PAE);
        test.state.setSegment(GuestState.CS, 8, 0, 0xFFFF_FFFFL, 0xE09B);
        test.cpu.stateReplaced();
        Raised.generalProtection(() -> writeCr(0, PG_PE));
    }

    @Test
    void paePagingLoadsPdptesAndChecksThem() {
        use(TestProcessor.protectedMode());
        test.ram.write(0x10_0000, 8, 0x10_1001);
        test.ram.write(0x10_1000, 8, 0x87);
        writeCr(4, PAE);
        writeCr(3, 0x10_0000);
        writeCr(0, PG_PE);
        assertThat(test.state.get(GuestState.PDPTES)).isEqualTo(0x10_1001);
        test.ram.write(0x10_0000 + 24, 8, 0x10_1007);
        Raised.generalProtection(() -> writeCr(3, 0x10_0000));
        assertThat(test.state.get(GuestState.PDPTES)).isEqualTo(0x10_1001);
    }

    @Test
    void cr3ChecksThePhysicalAddressWidth() {
        use(TestProcessor.longMode("max,maxphyaddr=39"));
        Raised.generalProtection(() -> writeCr(3, 1L << 39));
        Raised.generalProtection(() -> writeCr(3, 1L << 63 | 0x10_0000));
        writeCr(4, PAE | PCIDE);
        writeCr(3, 1L << 63 | 0x10_0005);
        assertThat(test.state.get(GuestState.CR3)).isEqualTo(0x10_0005);
    }

    @Test
    void pcidsStartOnlyWithPcid0InLongMode() {
        test.state.set(GuestState.CR3, 0x10_0001);
        Raised.generalProtection(() -> writeCr(4, PAE | PCIDE));
        use(TestProcessor.protectedMode());
        Raised.generalProtection(() -> writeCr(4, PAE | PCIDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 12, 13, 14, 15, 18, 19, 22, 23, 24, 25, 26, 27, 28, 31, 32, 63})
    void cr4BitsOfAbsentFeaturesAreReserved(int bit) {
        Raised.generalProtection(() -> writeCr(4, PAE | 1L << bit));
    }

    @Test
    void cr4BitsFollowTheModel() {
        writeCr(4, PAE | 1 << 20 | 1 << 21);
        assertThat(test.state.get(GuestState.CR4)).isEqualTo(PAE | 1 << 20 | 1 << 21);
        use(TestProcessor.longMode("max,-smap"));
        Raised.generalProtection(() -> writeCr(4, PAE | 1 << 21));
    }

    @Test
    void cr8IsTheTaskPriority() {
        writeCr(8, 9);
        test.execute("44 0F 20 C3");
        assertThat(test.state.register(3)).isEqualTo(9);
        Raised.generalProtection(() -> writeCr(8, 16));
    }

    @Test
    void lmswSetsButDoesNotClearPe() {
        use(TestProcessor.protectedMode());
        test.state.setRegister(0, 0xFFFA);
        test.execute("0F 01 F0");
        assertThat(test.state.get(GuestState.CR0)).isEqualTo(0x1B);
        test.execute("0F 06");
        assertThat(test.state.get(GuestState.CR0)).as("CLTS").isEqualTo(0x13);
    }

    @Test
    void controlRegistersNeedLevel0() {
        use(TestProcessor.longMode().user());
        Raised.generalProtection(() -> writeCr(3, 0));
    }

    @Test
    void interceptedWriteChangesNothing() {
        test.virtualization.intercepts = true;
        test.state.set(GuestState.INTERCEPTS, Intercept.CR_WRITE.mask());
        test.state.setRegister(0, 0);
        test.execute("0F 22 C0");
        assertThat(test.state.get(GuestState.CR0)).isEqualTo(0x8001_0031L);
    }

    @Test
    void debugRegistersKeepTheirFixedBits() {
        writeDr(6, 0);
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 48)).isEqualTo(0xFFFF_0FF0L);
        writeDr(7, 0xFFFF_DF00L);
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 56)).isEqualTo(0xFFFF_0700L);
        Raised.generalProtection(() -> writeDr(7, 1L << 32));
        Raised.generalProtection(() -> writeDr(6, 1L << 32));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void hardwareBreakpointsAreSaidNotToBeImplemented(int enable) {
        assertThatExceptionOfType(Interruption.NotImplemented.class).isThrownBy(() -> writeDr(7, 1L << enable))
            .withMessageContaining("breakpoints");
    }

    @Test
    void dr4IsAnAliasUnlessDe() {
        writeDr(4, 0xF);
        assertThat(test.state.get(GuestState.DEBUG_REGISTERS + 48)).isEqualTo(0xFFFF_0FFFL);
        test.state.set(GuestState.CR4, PAE | 8);
        Raised.fault(ExceptionVector.UD, 0, () -> writeDr(5, 0));
    }

    @Test
    void generalDetectRaisesADebugFault() {
        writeDr(7, 0x2000);
        Interruption.DebugFault fault = catchThrowableOfType(Interruption.DebugFault.class, () -> writeDr(0, 0));
        assertThat(fault.conditions()).isEqualTo(0x2000);
    }
}
