/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;

/**
 * Keeps the state's derived fields, {@link GuestState#CPL}, {@link GuestState#CODE_MODE} and
 * {@link GuestState#STACK_WIDTH}, in step with what they follow from: CS, SS, CR0.PE, IA32_EFER.LMA and EFLAGS.VM.
 *
 * <p>The privilege level is that of SS, as in a VMCS: "the DPL of SS is always equal to the logical processor's CPL"
 * (SDM vol. 3, "Guest Register State"). Whoever changes the level of a processor therefore sets the DPL of SS, of a
 * null selector too.
 */
public final class ModeUpkeep {
    private static final long PE = Cr0.PE.mask();
    private static final long LMA = Efer.LMA.mask();
    private static final long VM = Rflags.VM.mask();
    private static final int L = (int) AccessRights.L.mask();
    private static final int DB = (int) AccessRights.DB.mask();
    private static final int DPL_SHIFT = AccessRights.DPL.bit();

    private ModeUpkeep() {
    }

    /** Recomputes the derived fields. */
    public static void refresh(GuestState state) {
        int code = state.segmentRights(GuestState.CS);
        int stack = state.segmentRights(GuestState.SS);
        boolean is64Bit = isLongModeActive(state) && (code & L) != 0;
        CodeMode mode = is64Bit ? CodeMode.BITS64 : (code & DB) != 0 ? CodeMode.BITS32 : CodeMode.BITS16;
        Width width = is64Bit ? Width.I64 : (stack & DB) != 0 ? Width.I32 : Width.I16;
        state.set8(GuestState.CODE_MODE, mode.ordinal());
        state.set8(GuestState.STACK_WIDTH, width.ordinal());
        state.set8(GuestState.CPL, privilegeLevel(state, stack));
    }

    private static int privilegeLevel(GuestState state, int stackRights) {
        if (!isProtected(state)) {
            return 0;
        }
        return isVirtual8086(state) ? 3 : stackRights >>> DPL_SHIFT & 3;
    }

    /** Whether CR0.PE is set. */
    public static boolean isProtected(GuestState state) {
        return state.isSet(GuestState.CR0, PE);
    }

    /** Whether the processor is in IA-32e mode, in either sub-mode. */
    public static boolean isLongModeActive(GuestState state) {
        return state.isSet(GuestState.EFER, LMA);
    }

    /** Whether the processor is in virtual-8086 mode. */
    public static boolean isVirtual8086(GuestState state) {
        return state.isSet(GuestState.SYSTEM_FLAGS, VM);
    }

    /** Whether code runs in 64-bit mode. */
    public static boolean is64Bit(GuestState state) {
        return state.get8(GuestState.CODE_MODE) == CodeMode.BITS64.ordinal();
    }
}
