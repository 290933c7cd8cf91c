/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.shape.Instruction;

/**
 * The VMX instructions from where their rows leave off: in non-root operation they exit, whatever the privilege level;
 * in root operation they need privilege level 0.
 */
@Sdm(section = "32.3", title = "VMX Instructions")
final class VmxInstructions {
    private final GuestState state;
    private final InstructionExits exits;
    private final InstructionOutcome outcome;
    private final VmEntry entry;
    private final RegionInstructions regions;
    private final FieldInstructions fields;
    private final InvalidationInstructions invalidations;

    VmxInstructions(GuestState state, InstructionExits exits, InstructionOutcome outcome, VmEntry entry,
            RegionInstructions regions, FieldInstructions fields, InvalidationInstructions invalidations) {
        this.state = state;
        this.exits = exits;
        this.outcome = outcome;
        this.entry = entry;
        this.regions = regions;
        this.fields = fields;
        this.invalidations = invalidations;
    }

    /** Executes an instruction's helper with the helper's arguments. */
    void execute(Helper helper, Instruction instruction, long first, long second) {
        checkExistence(helper);
        int operation = state.get8(GuestState.VMX_OPERATION);
        if (operation == Vmx.NON_ROOT) {
            exits.vmxInstruction(helper, instruction);
            return;
        }
        if (helper == Helper.VMXON && operation == Vmx.OUTSIDE) {
            regions.vmxon(instruction, first);
            return;
        }
        if (helper == Helper.VMCALL && (ModeUpkeep.isVirtual8086(state)
                || ModeUpkeep.isLongModeActive(state) && !ModeUpkeep.is64Bit(state))) {
            throw Faults.invalidOpcode();
        }
        if (state.cpl() != 0) {
            throw Faults.generalProtection();
        }
        executeInRoot(helper, instruction, first, second);
    }

    /** #UD for what the processor does not have. */
    private void checkExistence(Helper helper) {
        switch (helper) {
            case INVEPT -> invalidations.requireInvept();
            case INVVPID -> invalidations.requireInvvpid();
            // "Enable VM functions" is never 1 here.
            case VMFUNC -> throw Faults.invalidOpcode();
            default -> {
            }
        }
    }

    private void executeInRoot(Helper helper, Instruction instruction, long first, long second) {
        switch (helper) {
            case VMXON -> regions.vmxonInRoot();
            case VMXOFF -> regions.vmxoff();
            case VMCLEAR -> regions.vmclear(instruction, first);
            case VMPTRLD -> regions.vmptrld(instruction, first);
            case VMPTRST -> regions.vmptrst(instruction, first);
            case VMREAD_TO_REGISTER -> fields.readToRegister(instruction, first);
            case VMREAD_TO_MEMORY -> fields.readToMemory(instruction, first, second);
            case VMWRITE_FROM_REGISTER -> fields.writeFromRegister(first, second);
            case VMWRITE_FROM_MEMORY -> fields.writeFromMemory(instruction, first, second);
            case VMLAUNCH -> entry.launch(instruction);
            case VMRESUME -> entry.resume(instruction);
            case VMCALL -> outcome.fail(InstructionError.VMCALL_IN_ROOT);
            case INVEPT -> invalidations.invept(instruction, first, second);
            case INVVPID -> invalidations.invvpid(instruction, first, second);
            default -> throw new IllegalArgumentException(helper + " is no VMX instruction");
        }
    }
}
