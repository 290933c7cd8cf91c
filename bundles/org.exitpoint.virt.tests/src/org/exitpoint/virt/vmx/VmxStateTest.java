/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.ArrayDeque;
import java.util.Deque;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A machine saved inside a guest goes on in another as if nothing had happened. */
class VmxStateTest {
    /** Numbers by name, in order. */
    private static final class Recording implements StateWriter, StateReader {
        private final Deque<Object> values = new ArrayDeque<>();

        @Override
        public void number(String field, long value) {
            values.add(field);
            values.add(value);
        }

        @Override
        public void bytes(String field, byte[] value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long number(String field) {
            assertThat(values.remove()).isEqualTo(field);
            return (Long) values.remove();
        }

        @Override
        public byte[] bytes(String field) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void restoredInsideAGuest() {
        try (GuestMachine from = new GuestMachine(); VmxMachine to = new VmxMachine()) {
            from.vmcs.set(VmcsField.VMX_PREEMPTION_TIMER_VALUE, 4);
            from.vmcs.set(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION, 0x8000_0B0DL);
            from.vmcs.set(VmcsField.VM_ENTRY_EXCEPTION_ERROR_CODE, 0x18);
            from.m.execute(Helper.VMWRITE_FROM_REGISTER, VmcsField.TSC_OFFSET.encoding(), 500);
            from.enter(VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER, VmxControl.USE_TSC_OFFSETTING);
            Recording recording = new Recording();
            from.m.table.save(recording);
            from.m.vmx.save(recording);
            copy(from.m, to);
            to.table.restore(recording);
            to.vmx.restore(recording);
            assertThat(recording.values).isEmpty();
            assertThat(to.vmx.currentVmcs().address()).isEqualTo(VmxMachine.VMCS);
            assertThat(to.vmx.vmxonPointer()).isEqualTo(VmxMachine.VMXON_REGION);
            assertThat(to.vmx.stepsToTimer()).isEqualTo(128);
            assertThat(to.vmx.visibleTimeStampCounter(0)).isEqualTo(500);
            assertThat(to.vmx.takeInjectedEvent()).isEqualTo(from.m.vmx.takeInjectedEvent()).isNotNull();
            assertThat(to.vmx.currentVmcs().identity().writerRip(VmcsField.TSC_OFFSET)).isEqualTo(0x7000);
            to.vmx.interceptTripleFault();
            to.execute(Helper.VMRESUME, 0, 0);
            assertThat(to.operation()).as("the launch state is kept").isEqualTo(2);
        }
    }

    private static void copy(VmxMachine from, VmxMachine to) {
        HostMemory.segment(to.memory.base(), VmxMachine.RAM)
                .copyFrom(HostMemory.segment(from.memory.base(), VmxMachine.RAM));
        HostMemory.segment(to.state.address(), GuestState.ARCHITECTURAL_END)
                .copyFrom(HostMemory.segment(from.state.address(), GuestState.ARCHITECTURAL_END));
        to.processor.stateReplaced();
    }

    @Test
    void resetLeavesVmxOperation() {
        try (GuestMachine g = new GuestMachine()) {
            g.enter(VmxControl.EXTERNAL_INTERRUPT_EXITING);
            g.m.processor.reset();
            assertThat(g.m.operation()).isZero();
            assertThat(g.m.vmx.currentVmcs()).isNull();
            assertThat(g.m.state.get(GuestState.INTERCEPTS)).isZero();
            assertThat(g.m.vmx.wantsExternalInterrupts()).isFalse();
        }
    }
}
