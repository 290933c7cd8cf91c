/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What VM exits save of the guest and load of the host, whatever the reason. */
class VmExitTest {
    private static final int DR7 = GuestState.DEBUG_REGISTERS + 7 * 8;

    private final GuestMachine g = new GuestMachine();
    private final GuestState state = g.m.state;

    @AfterEach
    void close() {
        g.close();
    }

    private void exit() {
        g.m.vmx.interceptTripleFault();
    }

    private void assertSegment(int number, int selector, long base, long limit, int rights) {
        assertThat(state.selector(number)).isEqualTo(selector);
        assertThat(state.segmentBase(number)).isEqualTo(base);
        assertThat(state.segmentLimit(number)).isEqualTo(limit);
        assertThat(state.segmentRights(number)).isEqualTo(rights);
    }

    @Test
    void hostSegmentsGetTheirHiddenParts() {
        g.enter();
        exit();
        assertSegment(GuestState.CS, 8, 0, 0xFFFF_FFFFL, 0xA09B);
        assertSegment(GuestState.SS, 0x10, 0, 0xFFFF_FFFFL, 0xC093);
        assertSegment(3, 0x10, 0, 0xFFFF_FFFFL, 0xC093);
        assertThat(state.segmentRights(0) & 0x1_0000).as("ES is unusable").isNotZero();
        assertThat(state.segmentRights(GuestState.FS) & 0x1_0000).isNotZero();
        assertThat(state.segmentBase(GuestState.FS)).isEqualTo(0x1111_0000L);
        assertSegment(GuestState.GS, 0x28, 0xFFFF_8000_0000_1000L, 0xFFFF_FFFFL, 0xC093);
        assertSegment(GuestState.TR, 0x18, 0x5000, 0x67, 0x8B);
        assertThat(state.segmentRights(GuestState.LDTR) & 0x1_0000).isNotZero();
        assertThat(state.get(GuestState.GDTR)).isEqualTo(0x6000);
        assertThat(state.get16(GuestState.GDTR + 8)).isEqualTo(0xFFFF);
        assertThat(state.get(GuestState.IDTR)).isEqualTo(0x6800);
        assertThat(state.get16(GuestState.IDTR + 8)).isEqualTo(0xFFFF);
    }

    @Test
    void hostRegistersAndMsrs() {
        g.vmcs.set(VmcsField.HOST_CR4, 0x2000 | 1 << 5 | 1 << 7);
        g.enter();
        state.set(DR7, 0x455);
        state.set(MsrSlots.DEBUGCTL, 1);
        state.set(GuestState.CR2, 0x777);
        exit();
        assertThat(state.register(4)).isEqualTo(VmxMachine.HOST_STACK);
        assertThat(state.rflags()).isEqualTo(2);
        assertThat(state.get(GuestState.CR0)).isEqualTo(VmxMachine.CR0);
        assertThat(state.get(GuestState.CR4)).isEqualTo(0x20A0);
        assertThat(state.get(GuestState.EFER)).isEqualTo(VmxMachine.EFER);
        assertThat(state.get(DR7)).isEqualTo(0x400);
        assertThat(state.get(MsrSlots.DEBUGCTL)).isZero();
        assertThat(state.get(GuestState.CR2)).as("not switched").isEqualTo(0x777);
        assertThat(state.get(MsrSlots.SYSENTER_CS)).isEqualTo(0x1234);
        assertThat(state.get(MsrSlots.SYSENTER_ESP)).isEqualTo(0xFFFF_8000_0000_2000L);
        assertThat(state.get(MsrSlots.SYSENTER_EIP)).isEqualTo(0xFFFF_8000_0000_3000L);
    }

    @Test
    void guestRegistersAreSaved() {
        g.enter(VmxControl.EXIT_SAVE_DEBUG_CONTROLS, VmxControl.EXIT_SAVE_IA32_PAT, VmxControl.EXIT_SAVE_IA32_EFER);
        state.set(GuestState.CR3, 0x3000);
        state.set(GuestState.CR4, 0x20A0);
        state.setRegister(4, 0x1234_5678);
        state.setRflags(0x8D7);
        state.set(DR7, 0x455);
        state.set(MsrSlots.DEBUGCTL, 1);
        state.set(MsrSlots.PAT, 0x0606_0606_0606_0606L);
        state.set(MsrSlots.SYSENTER_CS, 0x77);
        state.set8(GuestState.BLOCKING, GuestState.BLOCKING_BY_STI);
        exit();
        assertThat(g.vmcs.get(VmcsField.GUEST_CR3)).isEqualTo(0x3000);
        assertThat(g.vmcs.get(VmcsField.GUEST_CR4)).isEqualTo(0x20A0);
        assertThat(g.vmcs.get(VmcsField.GUEST_RSP)).isEqualTo(0x1234_5678);
        assertThat(g.vmcs.get(VmcsField.GUEST_RFLAGS)).isEqualTo(0x8D7);
        assertThat(g.vmcs.get(VmcsField.GUEST_DR7)).isEqualTo(0x455);
        assertThat(g.vmcs.get(VmcsField.GUEST_IA32_DEBUGCTL)).isEqualTo(1);
        assertThat(g.vmcs.get(VmcsField.GUEST_IA32_PAT)).isEqualTo(0x0606_0606_0606_0606L);
        assertThat(g.vmcs.get(VmcsField.GUEST_IA32_EFER)).isEqualTo(VmxMachine.EFER);
        assertThat(g.vmcs.get(VmcsField.GUEST_IA32_SYSENTER_CS)).isEqualTo(0x77);
        assertThat(g.vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).isEqualTo(1);
        assertThat(state.get8(GuestState.BLOCKING)).isZero();
    }

    @Test
    void withoutTheSaveControlsTheFieldsStay() {
        g.m.clear(VmxControl.EXIT_SAVE_DEBUG_CONTROLS);
        g.vmcs.set(VmcsField.GUEST_DR7, 0x700);
        g.vmcs.set(VmcsField.GUEST_IA32_PAT, 42);
        g.enter();
        exit();
        assertThat(g.vmcs.get(VmcsField.GUEST_DR7)).isEqualTo(0x700);
        assertThat(g.vmcs.get(VmcsField.GUEST_IA32_PAT)).isEqualTo(42);
    }

    @Test
    void hostPatAndEferByControl() {
        g.vmcs.set(VmcsField.HOST_IA32_PAT, 0x0404_0404_0404_0404L);
        g.vmcs.set(VmcsField.HOST_IA32_EFER, 0x500);
        g.enter(VmxControl.EXIT_LOAD_IA32_PAT, VmxControl.EXIT_LOAD_IA32_EFER);
        exit();
        assertThat(state.get(MsrSlots.PAT)).isEqualTo(0x0404_0404_0404_0404L);
        assertThat(state.get(GuestState.EFER)).isEqualTo(0x500);
    }

    @Test
    void msrListsAreStoredAndLoaded() {
        g.vmcs.set(VmcsField.VM_EXIT_MSR_STORE_ADDRESS, 0x13_0000);
        g.vmcs.set(VmcsField.VM_EXIT_MSR_STORE_COUNT, 1);
        g.vmcs.set(VmcsField.VM_EXIT_MSR_LOAD_ADDRESS, 0x13_1000);
        g.vmcs.set(VmcsField.VM_EXIT_MSR_LOAD_COUNT, 1);
        g.m.memory.write(0x13_0000, 8, 0xC000_0102L);
        g.m.memory.write(0x13_1000, 8, 0xC000_0102L);
        g.m.memory.write(0x13_1008, 8, 0x5555);
        g.enter();
        state.set(GuestState.KERNEL_GS_BASE, 0x4444);
        exit();
        assertThat(g.m.memory.read(0x13_0008, 8)).isEqualTo(0x4444);
        assertThat(state.get(GuestState.KERNEL_GS_BASE)).isEqualTo(0x5555);
        assertThat(state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.ACTIVE.ordinal());
    }

    @Test
    void failingMsrListsAreVmxAborts() {
        g.vmcs.set(VmcsField.VM_EXIT_MSR_LOAD_ADDRESS, 0x13_1000);
        g.vmcs.set(VmcsField.VM_EXIT_MSR_LOAD_COUNT, 1);
        g.m.memory.write(0x13_1000, 8, 0xC000_0100L);
        g.enter();
        exit();
        assertThat(state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.SHUTDOWN.ordinal());
        assertThat(g.m.memory.read(VmxMachine.VMCS + 4, 4)).isEqualTo(4);
        assertThat(g.m.vmx.shutdownCause()).contains("VMX abort 4");
    }

    @Test
    void anMsrThatCannotBeReadAbortsTheStore() {
        g.vmcs.set(VmcsField.VM_EXIT_MSR_STORE_ADDRESS, 0x13_0000);
        g.vmcs.set(VmcsField.VM_EXIT_MSR_STORE_COUNT, 1);
        g.m.memory.write(0x13_0000, 8, 0x1FFF);
        g.enter();
        exit();
        assertThat(g.m.memory.read(VmxMachine.VMCS + 4, 4)).isEqualTo(1);
        assertThat(state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.SHUTDOWN.ordinal());
    }
}
