/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/**
 * A sensitive event at its exact place in an instruction: the processor knows that it happened, the virtualization
 * decides whether it exits. Each has a bit in the state's intercept mask, so that one test says that nobody cares.
 *
 * <p>Some are raised by rows, at their place among the preconditions; others by the helper that does the instruction's
 * work, because it needs values: see {@link Helper}. Who handles one gets the bound instruction besides, and derives
 * from it what the manual calls instruction information.
 */
public enum Intercept {
    /** CPUID. */
    CPUID,
    /** HLT. */
    HLT,
    /** INVLPG; the qualification is the linear address. */
    INVLPG,
    /** INVPCID. */
    INVPCID,
    /** RDTSC. */
    RDTSC,
    /** RDTSCP. */
    RDTSCP,
    /** RDPMC. */
    RDPMC,
    /** INVD. */
    INVD,
    /** WBINVD or WBNOINVD. */
    WBINVD,
    /** PAUSE. */
    PAUSE,
    /** MONITOR. */
    MONITOR,
    /** MWAIT. */
    MWAIT,
    /** A write of CR0, CR3, CR4 or CR8, CLTS or LMSW. */
    CR_WRITE,
    /** A read of CR3 or CR8. */
    CR_READ,
    /** MOV to or from a debug register. */
    MOV_DR,
    /** IN, OUT, INS or OUTS. */
    IO,
    /** RDMSR. */
    RDMSR,
    /** WRMSR. */
    WRMSR,
    /** XSETBV. */
    XSETBV,
    /** VMCALL. */
    VMCALL,
    /** Any VMX instruction but VMCALL, VMREAD, VMWRITE and VMFUNC. */
    VMX_INSTRUCTION,
    /** VMREAD. */
    VMREAD,
    /** VMWRITE. */
    VMWRITE,
    /** VMFUNC. */
    VMFUNC,
    /** LGDT, LIDT, SGDT, SIDT; raised by the rows before the memory operand is touched. */
    GDTR_IDTR_ACCESS,
    /** LLDT, LTR, SLDT, STR; raised by the rows before the operand is touched. */
    LDTR_TR_ACCESS,
    /** RDRAND. */
    RDRAND,
    /** RDSEED. */
    RDSEED,
    /** XSAVES. */
    XSAVES,
    /** XRSTORS. */
    XRSTORS,
    /** GETSEC. */
    GETSEC,
    /** RSM. */
    RSM;

    /** The event's bit in the intercept mask. */
    public long mask() {
        return 1L << ordinal();
    }
}
