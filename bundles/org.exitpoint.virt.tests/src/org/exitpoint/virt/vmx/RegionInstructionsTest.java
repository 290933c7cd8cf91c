/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Helper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** VMXON, VMXOFF, VMCLEAR, VMPTRLD, VMPTRST: every outcome that their pages list. */
class RegionInstructionsTest {
    private final VmxMachine m = new VmxMachine();

    @AfterEach
    void close() {
        m.close();
    }

    private void assertFault(ExceptionVector vector, Runnable instruction) {
        assertThatThrownBy(instruction::run).isInstanceOfSatisfying(Interruption.Fault.class, fault -> {
            assertThat(fault.vector()).isEqualTo(vector);
            assertThat(fault.errorCode()).isZero();
        });
    }

    @Test
    void vmxonEntersRootOperationWithoutACurrentVmcs() {
        m.state.setRflags(VmxMachine.STATUS_FLAGS);
        m.vmxon();
        assertThat(m.operation()).isEqualTo(1);
        assertThat(m.flags()).isZero();
        assertThat(m.vmx.vmxonPointer()).isEqualTo(VmxMachine.VMXON_REGION);
        m.region(Helper.VMPTRST, 0);
        assertThat(m.memory.read(VmxMachine.OPERAND, 8)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(longs = {VmxMachine.VMXON_REGION + 8, 1L << 46, 0x9F_0000})
    void vmxonFailsInvalidForAddressesThatAreNoRegion(long pointer) {
        m.prepareRegion(VmxMachine.VMXON_REGION);
        m.region(Helper.VMXON, pointer);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        assertThat(m.operation()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x4558_5030, 0xC558_5031L})
    void vmxonFailsInvalidForAnotherRevision(long header) {
        m.memory.write(VmxMachine.VMXON_REGION, 4, header);
        m.region(Helper.VMXON, VmxMachine.VMXON_REGION);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 2, 3})
    void vmxonNeedsFeatureControlLockedAndEnabled(long featureControl) {
        m.state.set(MsrSlots.offset(Msr.IA32_FEATURE_CONTROL), featureControl);
        assertFault(ExceptionVector.GP, m::vmxon);
    }

    @ParameterizedTest
    @CsvSource({"80010011, 2020", "00010031, 2020", "80010030, 2020"})
    void vmxonNeedsFixedBits(String cr0, String cr4) {
        m.state.set(GuestState.CR0, Long.parseLong(cr0, 16));
        m.state.set(GuestState.CR4, Long.parseLong(cr4, 16));
        assertFault(ExceptionVector.GP, m::vmxon);
    }

    @Test
    void vmxonInRootOperationFails() {
        m.vmxon();
        m.region(Helper.VMXON, VmxMachine.VMXON_REGION);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        m.prepareRegion(VmxMachine.VMCS);
        m.region(Helper.VMPTRLD, VmxMachine.VMCS);
        m.region(Helper.VMXON, VmxMachine.VMXON_REGION);
        assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
        assertThat(m.error()).isEqualTo(15);
    }

    @ParameterizedTest
    @EnumSource(value = Helper.class, names = {"VMXON", "VMXOFF", "VMCLEAR", "VMPTRLD", "VMPTRST", "VMREAD_TO_REGISTER",
        "VMREAD_TO_MEMORY", "VMWRITE_FROM_REGISTER", "VMWRITE_FROM_MEMORY", "VMLAUNCH", "VMRESUME", "VMCALL", "INVEPT",
        "INVVPID"})
    void privilegeLevelZeroIsNeeded(Helper helper) {
        m.load();
        m.state.setSegment(GuestState.SS, 0x13, 0, 0xFFFF_FFFFL, 0xC0F3);
        m.processor.stateReplaced();
        assertFault(ExceptionVector.GP, () -> m.execute(helper, VmxMachine.OPERAND, VmxMachine.OPERAND));
    }

    @Test
    void vmfuncIsInvalid() {
        m.load();
        assertFault(ExceptionVector.UD, () -> m.execute(Helper.VMFUNC, 0, 0));
    }

    @Test
    void vmcallInRootFails() {
        m.load();
        m.execute(Helper.VMCALL, 0, 0);
        assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
        assertThat(m.error()).isEqualTo(1);
    }

    @Test
    void vmxoffLeavesVmxOperation() {
        m.load();
        m.execute(Helper.VMXOFF, 0, 0);
        assertThat(m.operation()).isZero();
        assertThat(m.flags()).isZero();
        assertThat(m.vmx.currentVmcs()).isNull();
        assertThat(m.vmx.vmxonPointer()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({"VMCLEAR, 2, 3", "VMPTRLD, 9, 10"})
    void pointersThatAreNoneFailWithTheirErrors(Helper helper, int address, int vmxonPointer) {
        m.load();
        for (long pointer : new long[] {VmxMachine.OTHER_VMCS + 1, 1L << 46, -1L << 12}) {
            m.region(helper, pointer);
            assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
            assertThat(m.error()).isEqualTo(address);
        }
        m.region(helper, VmxMachine.VMXON_REGION);
        assertThat(m.error()).isEqualTo(vmxonPointer);
        assertThat(m.vmx.currentVmcs().address()).isEqualTo(VmxMachine.VMCS);
    }

    @Test
    void withoutCurrentVmcsFailuresAreInvalid() {
        m.vmxon();
        m.region(Helper.VMCLEAR, 1);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        m.execute(Helper.VMCALL, 0, 0);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        m.execute(Helper.VMLAUNCH, 0, 0);
        assertThat(m.flags()).isEqualTo(VmxMachine.CF);
        assertThat(m.state.rip()).isEqualTo(0x7003);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x1234, 0xC558_5031L})
    void vmptrldNeedsTheRevisionAndNoShadow(long header) {
        m.load();
        m.memory.write(VmxMachine.OTHER_VMCS, 4, header);
        m.region(Helper.VMPTRLD, VmxMachine.OTHER_VMCS);
        assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
        assertThat(m.error()).isEqualTo(11);
    }

    @Test
    void whatIsNoMemoryHasNoRevisionButCanBeCleared() {
        m.load();
        m.region(Helper.VMPTRLD, VmxMachine.RAM + 0x1000);
        assertThat(m.error()).isEqualTo(11);
        m.region(Helper.VMCLEAR, VmxMachine.RAM + 0x1000);
        assertThat(m.flags()).isZero();
    }

    @Test
    void vmclearOfTheCurrentVmcsLeavesNone() {
        m.load();
        m.region(Helper.VMCLEAR, VmxMachine.VMCS);
        assertThat(m.flags()).isZero();
        assertThat(m.vmx.currentVmcs()).isNull();
    }

    @Test
    void vmclearOfAnotherVmcsKeepsTheCurrentOne() {
        m.load();
        m.region(Helper.VMCLEAR, VmxMachine.OTHER_VMCS);
        assertThat(m.vmx.currentVmcs().address()).isEqualTo(VmxMachine.VMCS);
        m.region(Helper.VMPTRST, 0);
        assertThat(m.memory.read(VmxMachine.OPERAND, 8)).isEqualTo(VmxMachine.VMCS);
    }

    @Test
    void featureControlIsLockedUntilReset() {
        int address = Msr.IA32_FEATURE_CONTROL.address();
        assertThat(m.processor.msrs().read(address)).isEqualTo(5);
        assertFault(ExceptionVector.GP, () -> m.processor.msrs().write(address, 5));
        m.processor.reset();
        assertThat(m.processor.msrs().read(address)).isZero();
        assertFault(ExceptionVector.GP, () -> m.processor.msrs().write(address, 2));
        m.processor.msrs().write(address, 4);
        m.processor.msrs().write(address, 5);
        assertFault(ExceptionVector.GP, () -> m.processor.msrs().write(address, 4));
    }
}
