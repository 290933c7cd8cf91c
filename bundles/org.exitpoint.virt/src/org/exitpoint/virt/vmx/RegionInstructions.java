/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.FeatureControl;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/**
 * VMXON, VMXOFF, VMCLEAR, VMPTRLD and VMPTRST, from where their pages say what happens in VMX root operation (VMXON:
 * outside VMX operation too).
 */
@Sdm(section = "32.3", title = "VMX Instructions")
final class RegionInstructions {
    private static final long PAGE_MASK = PhysicalMemory.PAGE_SIZE - 1L;
    private static final long ENABLED = FeatureControl.LOCK.mask() | FeatureControl.VMX_OUTSIDE_SMX.mask();
    private static final long REVISION = VmcsLayout.REVISION_IDENTIFIER & 0xFFFF_FFFFL;

    private final Core core;
    private final GuestState state;
    private final VmxState vmx;
    private final VmxCapabilities capabilities;
    private final VmcsTable table;
    private final InstructionOutcome outcome;

    RegionInstructions(Core core, VmxState vmx, VmxCapabilities capabilities, VmcsTable table,
            InstructionOutcome outcome) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
        this.capabilities = capabilities;
        this.table = table;
        this.outcome = outcome;
    }

    /** VMXON outside VMX operation. */
    void vmxon(Instruction instruction, long offset) {
        boolean allowed = allows(state.get(GuestState.CR0), capabilities.cr0Fixed0(), capabilities.cr0Fixed1())
                && allows(state.get(GuestState.CR4), capabilities.cr4Fixed0(), capabilities.cr4Fixed1());
        long featureControl = state.get(MsrSlots.offset(Msr.IA32_FEATURE_CONTROL));
        if (state.cpl() != 0 || !allowed || (featureControl & ENABLED) != ENABLED) {
            throw Faults.generalProtection();
        }
        long address = pointer(instruction, offset);
        if (!isRegion(address) || revision(address) != REVISION) {
            outcome.failInvalid();
            return;
        }
        vmx.vmxonPointer = address;
        vmx.current = null;
        state.set8(GuestState.VMX_OPERATION, Vmx.ROOT);
        outcome.succeed();
    }

    /** VMXON in VMX root operation. */
    void vmxonInRoot() {
        outcome.fail(InstructionError.VMXON_IN_ROOT);
    }

    /** VMXOFF. */
    void vmxoff() {
        vmx.vmxonPointer = VmxState.NO_POINTER;
        vmx.current = null;
        state.set8(GuestState.VMX_OPERATION, Vmx.OUTSIDE);
        outcome.succeed();
    }

    /** VMCLEAR. */
    void vmclear(Instruction instruction, long offset) {
        long address = pointer(instruction, offset);
        if (!isRegion(address)) {
            outcome.fail(InstructionError.VMCLEAR_INVALID_ADDRESS);
        } else if (address == vmx.vmxonPointer) {
            outcome.fail(InstructionError.VMCLEAR_VMXON_POINTER);
        } else {
            if (core.physical().isRam(address, PhysicalMemory.PAGE_SIZE)) {
                table.at(address).clear();
            }
            if (vmx.current != null && vmx.current.address() == address) {
                vmx.current = null;
            }
            outcome.succeed();
        }
    }

    /** VMPTRLD. */
    void vmptrld(Instruction instruction, long offset) {
        long address = pointer(instruction, offset);
        if (!isRegion(address)) {
            outcome.fail(InstructionError.VMPTRLD_INVALID_ADDRESS);
        } else if (address == vmx.vmxonPointer) {
            outcome.fail(InstructionError.VMPTRLD_VMXON_POINTER);
        } else if (revision(address) != REVISION) {
            outcome.fail(InstructionError.VMPTRLD_INCORRECT_REVISION);
        } else {
            vmx.load(address);
            outcome.succeed();
        }
    }

    /** VMPTRST. */
    void vmptrst(Instruction instruction, long offset) {
        long pointer = vmx.current == null ? VmxState.NO_POINTER : vmx.current.address();
        core.memory().store(instruction.segment(), offset, Long.BYTES, pointer);
        outcome.succeed();
    }

    private static boolean allows(long value, long fixed0, long fixed1) {
        return (value & fixed0) == fixed0 && (value & ~fixed1) == 0;
    }

    private long pointer(Instruction instruction, long offset) {
        return core.memory().load(instruction.segment(), offset, Long.BYTES);
    }

    private boolean isRegion(long address) {
        return (address & PAGE_MASK) == 0 && capabilities.model().isPhysical(address);
    }

    /**
     * The first four bytes, of which bit 31 must be 0 too: there are no shadow VMCSs. What is no memory reads as ones.
     */
    private long revision(long address) {
        return core.physical().read(address + VmcsLayout.REVISION_IDENTIFIER_OFFSET, Integer.BYTES);
    }
}
