/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.BoundaryEvent;
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

/** Exits that no instruction asks for: which, and what they report. */
class EventExitsTest {
    private static final int WRITE = 2;

    private final GuestMachine g = new GuestMachine();

    @AfterEach
    void close() {
        g.close();
    }

    @ParameterizedTest
    @CsvSource({"DE, 0, 80000300", "GP, 18, 80000B0D", "UD, 0, 80000306", "AC, 0, 80000B11"})
    void exceptionsByTheirBit(ExceptionVector vector, String errorCode, String information) {
        long code = Long.parseLong(errorCode, 16);
        Event event = Event.exception(vector, code, 0);
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, ~(1L << vector.vector()) & 0xFFFF_FFFFL);
        g.enter();
        g.assertInside(g.m.vmx.interceptException(event));
        g.m.vmx.interceptTripleFault();
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 1L << vector.vector());
        g.enter();
        assertThat(g.m.vmx.interceptException(event)).isTrue();
        g.assertExit(0, 0);
        g.assertEvent(Long.parseLong(information, 16));
        if (vector.pushesErrorCode()) {
            assertThat(g.vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE)).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 7, false", "1, 0, 0, 7, true", "1, 7, 2, 2, true", "1, 7, 2, 3, false", "0, 7, 2, 2, false",
        "0, 7, 2, 3, true", "1, 0, 1, 1, false", "0, 0, 1, 1, true"})
    void pageFaultsByBitMaskAndMatch(int bit, int mask, int match, int errorCode, boolean exits) {
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, (long) bit << 14);
        g.vmcs.set(VmcsField.PAGE_FAULT_ERROR_CODE_MASK, mask);
        g.vmcs.set(VmcsField.PAGE_FAULT_ERROR_CODE_MATCH, match);
        g.enter();
        Event event = Event.exception(ExceptionVector.PF, errorCode, 0x1234_5000L);
        assertThat(g.m.vmx.interceptException(event)).isEqualTo(exits);
        if (exits) {
            g.assertExit(0, 0x1234_5000L);
            g.assertEvent(0x8000_0B0EL);
            assertThat(g.vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE)).isEqualTo(errorCode);
            assertThat(g.m.state.get(GuestState.CR2)).as("CR2 stays").isZero();
        }
    }

    @Test
    void debugAndSoftwareExceptions() {
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 0xA);
        g.enter();
        g.m.vmx.interceptException(Event.exception(ExceptionVector.DB, 0, 0x4001));
        g.assertExit(0, 0x4001);
        g.assertEvent(0x8000_0301L);
        g.enter();
        g.m.vmx.interceptException(Event.software(EventType.SOFTWARE_EXCEPTION, 3, 1));
        g.assertExit(0, 0, 1);
        g.assertEvent(0x8000_0603L);
        g.enter();
        g.m.vmx.interceptException(Event.software(EventType.PRIVILEGED_SOFTWARE_EXCEPTION, 1, 2));
        g.assertExit(0, 0, 2);
        g.assertEvent(0x8000_0501L);
        g.enter();
        g.assertInside(g.m.vmx.interceptException(Event.software(EventType.SOFTWARE_INTERRUPT, 3, 2)));
    }

    /** The guest's IDT is memory of zeros, so that a delivery faults: #GP for the gate, EXT clear for INT3. */
    @Test
    void anExitDuringDeliveryReportsTheOriginalEvent() {
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 1 << 13);
        g.enter();
        g.m.processor.delivery().exception(Event.software(EventType.SOFTWARE_EXCEPTION, 3, 1));
        g.assertExit(0, 0, 1);
        g.assertEvent(0x8000_0B0DL);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE)).isEqualTo(0x1A);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_INFORMATION)).isEqualTo(0x8000_0603L);
    }

    @Test
    void doubleAndTripleFaultsReportNoOriginalEvent() {
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 1 << 8);
        g.enter();
        g.m.processor.delivery().raise(new Interruption.Fault(ExceptionVector.GP, 0));
        g.assertExit(0, 0);
        g.assertEvent(0x8000_0B08L);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_INFORMATION)).isZero();
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 0);
        g.vmcs.set(VmcsField.GUEST_RFLAGS, 0x202);
        g.enter();
        g.m.processor.delivery().raise(new Interruption.Fault(ExceptionVector.GP, 0));
        g.assertExit(2, 0);
        g.assertEvent(0);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_INFORMATION)).isZero();
    }

    @Test
    void anInjectedEventIsTheOriginalEventButDoesNotExitItself() {
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 0xFFFF_FFFFL);
        g.vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0B11L);
        g.vmcs.set(VmcsField.VM_ENTRY_EXCEPTION_ERROR_CODE, 0x28);
        g.enter();
        g.m.processor.delivery().deliver(g.m.vmx.takeInjectedEvent());
        g.assertExit(0, 0);
        g.assertEvent(0x8000_0B0DL);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE)).as("gate 17, EXT").isEqualTo(0x8B);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_INFORMATION)).isEqualTo(0x8000_0B11L);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_ERROR_CODE)).isEqualTo(0x28);
    }

    @Test
    void externalInterruptsWithAndWithoutAcknowledge() {
        g.enter();
        g.assertInside(g.m.vmx.interceptExternalInterrupt(() -> 0x41));
        g.m.vmx.interceptTripleFault();
        g.enter(VmxControl.EXTERNAL_INTERRUPT_EXITING);
        assertThat(g.m.vmx.wantsExternalInterrupts()).isTrue();
        assertThat(g.m.state.get8(GuestState.INTERRUPTS_EXIT)).isEqualTo(1);
        assertThat(g.m.vmx.interceptExternalInterrupt(() -> {
            throw new AssertionError("not acknowledged");
        })).isTrue();
        g.assertExit(1, 0);
        g.assertEvent(0);
        assertThat(g.m.state.get8(GuestState.INTERRUPTS_EXIT)).isZero();
        g.enter(VmxControl.EXIT_ACKNOWLEDGE_INTERRUPT_ON_EXIT);
        assertThat(g.m.vmx.interceptExternalInterrupt(() -> 0x41)).isTrue();
        g.assertExit(1, 0);
        g.assertEvent(0x8000_0041L);
    }

    @Test
    void nmisAreBlockedAfterTheirExit() {
        g.enter();
        g.assertInside(g.m.vmx.interceptNmi());
        g.m.vmx.interceptTripleFault();
        g.enter(VmxControl.NMI_EXITING);
        assertThat(g.m.vmx.interceptNmi()).isTrue();
        g.assertExit(0, 0);
        g.assertEvent(0x8000_0202L);
        assertThat(g.vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).isZero();
        assertThat(g.m.state.get8(GuestState.BLOCKING)).isEqualTo(GuestState.BLOCKING_BY_NMI);
    }

    @Test
    void iretUnblocksAsTheControlsSay() {
        g.vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, 8);
        g.vmcs.set(VmcsField.EXCEPTION_BITMAP, 1 << 13);
        g.enter();
        assertThat(g.m.vmx.iretUnblocksNmi()).isTrue();
        g.m.vmx.interceptException(Event.exception(ExceptionVector.GP, 0, 0));
        g.assertEvent(0x8000_1B0DL);
        g.enter(VmxControl.NMI_EXITING);
        assertThat(g.m.vmx.iretUnblocksNmi()).isFalse();
        g.m.vmx.interceptException(Event.exception(ExceptionVector.GP, 0, 0));
        g.assertEvent(0x8000_0B0DL);
        assertThat(g.vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).isEqualTo(8);
        g.enter(VmxControl.VIRTUAL_NMIS);
        assertThat(g.m.vmx.iretUnblocksNmi()).isFalse();
        g.m.vmx.interceptException(Event.exception(ExceptionVector.GP, 0, 0));
        g.assertEvent(0x8000_1B0DL);
        assertThat(g.vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE)).as("virtual-NMI blocking ended").isZero();
    }

    @Test
    void windowsOpenWhenNothingBlocks() {
        g.vmcs.set(VmcsField.GUEST_RFLAGS, 2);
        g.vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, 8);
        g.enter(VmxControl.INTERRUPT_WINDOW_EXITING, VmxControl.NMI_EXITING, VmxControl.VIRTUAL_NMIS,
                VmxControl.NMI_WINDOW_EXITING);
        g.assertInside(g.m.vmx.interceptBoundary(BoundaryEvent.INTERRUPT_WINDOW));
        g.assertInside(g.m.vmx.interceptBoundary(BoundaryEvent.NMI_WINDOW));
        assertThat(g.m.vmx.takeInjectedEvent()).isNull();
        assertThat(g.m.state.wantsBoundary()).as("the window is still to be watched").isTrue();
        g.m.state.setRflags(0x202);
        g.m.state.set8(GuestState.BLOCKING, GuestState.BLOCKING_BY_STI);
        g.assertInside(g.m.vmx.interceptBoundary(BoundaryEvent.INTERRUPT_WINDOW));
        g.m.state.set8(GuestState.BLOCKING, 0);
        assertThat(g.m.vmx.interceptBoundary(BoundaryEvent.INTERRUPT_WINDOW)).isTrue();
        g.assertExit(7, 0);
        g.enter();
        g.m.vmx.iretUnblocksNmi();
        assertThat(g.m.vmx.interceptBoundary(BoundaryEvent.NMI_WINDOW)).isTrue();
        g.assertExit(8, 0);
    }

    @Test
    void preemptionTimer() {
        g.vmcs.set(VmcsField.VMX_PREEMPTION_TIMER_VALUE, 2);
        g.enter(VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER);
        g.m.clock.steps = 63;
        g.assertInside(g.m.vmx.interceptBoundary(BoundaryEvent.PREEMPTION_TIMER));
        g.m.clock.steps = 64;
        assertThat(g.m.vmx.interceptBoundary(BoundaryEvent.PREEMPTION_TIMER)).isTrue();
        g.assertExit(52, 0);
    }

    @Test
    void initAndStartup() {
        g.enter();
        g.m.state.set8(GuestState.ACTIVITY, Activity.HLT.ordinal());
        assertThat(g.m.vmx.interceptInit()).isTrue();
        g.assertExit(3, 0);
        assertThat(g.vmcs.get(VmcsField.GUEST_ACTIVITY_STATE)).isEqualTo(1);
        assertThat(g.m.state.get8(GuestState.ACTIVITY)).isZero();
        g.vmcs.set(VmcsField.GUEST_ACTIVITY_STATE, 3);
        g.enter();
        assertThat(g.m.vmx.interceptSipi(0x9A)).isTrue();
        g.assertExit(4, 0x9A);
    }

    private void mapEpt() {
        g.vmcs.set(VmcsField.EPT_POINTER, VmxMachine.EPT | 0x1E);
        g.m.memory.write(VmxMachine.EPT, 8, 0x12_1007);
        g.m.memory.write(0x12_1000, 8, 0x12_2007);
        g.m.memory.write(0x12_2000, 8, 0xB7);
        g.m.memory.write(0x12_2008, 8, 0x20_00B5L);
        g.m.memory.write(0x12_2010, 8, 0x40_00B2L);
    }

    @Test
    void eptViolationsReportAccessAndAddresses() {
        mapEpt();
        g.enter(VmxControl.ENABLE_EPT);
        g.m.state.setRflags(0x202);
        assertThat(g.m.processor.mmu().translate(0x20_1234L, WRITE)).isNegative();
        g.m.processor.delivery().raise(new Interruption.GuestPhysicalFault());
        g.assertExit(48, 0x7AA);
        assertThat(g.vmcs.get(VmcsField.GUEST_PHYSICAL_ADDRESS)).isEqualTo(0x20_1234L);
        assertThat(g.vmcs.get(VmcsField.GUEST_LINEAR_ADDRESS)).isEqualTo(0x20_1234L);
        assertThat(g.vmcs.get(VmcsField.GUEST_RFLAGS)).as("RF is saved as 1").isEqualTo(0x1_0202);
    }

    @Test
    void eptMisconfigurationsReportTheAddressOnly() {
        mapEpt();
        g.enter(VmxControl.ENABLE_EPT);
        assertThat(g.m.processor.mmu().translate(0x40_0008L, WRITE)).isNegative();
        g.m.processor.delivery().raise(new Interruption.GuestPhysicalFault());
        g.assertExit(49, 0);
        assertThat(g.vmcs.get(VmcsField.GUEST_PHYSICAL_ADDRESS)).isEqualTo(0x40_0008L);
    }
}
