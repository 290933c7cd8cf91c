/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxMisc;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** VMREAD and VMWRITE in VMX root operation at privilege level 0. */
@Sdm(section = "26.11.2", title = "VMREAD, VMWRITE, and Encodings of VMCS Fields")
final class FieldInstructions {
    private final Core core;
    private final GuestState state;
    private final VmxState vmx;
    private final VmxCapabilities capabilities;
    private final InstructionOutcome outcome;
    private final boolean exitInformationWritable;

    FieldInstructions(Core core, VmxState vmx, VmxCapabilities capabilities, InstructionOutcome outcome) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
        this.capabilities = capabilities;
        this.outcome = outcome;
        this.exitInformationWritable =
                VmxMisc.VMWRITE_EXIT_INFORMATION.isSet(capabilities.msr(Msr.IA32_VMX_MISC));
    }

    /** VMREAD to a register. */
    void readToRegister(Instruction instruction, long encoding) {
        VmcsField.Component component = component(encoding);
        if (component != null) {
            long value = component.read(vmx.current.get(component.field()));
            state.setRegister(instruction.rm(), ModeUpkeep.is64Bit(state) ? value : value & 0xFFFF_FFFFL);
            outcome.succeed();
        }
    }

    /** VMREAD to memory. */
    void readToMemory(Instruction instruction, long encoding, long offset) {
        VmcsField.Component component = component(encoding);
        if (component != null) {
            long value = component.read(vmx.current.get(component.field()));
            core.memory().store(instruction.segment(), offset, operandBytes(), value);
            outcome.succeed();
        }
    }

    /** VMWRITE from a register. */
    void writeFromRegister(long encoding, long value) {
        VmcsField.Component component = writable(encoding);
        if (component != null) {
            write(component, value);
        }
    }

    /** VMWRITE from memory. */
    void writeFromMemory(Instruction instruction, long encoding, long offset) {
        VmcsField.Component component = writable(encoding);
        if (component != null) {
            write(component, core.memory().load(instruction.segment(), offset, operandBytes()));
        }
    }

    private void write(VmcsField.Component component, long value) {
        Vmcs vmcs = vmx.current;
        VmcsField field = component.field();
        vmcs.set(field, component.write(vmcs.get(field), value));
        vmcs.identity().written(field, state.rip(), core.clock().steps());
        outcome.succeed();
    }

    private VmcsField.Component writable(long encoding) {
        VmcsField.Component component = component(encoding);
        if (component != null && component.field().isReadOnly() && !exitInformationWritable) {
            outcome.fail(InstructionError.VMWRITE_READ_ONLY_COMPONENT);
            return null;
        }
        return component;
    }

    /** The component that an encoding names, or null after the failure was reported. */
    private VmcsField.Component component(long encoding) {
        if (vmx.current == null) {
            outcome.failInvalid();
            return null;
        }
        VmcsField.Component component = VmcsField.decode(encoding);
        if (component == null || !capabilities.exists(component.field())) {
            outcome.fail(InstructionError.UNSUPPORTED_COMPONENT);
            return null;
        }
        return component;
    }

    private int operandBytes() {
        return ModeUpkeep.is64Bit(state) ? Long.BYTES : Integer.BYTES;
    }
}
