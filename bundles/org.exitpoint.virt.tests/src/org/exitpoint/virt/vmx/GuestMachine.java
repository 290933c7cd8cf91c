/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

import static org.assertj.core.api.Assertions.assertThat;

/** A machine whose guest is about to do something, and what its exit then reported. */
final class GuestMachine implements AutoCloseable {
    /** Instruction pointer of the guest's instruction. */
    static final long RIP = VmxMachine.GUEST_CODE;

    final VmxMachine m = new VmxMachine();
    final Vmcs vmcs = m.loadValid();
    private boolean launched;

    /** Enters the guest with these controls besides the default ones. */
    GuestMachine enter(VmxControl... controls) {
        m.set(controls);
        m.state.setRip(0x7000);
        m.execute(launched ? Helper.VMRESUME : Helper.VMLAUNCH, 0, 0);
        assertThat(m.operation()).as("failed checks: %s", m.vmx.explainEntry()).isEqualTo(2);
        launched = true;
        return this;
    }

    /** Asserts that there was an exit, and its reason, qualification and instruction length. */
    void assertExit(int reason, long qualification, int length) {
        assertExit(reason, qualification);
        assertThat(vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_LENGTH)).as("length").isEqualTo(length);
    }

    /** Asserts that there was an exit, and its reason and qualification. */
    void assertExit(int reason, long qualification) {
        assertThat(m.operation()).isEqualTo(1);
        assertThat(m.processor.takeExited()).isTrue();
        assertThat(m.state.rip()).isEqualTo(VmxMachine.HOST_ENTRY);
        assertThat(vmcs.get(VmcsField.EXIT_REASON)).as("reason").isEqualTo(reason);
        assertThat(vmcs.get(VmcsField.EXIT_QUALIFICATION)).as("qualification").isEqualTo(qualification);
        assertThat(vmcs.get(VmcsField.GUEST_RIP)).as("guest RIP").isEqualTo(RIP);
    }

    /** Asserts the event that an exit reports. */
    void assertEvent(long information) {
        assertThat(vmcs.get(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION)).as("event").isEqualTo(information);
    }

    /** Asserts that nothing exited. */
    void assertInside(boolean exited) {
        assertThat(exited).isFalse();
        assertThat(m.operation()).isEqualTo(2);
        assertThat(m.processor.takeExited()).isFalse();
    }

    @Override
    public void close() {
        m.close();
    }
}
