/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.state;

import java.util.List;

import org.exitpoint.arch.msr.Msr;

/**
 * Where {@link GuestState} keeps the model-specific registers that are plain storage. Those that are a view of other
 * state (IA32_FS_BASE, IA32_EFER, IA32_TIME_STAMP_COUNTER and their like) have no slot.
 */
public final class MsrSlots {
    private static final List<Msr> REGISTERS = List.of(Msr.IA32_SYSENTER_CS, Msr.IA32_SYSENTER_ESP,
        Msr.IA32_SYSENTER_EIP, Msr.IA32_STAR, Msr.IA32_LSTAR, Msr.IA32_CSTAR, Msr.IA32_FMASK, Msr.IA32_PAT,
        Msr.IA32_DEBUGCTL, Msr.IA32_MISC_ENABLE, Msr.IA32_FEATURE_CONTROL, Msr.IA32_TSC_ADJUST,
        Msr.IA32_MTRR_DEF_TYPE, Msr.IA32_MTRR_FIX64K_00000, Msr.IA32_MTRR_FIX16K_80000, Msr.IA32_MTRR_FIX16K_A0000,
        Msr.IA32_MTRR_FIX4K_C0000, Msr.IA32_MTRR_FIX4K_C8000, Msr.IA32_MTRR_FIX4K_D0000, Msr.IA32_MTRR_FIX4K_D8000,
        Msr.IA32_MTRR_FIX4K_E0000, Msr.IA32_MTRR_FIX4K_E8000, Msr.IA32_MTRR_FIX4K_F0000, Msr.IA32_MTRR_FIX4K_F8000,
        Msr.IA32_BIOS_SIGN_ID, Msr.IA32_SPEC_CTRL, Msr.IA32_XSS, Msr.IA32_MCG_STATUS, Msr.IA32_PERF_GLOBAL_CTRL,
        Msr.IA32_PKRS, Msr.IA32_S_CET, Msr.IA32_U_CET);
    /** Slots after those of the registers above: the variable-range MTRRs, base and mask in turn. */
    private static final int VARIABLE_MTRR = 40;
    /** Variable ranges there are slots for. */
    public static final int VARIABLE_MTRRS = 8;
    private static final int TSC_OFFSET_SLOT = VARIABLE_MTRR + 2 * VARIABLE_MTRRS;
    private static final int RANDOM_SLOT = TSC_OFFSET_SLOT + 1;
    private static final int MONITOR_SLOT = RANDOM_SLOT + 1;

    /** IA32_SYSENTER_CS. */
    public static final int SYSENTER_CS = offset(Msr.IA32_SYSENTER_CS);
    /** IA32_SYSENTER_ESP. */
    public static final int SYSENTER_ESP = offset(Msr.IA32_SYSENTER_ESP);
    /** IA32_SYSENTER_EIP. */
    public static final int SYSENTER_EIP = offset(Msr.IA32_SYSENTER_EIP);
    /** IA32_STAR. */
    public static final int STAR = offset(Msr.IA32_STAR);
    /** IA32_LSTAR. */
    public static final int LSTAR = offset(Msr.IA32_LSTAR);
    /** IA32_FMASK. */
    public static final int FMASK = offset(Msr.IA32_FMASK);
    /** IA32_DEBUGCTL. */
    public static final int DEBUGCTL = offset(Msr.IA32_DEBUGCTL);
    /** IA32_PAT. */
    public static final int PAT = offset(Msr.IA32_PAT);
    /** IA32_TSC_ADJUST. */
    public static final int TSC_ADJUST = offset(Msr.IA32_TSC_ADJUST);
    /** What is added to the clock to give the processor's time-stamp counter. */
    public static final int TSC_OFFSET = GuestState.MSRS + 8 * TSC_OFFSET_SLOT;
    /** State of the generator behind RDRAND and RDSEED. */
    public static final int RANDOM = GuestState.MSRS + 8 * RANDOM_SLOT;
    /** 1 if MONITOR has armed the address-range monitoring hardware. */
    public static final int MONITOR_ARMED = GuestState.MSRS + 8 * MONITOR_SLOT;

    private MsrSlots() {
    }

    /** Whether a register is plain storage and so has a slot. */
    public static boolean has(Msr msr) {
        return REGISTERS.contains(msr);
    }

    /** Offset in {@link GuestState} of a register; throws {@link IllegalArgumentException} if it has no slot. */
    public static int offset(Msr msr) {
        int slot = REGISTERS.indexOf(msr);
        if (slot < 0) {
            throw new IllegalArgumentException(msr + " is not plain storage");
        }
        return GuestState.MSRS + 8 * slot;
    }

    /** Offset in {@link GuestState} of a variable-range MTRR's base, or of its mask. */
    public static int variableMtrr(int range, boolean mask) {
        return GuestState.MSRS + 8 * (VARIABLE_MTRR + 2 * range + (mask ? 1 : 0));
    }
}
