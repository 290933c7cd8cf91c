/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.SegmentFields;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** Host and guest state that VM entry accepts, written down as a hypervisor would. */
public final class ValidState {
    private ValidState() {
    }

    public static void host(Vmcs vmcs) {
        vmcs.set(VmcsField.HOST_CR0, VmxMachine.CR0);
        vmcs.set(VmcsField.HOST_CR3, VmxMachine.PML4);
        vmcs.set(VmcsField.HOST_CR4, VmxMachine.CR4);
        vmcs.set(VmcsField.HOST_RIP, VmxMachine.HOST_ENTRY);
        vmcs.set(VmcsField.HOST_RSP, VmxMachine.HOST_STACK);
        vmcs.set(VmcsField.HOST_CS_SELECTOR, 8);
        vmcs.set(VmcsField.HOST_SS_SELECTOR, 0x10);
        vmcs.set(VmcsField.HOST_DS_SELECTOR, 0x10);
        vmcs.set(VmcsField.HOST_ES_SELECTOR, 0);
        vmcs.set(VmcsField.HOST_FS_SELECTOR, 0);
        vmcs.set(VmcsField.HOST_GS_SELECTOR, 0x28);
        vmcs.set(VmcsField.HOST_TR_SELECTOR, 0x18);
        vmcs.set(VmcsField.HOST_FS_BASE, 0x1111_0000L);
        vmcs.set(VmcsField.HOST_GS_BASE, 0xFFFF_8000_0000_1000L);
        vmcs.set(VmcsField.HOST_TR_BASE, 0x5000);
        vmcs.set(VmcsField.HOST_GDTR_BASE, 0x6000);
        vmcs.set(VmcsField.HOST_IDTR_BASE, 0x6800);
        vmcs.set(VmcsField.HOST_IA32_SYSENTER_CS, 0x1234);
        vmcs.set(VmcsField.HOST_IA32_SYSENTER_ESP, 0xFFFF_8000_0000_2000L);
        vmcs.set(VmcsField.HOST_IA32_SYSENTER_EIP, 0xFFFF_8000_0000_3000L);
    }

    public static void guest(Vmcs vmcs) {
        vmcs.set(VmcsField.VMCS_LINK_POINTER, -1);
        vmcs.set(VmcsField.GUEST_CR0, VmxMachine.CR0);
        vmcs.set(VmcsField.GUEST_CR3, VmxMachine.PML4);
        vmcs.set(VmcsField.GUEST_CR4, VmxMachine.CR4);
        vmcs.set(VmcsField.GUEST_DR7, 0x400);
        vmcs.set(VmcsField.GUEST_RIP, VmxMachine.GUEST_CODE);
        vmcs.set(VmcsField.GUEST_RSP, VmxMachine.GUEST_STACK);
        vmcs.set(VmcsField.GUEST_RFLAGS, 0x202);
        segment(vmcs, SegmentRegister.CS, 8, 0, 0xFFFF_FFFFL, 0xA09B);
        segment(vmcs, SegmentRegister.SS, 0x10, 0, 0xFFFF_FFFFL, 0xC093);
        segment(vmcs, SegmentRegister.DS, 0x10, 0, 0xFFFF_FFFFL, 0xC093);
        segment(vmcs, SegmentRegister.ES, 0, 0, 0, 0x1_0000);
        segment(vmcs, SegmentRegister.FS, 0, 0x2222_0000L, 0, 0x1_0000);
        segment(vmcs, SegmentRegister.GS, 0x10, 0xFFFF_8000_0000_4000L, 0xFFFF_FFFFL, 0xC093);
        segment(vmcs, SegmentRegister.LDTR, 0, 0, 0, 0x1_0000);
        segment(vmcs, SegmentRegister.TR, 0x18, 0x5100, 0x67, 0x8B);
        vmcs.set(VmcsField.GUEST_GDTR_BASE, 0x6100);
        vmcs.set(VmcsField.GUEST_GDTR_LIMIT, 0x3F);
        vmcs.set(VmcsField.GUEST_IDTR_BASE, 0x6900);
        vmcs.set(VmcsField.GUEST_IDTR_LIMIT, 0xFFF);
    }

    static void segment(Vmcs vmcs, SegmentRegister register, long selector, long base, long limit, long rights) {
        SegmentFields fields = SegmentFields.of(register);
        vmcs.set(fields.selector(), selector);
        vmcs.set(fields.base(), base);
        vmcs.set(fields.limit(), limit);
        vmcs.set(fields.accessRights(), rights);
    }
}
