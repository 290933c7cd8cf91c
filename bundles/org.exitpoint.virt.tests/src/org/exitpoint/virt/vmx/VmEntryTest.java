/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.HostStateCheck;
import org.exitpoint.arch.vmx.MsrLoadCheck;
import org.exitpoint.arch.vmx.SegmentFields;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** VMLAUNCH and VMRESUME: outcomes, what is loaded, what the processor then does. */
class VmEntryTest {
    private static final int DR7 = GuestState.DEBUG_REGISTERS + 7 * 8;

    private final VmxMachine m = new VmxMachine();

    @AfterEach
    void close() {
        m.close();
    }

    /** Notes what a listener hears. */
    private static final class Heard implements VmxListener {
        final List<String> events = new ArrayList<>();
        List<EntryCheckDescriptor> failures = List.of();

        @Override
        public void entered(Vmcs vmcs) {
            events.add("entered");
        }

        @Override
        public void exited(Vmcs vmcs, ExitReason reason) {
            events.add("exited " + reason);
        }

        @Override
        public void entryFailed(Vmcs vmcs, List<EntryCheckDescriptor> failed) {
            events.add("failed");
            failures = failed;
        }
    }

    private void assertVmfail(int error) {
        assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
        assertThat(m.error()).isEqualTo(error);
        assertThat(m.operation()).isEqualTo(1);
        assertThat(m.state.rip()).isEqualTo(0x7003);
    }

    @Test
    void launchLoadsControlRegistersAndPointers() {
        m.loadValid();
        m.launch();
        assertThat(m.operation()).isEqualTo(2);
        assertThat(m.state.rip()).isEqualTo(VmxMachine.GUEST_CODE);
        assertThat(m.state.register(4)).isEqualTo(VmxMachine.GUEST_STACK);
        assertThat(m.state.rflags()).isEqualTo(0x202);
        assertThat(m.state.get(GuestState.CR0)).isEqualTo(VmxMachine.CR0);
        assertThat(m.state.get(GuestState.CR4)).isEqualTo(VmxMachine.CR4);
        assertThat(m.state.get(GuestState.EFER)).isEqualTo(VmxMachine.EFER);
        assertThat(m.state.cpl()).isZero();
        assertThat(m.processor.takeExited()).isFalse();
    }

    @Test
    void launchNeedsClearAndResumeLaunchedState() {
        m.loadValid();
        m.execute(Helper.VMRESUME, 0, 0);
        assertVmfail(5);
        m.state.setRip(0x7000);
        m.launch();
        m.vmx.interceptTripleFault();
        m.state.setRip(0x7000);
        m.launch();
        assertVmfail(4);
        m.state.setRip(0x7000);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.operation()).isEqualTo(2);
    }

    @Test
    void blockingByMovSsFailsBeforeAllChecks() {
        m.load();
        m.state.set8(GuestState.BLOCKING, GuestState.BLOCKING_BY_MOV_SS);
        m.launch();
        assertVmfail(26);
    }

    @Test
    void controlChecksComeBeforeHostChecksBeforeGuestChecks() {
        Heard heard = new Heard();
        m.vmx.setListener(heard);
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.GUEST_RFLAGS, 0);
        vmcs.set(VmcsField.HOST_CR4, 0x20);
        vmcs.set(VmcsField.CR3_TARGET_COUNT, 5);
        m.launch();
        assertVmfail(7);
        assertThat(heard.failures).containsExactly(ControlCheck.CR3_TARGET_COUNT, HostStateCheck.HOST_CR4_FIXED_BITS,
                GuestStateCheck.GUEST_RFLAGS_RESERVED_BITS);
        vmcs.set(VmcsField.CR3_TARGET_COUNT, 4);
        m.state.setRip(0x7000);
        m.launch();
        assertVmfail(8);
        vmcs.set(VmcsField.HOST_CR4, VmxMachine.CR4);
        m.state.setRip(0x7000);
        m.launch();
        assertThat(m.state.rip()).isEqualTo(VmxMachine.HOST_ENTRY);
        assertThat(heard.events).containsExactly("failed", "failed", "failed");
    }

    @Test
    void invalidGuestStateExitsWithReason33AndKeepsTheGuestArea() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.GUEST_RFLAGS, 0);
        vmcs.set(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION, 0x8000_0301L);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0301L);
        m.launch();
        assertThat(vmcs.get(VmcsField.EXIT_REASON)).isEqualTo(0x8000_0021L);
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).isZero();
        assertThat(vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION)).isEqualTo(0x8000_0301L);
        assertThat(vmcs.get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION)).isEqualTo(0x8000_0301L);
        assertThat(vmcs.get(VmcsField.GUEST_RIP)).isEqualTo(VmxMachine.GUEST_CODE);
        assertThat(m.operation()).isEqualTo(1);
        assertThat(m.state.rip()).isEqualTo(VmxMachine.HOST_ENTRY);
        assertThat(m.processor.takeExited()).isTrue();
        vmcs.set(VmcsField.GUEST_RFLAGS, 2);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0);
        m.launch();
        assertThat(m.operation()).as("the launch state is still clear").isEqualTo(2);
    }

    @Test
    void qualificationsOfReason33() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.VMCS_LINK_POINTER, 0x123);
        m.launch();
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).isEqualTo(4);
        vmcs.set(VmcsField.VMCS_LINK_POINTER, -1);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0202L);
        vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, 1);
        m.launch();
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).isEqualTo(3);
    }

    @Test
    void hiddenSegmentStateGoesInAndOut() {
        Vmcs vmcs = m.loadValid();
        m.launch();
        assertThat(m.state.segmentBase(GuestState.FS)).isEqualTo(0x2222_0000L);
        assertThat(m.state.segmentRights(GuestState.FS)).isEqualTo(0x1_0000);
        assertThat(m.state.segmentBase(GuestState.GS)).isEqualTo(0xFFFF_8000_0000_4000L);
        assertThat(m.state.segmentRights(GuestState.CS)).isEqualTo(0xA09B);
        assertThat(m.state.segmentLimit(GuestState.TR)).isEqualTo(0x67);
        assertThat(m.state.get(GuestState.GDTR)).isEqualTo(0x6100);
        assertThat(m.state.get16(GuestState.IDTR + 8)).isEqualTo(0xFFF);
        for (SegmentRegister register : SegmentRegister.values()) {
            m.state.setSegment(register.number(), 0x100 + 8 * register.number(), 0x7000_0000L + register.number(),
                    0x1_0FFFL + register.number() << 12, 0x1_C0F0 + register.number());
        }
        m.state.set(GuestState.GDTR, 0xAAAA_0000L);
        m.state.set16(GuestState.GDTR + 8, 0x1234);
        m.state.set(GuestState.IDTR, 0xBBBB_0000L);
        m.state.set16(GuestState.IDTR + 8, 0x5678);
        m.vmx.interceptTripleFault();
        for (SegmentRegister register : SegmentRegister.values()) {
            SegmentFields fields = SegmentFields.of(register);
            int n = register.number();
            assertThat(vmcs.get(fields.selector())).isEqualTo(0x100 + 8 * n);
            assertThat(vmcs.get(fields.base())).isEqualTo(0x7000_0000L + n);
            assertThat(vmcs.get(fields.limit())).isEqualTo(0x1_0FFFL + n << 12);
            assertThat(vmcs.get(fields.accessRights())).isEqualTo(0x1_C0F0 + n);
        }
        assertThat(vmcs.get(VmcsField.GUEST_GDTR_BASE)).isEqualTo(0xAAAA_0000L);
        assertThat(vmcs.get(VmcsField.GUEST_GDTR_LIMIT)).isEqualTo(0x1234);
        assertThat(vmcs.get(VmcsField.GUEST_IDTR_BASE)).isEqualTo(0xBBBB_0000L);
        assertThat(vmcs.get(VmcsField.GUEST_IDTR_LIMIT)).isEqualTo(0x5678);
    }

    @Test
    void bitsOfCr0ThatEntryDoesNotModify() {
        Vmcs vmcs = m.loadValid();
        m.state.set(GuestState.CR0, VmxMachine.CR0 | 1L << 30);
        vmcs.set(VmcsField.GUEST_CR0, VmxMachine.CR0 & ~0x10 | 1L << 29 | 8);
        m.launch();
        assertThat(m.state.get(GuestState.CR0)).isEqualTo(VmxMachine.CR0 | 1L << 30 | 8);
    }

    @Test
    void debugControlsAndMsrsAreLoadedAsControlsSay() {
        Vmcs vmcs = m.loadValid();
        m.clear(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS);
        m.set(VmxControl.ENTRY_LOAD_IA32_PAT, VmxControl.ENTRY_LOAD_IA32_EFER);
        m.state.set(DR7, 0x455);
        m.state.set(MsrSlots.DEBUGCTL, 1);
        vmcs.set(VmcsField.GUEST_DR7, 0xF400);
        vmcs.set(VmcsField.GUEST_IA32_PAT, 0x0007_0406_0105_0600L);
        vmcs.set(VmcsField.GUEST_IA32_EFER, 0x500);
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_CS, 0x4321);
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_ESP, 0x1000);
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_EIP, 0x2000);
        m.launch();
        assertThat(m.state.get(DR7)).isEqualTo(0x455);
        assertThat(m.state.get(MsrSlots.DEBUGCTL)).isEqualTo(1);
        assertThat(m.state.get(MsrSlots.PAT)).isEqualTo(0x0007_0406_0105_0600L);
        assertThat(m.state.get(GuestState.EFER)).isEqualTo(0x500);
        assertThat(m.state.get(MsrSlots.SYSENTER_CS)).isEqualTo(0x4321);
        assertThat(m.state.get(MsrSlots.SYSENTER_ESP)).isEqualTo(0x1000);
        assertThat(m.state.get(MsrSlots.SYSENTER_EIP)).isEqualTo(0x2000);
        m.vmx.interceptTripleFault();
        m.set(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.state.get(DR7)).as("bits 15, 14 and 12 are cleared, bit 10 set").isEqualTo(0x2400);
        assertThat(m.state.get(MsrSlots.DEBUGCTL)).isZero();
    }

    @Test
    void branchSteppingIsNotSilentlyIgnored() {
        Vmcs vmcs = m.loadValid();
        m.set(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS);
        vmcs.set(VmcsField.GUEST_IA32_DEBUGCTL, 2);
        assertThatThrownBy(m::launch).isInstanceOf(Interruption.NotImplemented.class);
        assertThat(m.operation()).isEqualTo(1);
    }

    @Test
    void compatibilityModeGuestOfPrivilegeLevel3() {
        Vmcs vmcs = m.loadValid();
        ValidState.segment(vmcs, SegmentRegister.CS, 0x1B, 0, 0xFFFF_FFFFL, 0xC0FB);
        ValidState.segment(vmcs, SegmentRegister.SS, 0x23, 0, 0xFFFF_FFFFL, 0xC0F3);
        m.launch();
        assertThat(m.operation()).isEqualTo(2);
        assertThat(m.state.cpl()).isEqualTo(3);
        assertThat(m.state.get8(GuestState.CODE_MODE)).as("32-bit code").isEqualTo(1);
    }

    @Test
    void paeGuestTakesPdptesFromMemoryOrWithEptFromTheVmcs() {
        Vmcs vmcs = m.loadValid();
        m.clear(VmxControl.ENTRY_IA_32E_MODE_GUEST);
        ValidState.segment(vmcs, SegmentRegister.CS, 8, 0, 0xFFFF_FFFFL, 0xC09B);
        vmcs.set(VmcsField.GUEST_CR3, 0x9020);
        vmcs.set(VmcsField.GUEST_GS_SELECTOR, 0x10);
        m.memory.write(0x9020, 8, 0xA001);
        m.memory.write(0x9038, 8, 0xB001);
        m.launch();
        assertThat(m.operation()).isEqualTo(2);
        assertThat(m.state.get(GuestState.PDPTES)).isEqualTo(0xA001);
        assertThat(m.state.get(GuestState.PDPTES + 24)).isEqualTo(0xB001);
        m.vmx.interceptTripleFault();
        m.set(VmxControl.ENABLE_EPT);
        vmcs.set(VmcsField.EPT_POINTER, VmxMachine.EPT | 0x1E);
        vmcs.set(VmcsField.GUEST_PDPTE1, 0xC001);
        vmcs.set(VmcsField.GUEST_PDPTE2, 0xC003);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(vmcs.get(VmcsField.EXIT_REASON)).isEqualTo(0x8000_0021L);
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).isEqualTo(2);
        vmcs.set(VmcsField.GUEST_PDPTE2, 0);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.state.get(GuestState.PDPTES + 8)).isEqualTo(0xC001);
        m.vmx.interceptTripleFault();
        assertThat(vmcs.get(VmcsField.GUEST_PDPTE1)).isEqualTo(0xC001);
    }

    @Test
    void injectedEventWaitsForTheBoundary() {
        Heard heard = new Heard();
        m.vmx.setListener(heard);
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.GUEST_ACTIVITY_STATE, 1);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0041L);
        m.launch();
        assertThat(heard.events).containsExactly("entered");
        assertThat(m.state.rip()).isEqualTo(VmxMachine.GUEST_CODE);
        assertThat(m.state.get8(GuestState.ACTIVITY)).isEqualTo(Activity.ACTIVE.ordinal());
        assertThat(m.state.get32(GuestState.ATTENTION) & Attention.VIRTUALIZATION).isNotZero();
        assertThat(m.vmx.takeInjectedEvent()).isEqualTo(Event.externalInterrupt(0x41));
        assertThat(m.vmx.takeInjectedEvent()).isNull();
        assertThat(m.state.get32(GuestState.ATTENTION) & Attention.VIRTUALIZATION).isZero();
    }

    @Test
    void injectedExceptionsAndSoftwareEventsKeepTheirParts() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0B0DL);
        vmcs.set(VmcsField.VM_ENTRY_EXCEPTION_ERROR_CODE, 0x18);
        m.launch();
        assertThat(m.vmx.takeInjectedEvent())
                .isEqualTo(new Event(EventType.HARDWARE_EXCEPTION, 13, true, 0x18, 0, 0));
        m.vmx.interceptTripleFault();
        assertThat(vmcs.get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION)).as("valid bit cleared").isEqualTo(0xB0D);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0480L);
        vmcs.set(VmcsField.VM_ENTRY_INSTRUCTION_LENGTH, 2);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.vmx.takeInjectedEvent())
                .isEqualTo(new Event(EventType.SOFTWARE_INTERRUPT, 0x80, false, 0, 0, 2));
    }

    @Test
    void injectedNmiBlocksNmisOrVirtualNmis() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0202L);
        m.launch();
        assertThat(m.state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_NMI).isNotZero();
        m.vmx.interceptTripleFault();
        assertThat(vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).isEqualTo(8);
        m.set(VmxControl.NMI_EXITING, VmxControl.VIRTUAL_NMIS);
        vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, 0);
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0202L);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_NMI).isZero();
        m.vmx.interceptTripleFault();
        assertThat(vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).isEqualTo(8);
    }

    @Test
    void interruptibilityLastsForOneGuestInstruction() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, 1);
        m.launch();
        assertThat(m.state.get8(GuestState.BLOCKING))
                .isEqualTo(GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_IS_FRESH);
    }

    @Test
    void pendingDebugExceptionsAreTakenUnlessAnEventOvertakesThem() {
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS, 0x1001);
        m.launch();
        assertThat(m.state.get(GuestState.PENDING_DEBUG)).isEqualTo(0x1001);
        assertThat(m.state.get32(GuestState.ATTENTION) & Attention.DEBUG_EXCEPTION).isNotZero();
        m.vmx.interceptTripleFault();
        assertThat(m.state.get(GuestState.PENDING_DEBUG)).isZero();
        vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0041L);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.state.get(GuestState.PENDING_DEBUG)).isZero();
    }

    @Test
    void msrLoadListIsLoadedOrFailsWithTheEntrysNumber() {
        Heard heard = new Heard();
        m.vmx.setListener(heard);
        Vmcs vmcs = m.loadValid();
        vmcs.set(VmcsField.VM_ENTRY_MSR_LOAD_ADDRESS, 0x13_0000);
        vmcs.set(VmcsField.VM_ENTRY_MSR_LOAD_COUNT, 2);
        m.memory.write(0x13_0000, 8, 0xC000_0081L);
        m.memory.write(0x13_0008, 8, 0x1234);
        m.memory.write(0x13_0010, 8, 0xC000_0100L);
        m.launch();
        assertThat(vmcs.get(VmcsField.EXIT_REASON)).isEqualTo(0x8000_0022L);
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).isEqualTo(2);
        assertThat(heard.failures).containsExactly(MsrLoadCheck.MSR_ENTRY_FS_BASE);
        assertThat(m.state.get(MsrSlots.STAR)).isEqualTo(0x1234);
        assertThat(m.state.rip()).isEqualTo(VmxMachine.HOST_ENTRY);
        assertThat(m.state.get(GuestState.INTERCEPTS)).isZero();
        m.memory.write(0x13_0010, 8, 0xC000_0082L);
        m.memory.write(0x13_0018, 8, 1L << 62);
        m.launch();
        assertThat(heard.failures).containsExactly(MsrLoadCheck.MSR_ENTRY_VALUE);
        m.memory.write(0x13_0018, 8, 0x5678);
        m.launch();
        assertThat(m.operation()).isEqualTo(2);
        assertThat(m.state.get(MsrSlots.LSTAR)).isEqualTo(0x5678);
    }

    @Test
    void preemptionTimerCountsInUnitsOfItsShift() {
        Vmcs vmcs = m.loadValid();
        m.set(VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER, VmxControl.EXIT_SAVE_VMX_PREEMPTION_TIMER_VALUE);
        vmcs.set(VmcsField.VMX_PREEMPTION_TIMER_VALUE, 10);
        m.clock.steps = 70;
        m.launch();
        assertThat(m.vmx.stepsToTimer()).isEqualTo((70 / 32 + 10) * 32 - 70);
        m.clock.steps = 130;
        m.vmx.interceptTripleFault();
        assertThat(vmcs.get(VmcsField.VMX_PREEMPTION_TIMER_VALUE)).isEqualTo(8);
        assertThat(m.vmx.stepsToTimer()).isEqualTo(Long.MAX_VALUE);
        vmcs.set(VmcsField.VMX_PREEMPTION_TIMER_VALUE, 0);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.vmx.stepsToTimer()).isZero();
    }

    @Test
    void translationContextFollowsTheControls() {
        Vmcs vmcs = m.loadValid();
        m.set(VmxControl.ENABLE_VPID, VmxControl.ENABLE_EPT);
        vmcs.set(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER, 7);
        vmcs.set(VmcsField.EPT_POINTER, VmxMachine.EPT | 0x1E);
        m.launch();
        assertThat(m.processor.mmu().context().vpid()).isEqualTo(7);
        assertThat(m.processor.mmu().context().ep4ta()).isEqualTo(VmxMachine.EPT);
        m.vmx.interceptTripleFault();
        assertThat(m.processor.mmu().context().vpid()).isZero();
        assertThat(m.processor.mmu().context().usesEpt()).isFalse();
    }

    @Test
    void withoutVpidBothTransitionsInvalidateWithVpidNeither() {
        Vmcs vmcs = m.loadValid();
        m.processor.mmu().translate(0x5_0000, 1);
        m.launch();
        assertThat(m.processor.mmu().cached(0x5_0000)).isZero();
        m.processor.mmu().translate(0x5_0000, 1);
        m.vmx.interceptTripleFault();
        assertThat(m.processor.mmu().cached(0x5_0000)).isZero();
        m.set(VmxControl.ENABLE_VPID);
        vmcs.set(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER, 7);
        m.processor.mmu().translate(0x5_0000, 1);
        m.execute(Helper.VMRESUME, 0, 0);
        assertThat(m.processor.mmu().cached(0x5_0000)).as("another VPID").isZero();
        m.vmx.interceptTripleFault();
        assertThat(m.processor.mmu().cached(0x5_0000)).isNotZero();
    }
}
