/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Dr6;
import org.exitpoint.arch.Dr7;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/** MOV to and from debug registers (SDM vol. 2, "MOV—Move to/from Debug Registers"). */
public final class DebugRegisters {
    private static final int ALIAS_OFFSET = 2;
    private static final int STATUS = 6;
    private static final int CONTROL = 7;
    private static final long DE = Cr4.DE.mask();
    private static final long GD = Dr7.GD.mask();
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;
    private static final long STATUS_WRITABLE = Dr6.B0.mask() | Dr6.B1.mask() | Dr6.B2.mask() | Dr6.B3.mask()
        | Dr6.BD.mask() | Dr6.BS.mask() | Dr6.BT.mask();
    private static final long CONTROL_WRITABLE = 0xFFFF_23FFL;

    private final Core core;
    private final GuestState state;

    /** The debug registers of a processor. */
    public DebugRegisters(Core core) {
        this.core = core;
        state = core.state();
    }

    /** Helper READ_DR. */
    public long read(Instruction instruction, int number) {
        if (intercepted(instruction, number, false)) {
            return 0;
        }
        return state.get(offset(checked(number)));
    }

    /** Helper WRITE_DR. */
    public long write(Instruction instruction, int number, long value) {
        if (intercepted(instruction, number, true)) {
            return 0;
        }
        int register = checked(number);
        if (register >= STATUS && (value & HIGH) != 0) {
            throw Faults.generalProtection();
        }
        if (register == CONTROL && (value & Dr7.BREAKPOINTS) != 0) {
            throw new Interruption.NotImplemented("hardware breakpoints, which MOV to DR7 enables");
        }
        state.set(offset(register), switch (register) {
            case STATUS -> value & STATUS_WRITABLE | Dr6.INITIAL;
            case CONTROL -> value & CONTROL_WRITABLE | Dr7.INITIAL;
            default -> value;
        });
        return 0;
    }

    private boolean intercepted(Instruction instruction, int number, boolean write) {
        return state.isSet(GuestState.INTERCEPTS, Intercept.MOV_DR.mask())
            && core.virtualization().interceptMovDr(instruction, number, write, instruction.rm());
    }

    /** The register that a number stands for, after the checks in the manual's order. */
    private int checked(int number) {
        boolean alias = number == 4 || number == 5;
        if (alias && state.isSet(GuestState.CR4, DE)) {
            throw Faults.invalidOpcode();
        }
        if (state.cpl() != 0) {
            throw Faults.generalProtection();
        }
        if (state.isSet(offset(CONTROL), GD)) {
            throw new Interruption.DebugFault(Dr6.BD.mask());
        }
        return alias ? number + ALIAS_OFFSET : number;
    }

    private static int offset(int number) {
        return GuestState.DEBUG_REGISTERS + number * 8;
    }
}
