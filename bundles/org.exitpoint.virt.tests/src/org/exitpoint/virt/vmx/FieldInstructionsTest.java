/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.Arrays;
import java.util.stream.Stream;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.exitpoint.virt.vmx.vmcs.VmcsRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** VMREAD and VMWRITE over the whole field table. */
class FieldInstructionsTest {
    private static final long PATTERN = 0x8123_4567_89AB_CDEFL;

    private final VmxMachine m = new VmxMachine();
    private final Vmcs vmcs = m.load();

    @AfterEach
    void close() {
        m.close();
    }

    private long read(long encoding) {
        m.execute(Helper.VMREAD_TO_REGISTER, encoding, 0);
        return m.state.register(0);
    }

    private void write(long encoding, long value) {
        m.execute(Helper.VMWRITE_FROM_REGISTER, encoding, value);
    }

    @ParameterizedTest
    @EnumSource(VmcsField.class)
    void aFieldKeepsWhatItsWidthHoldsOrDoesNotExist(VmcsField field) {
        write(field.encoding(), PATTERN);
        if (!m.capabilities.exists(field)) {
            assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
            assertThat(m.error()).isEqualTo(12);
            return;
        }
        assertThat(m.flags()).isZero();
        // Bits 14:13 of the encoding: 16, 64, 32 bits, natural width.
        int bits = new int[] {16, 64, 32, 64}[field.encoding() >> 13 & 3];
        assertThat(read(field.encoding())).isEqualTo(PATTERN & -1L >>> 64 - bits);
        assertThat(vmcs.identity().writerRip(field)).isEqualTo(0x7000);
    }

    static Stream<VmcsField> wideFields() {
        return Arrays.stream(VmcsField.values()).filter(field -> (field.encoding() >> 13 & 3) == 1);
    }

    @ParameterizedTest
    @MethodSource("wideFields")
    void highHalvesAreFieldsOfTheirOwn(VmcsField field) {
        write(field.encoding() + 1, 0xFFFF_FFFF_1234_5678L);
        if (!m.capabilities.exists(field)) {
            assertThat(m.error()).isEqualTo(12);
            return;
        }
        assertThat(read(field.encoding() + 1)).isEqualTo(0x1234_5678);
        assertThat(read(field.encoding())).isEqualTo(0x1234_5678_0000_0000L);
        write(field.encoding(), PATTERN);
        write(field.encoding() + 1, 0x7654_3210L);
        assertThat(read(field.encoding())).isEqualTo(0x7654_3210_89AB_CDEFL);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0001, 0x4001, 0x6801, 0x0FFE, 0x7000, 0x8000, 0x1_0000_6800L, -1L, 0x6C1E, 0x482C})
    void encodingsThatNameNothingFail(long encoding) {
        m.state.setRegister(0, 77);
        assertThat(read(encoding)).isEqualTo(77);
        assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
        assertThat(m.error()).isEqualTo(12);
        write(encoding, 1);
        assertThat(m.error()).isEqualTo(12);
    }

    @Test
    void allFieldsTogetherKeepTheirValues() {
        VmcsField[] fields = Arrays.stream(VmcsField.values()).filter(m.capabilities::exists)
                .filter(field -> field != VmcsField.VM_INSTRUCTION_ERROR).toArray(VmcsField[]::new);
        for (VmcsField field : fields) {
            write(field.encoding(), field.encoding() ^ 0x5555);
        }
        for (VmcsField field : fields) {
            assertThat(read(field.encoding())).as(field.name()).isEqualTo(field.encoding() ^ 0x5555);
        }
        assertThat(m.memory.read(VmxMachine.VMCS, 4)).as("the header is no field").isEqualTo(0x4558_5031);
    }

    @Test
    void withoutCurrentVmcsBothFailInvalid() {
        m.region(Helper.VMCLEAR, VmxMachine.VMCS);
        m.execute(Helper.VMREAD_TO_REGISTER, 0x6800, 0);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        m.execute(Helper.VMWRITE_FROM_REGISTER, 0x6800, 0);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
    }

    @Test
    void memoryOperandsAreOf64Bits() {
        m.memory.write(VmxMachine.OPERAND, 8, PATTERN);
        m.execute(Helper.VMWRITE_FROM_MEMORY, 0x6C16, VmxMachine.OPERAND);
        m.execute(Helper.VMREAD_TO_MEMORY, 0x6C16, VmxMachine.OPERAND + 16);
        assertThat(m.flags()).isZero();
        assertThat(m.memory.read(VmxMachine.OPERAND + 16, 8)).isEqualTo(PATTERN);
    }

    @Test
    void aVmcsKeepsItsFieldsWhileAnotherIsCurrent() {
        write(0x681E, 0x1234);
        m.prepareRegion(VmxMachine.OTHER_VMCS);
        m.region(Helper.VMPTRLD, VmxMachine.OTHER_VMCS);
        write(0x681E, 0x5678);
        m.region(Helper.VMPTRLD, VmxMachine.VMCS);
        assertThat(read(0x681E)).isEqualTo(0x1234);
        m.region(Helper.VMPTRLD, VmxMachine.OTHER_VMCS);
        assertThat(read(0x681E)).isEqualTo(0x5678);
    }

    @Test
    void theLastWriterIsKeptUntilVmclear() {
        VmcsRecord identity = vmcs.identity();
        assertThat(identity.writerSteps(VmcsField.GUEST_RIP)).isEqualTo(VmcsRecord.NEVER);
        m.clock.steps = 99;
        m.state.setRip(0x7123);
        write(0x681E, 1);
        assertThat(identity.writerSteps(VmcsField.GUEST_RIP)).isEqualTo(99);
        assertThat(identity.writerRip(VmcsField.GUEST_RIP)).isEqualTo(0x7123);
        int incarnation = identity.incarnation();
        m.region(Helper.VMCLEAR, VmxMachine.VMCS);
        assertThat(identity.writerSteps(VmcsField.GUEST_RIP)).isEqualTo(VmcsRecord.NEVER);
        assertThat(identity.incarnation()).isEqualTo(incarnation + 1);
    }
}
