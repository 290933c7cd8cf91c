/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.OptionalLong;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.MovDr;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.CrAccess;
import org.exitpoint.isa.shape.Instruction;

/** Exits of MOV CR, CLTS, LMSW and MOV DR, and what a guest sees of CR0 and CR4. */
@Sdm(section = "27.1.3", title = "Instructions That Cause VM Exits Conditionally")
final class ControlRegisterExits {
    private static final long PE = Cr0.PE.mask();
    private static final long TS = Cr0.TS.mask();
    private static final long SET_BY_LMSW = BitField.maskOf(Cr0.MP, Cr0.EM, Cr0.TS);
    private static final int LMSW_SOURCE = 0xFFFF;
    private static final VmcsField[] CR3_TARGETS = {VmcsField.CR3_TARGET_VALUE_0, VmcsField.CR3_TARGET_VALUE_1,
        VmcsField.CR3_TARGET_VALUE_2, VmcsField.CR3_TARGET_VALUE_3};

    private final VmxState vmx;
    private final VmExit exit;

    ControlRegisterExits(VmxState vmx, VmExit exit) {
        this.vmx = vmx;
        this.exit = exit;
    }

    /** A write of a control register; whether it exited. */
    boolean write(CrAccess access, Instruction instruction, int register, int operand, long value,
            OptionalLong linearAddress) {
        boolean exits = switch (access) {
            case MOV -> movExits(register, value);
            case CLTS -> (vmx.cr0Mask & vmx.cr0Shadow & TS) != 0;
            case LMSW -> lmswExits(value);
        };
        if (!exits) {
            return false;
        }
        exit.begin(ExitReason.CR_ACCESS).instruction(instruction.length()).qualification((switch (access) {
            case MOV -> org.exitpoint.arch.vmx.CrAccess.movTo(register, GeneralRegister.ofNumber(operand));
            case CLTS -> org.exitpoint.arch.vmx.CrAccess.clts();
            case LMSW -> org.exitpoint.arch.vmx.CrAccess.lmsw((int) value & LMSW_SOURCE, linearAddress.isPresent());
        }).encode());
        if (linearAddress.isPresent()) {
            exit.information().linearAddress(linearAddress.getAsLong());
        }
        exit.deliver();
        return true;
    }

    private boolean movExits(int register, long value) {
        return switch (register) {
            case 0 -> ((value ^ vmx.cr0Shadow) & vmx.cr0Mask) != 0;
            case 3 -> vmx.has(VmxControl.CR3_LOAD_EXITING) && !isTarget(value);
            case 4 -> ((value ^ vmx.cr4Shadow) & vmx.cr4Mask) != 0;
            case 8 -> vmx.has(VmxControl.CR8_LOAD_EXITING);
            default -> false;
        };
    }

    /** LMSW cannot clear PE: a 0 in the source's bit 0 does not count. */
    private boolean lmswExits(long value) {
        boolean setsProtection = (value & vmx.cr0Mask & ~vmx.cr0Shadow & PE) != 0;
        return setsProtection || ((value ^ vmx.cr0Shadow) & vmx.cr0Mask & SET_BY_LMSW) != 0;
    }

    private boolean isTarget(long value) {
        long count = vmx.current.get(VmcsField.CR3_TARGET_COUNT);
        for (int i = 0; i < count; i++) {
            if (vmx.current.get(CR3_TARGETS[i]) == value) {
                return true;
            }
        }
        return false;
    }

    /** A read of CR3 or CR8; whether it exited. */
    boolean read(Instruction instruction, int register, int operand) {
        boolean exits = switch (register) {
            case 3 -> vmx.has(VmxControl.CR3_STORE_EXITING);
            case 8 -> vmx.has(VmxControl.CR8_STORE_EXITING);
            default -> false;
        };
        if (exits) {
            exit.begin(ExitReason.CR_ACCESS).instruction(instruction.length()).qualification(
                    org.exitpoint.arch.vmx.CrAccess.movFrom(register, GeneralRegister.ofNumber(operand)).encode());
            exit.deliver();
        }
        return exits;
    }

    /** A MOV to or from a debug register; whether it exited. */
    boolean movDr(Instruction instruction, int register, boolean write, int operand) {
        if (!vmx.has(VmxControl.MOV_DR_EXITING)) {
            return false;
        }
        exit.begin(ExitReason.MOV_DR).instruction(instruction.length())
                .qualification(new MovDr(register, !write, GeneralRegister.ofNumber(operand)).encode());
        exit.deliver();
        return true;
    }

    /** What software reads from CR0 or CR4. */
    long visible(int register, long value) {
        long mask = register == 0 ? vmx.cr0Mask : vmx.cr4Mask;
        long shadow = register == 0 ? vmx.cr0Shadow : vmx.cr4Shadow;
        return value & ~mask | shadow & mask;
    }

    /** What a write that does not exit puts in CR0 or CR4. */
    long merge(int register, long old, long value) {
        long mask = register == 0 ? vmx.cr0Mask : vmx.cr4Mask;
        return value & ~mask | old & mask;
    }
}
