/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.cpuid;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.exitpoint.arch.CpuidFeature;

/**
 * The features that the machine implements, besides those that a virtualization adds. Floating point, MMX, SSE and what
 * follows from them are absent: CPUID does not report them, CR4.OSFXSR and CR4.OSXSAVE are reserved.
 */
public final class ImplementedFeatures {
    private static final Set<CpuidFeature> ALL = Collections.unmodifiableSet(EnumSet.of(CpuidFeature.CMPXCHG16B,
        CpuidFeature.PCID, CpuidFeature.MOVBE, CpuidFeature.POPCNT, CpuidFeature.TSC_DEADLINE, CpuidFeature.RDRAND,
        CpuidFeature.DE, CpuidFeature.PSE, CpuidFeature.TSC, CpuidFeature.MSR, CpuidFeature.PAE, CpuidFeature.MCE,
        CpuidFeature.CX8, CpuidFeature.APIC, CpuidFeature.SEP, CpuidFeature.MTRR, CpuidFeature.PGE, CpuidFeature.MCA,
        CpuidFeature.CMOV, CpuidFeature.PAT, CpuidFeature.CLFSH, CpuidFeature.ARAT, CpuidFeature.FSGSBASE,
        CpuidFeature.TSC_ADJUST, CpuidFeature.BMI1, CpuidFeature.SMEP, CpuidFeature.BMI2, CpuidFeature.ERMS,
        CpuidFeature.INVPCID, CpuidFeature.RDSEED, CpuidFeature.ADX, CpuidFeature.SMAP, CpuidFeature.CLFLUSHOPT,
        CpuidFeature.CLWB, CpuidFeature.MONITOR, CpuidFeature.UMIP, CpuidFeature.RDPID, CpuidFeature.CLDEMOTE,
        CpuidFeature.MOVDIRI, CpuidFeature.SERIALIZE, CpuidFeature.LAHF_SAHF, CpuidFeature.LZCNT,
        CpuidFeature.PREFETCHW, CpuidFeature.SYSCALL, CpuidFeature.NX, CpuidFeature.PAGE_1GB, CpuidFeature.RDTSCP,
        CpuidFeature.INTEL_64, CpuidFeature.INVARIANT_TSC, CpuidFeature.WBNOINVD));

    private ImplementedFeatures() {
    }

    /** All of them. */
    public static Set<CpuidFeature> all() {
        return ALL;
    }
}
