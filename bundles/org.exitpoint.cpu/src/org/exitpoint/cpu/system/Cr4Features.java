/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import java.util.EnumMap;
import java.util.Map;

import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.cpu.core.ProcessorFeatures;

/** Which bits of CR4 a processor model has: those whose feature CPUID reports. The others are reserved. */
public final class Cr4Features {
    private static final Map<Cr4, CpuidFeature> FEATURES = new EnumMap<>(Map.ofEntries(
        Map.entry(Cr4.VME, CpuidFeature.VME), Map.entry(Cr4.PVI, CpuidFeature.VME),
        Map.entry(Cr4.TSD, CpuidFeature.TSC), Map.entry(Cr4.DE, CpuidFeature.DE),
        Map.entry(Cr4.PSE, CpuidFeature.PSE), Map.entry(Cr4.PAE, CpuidFeature.PAE),
        Map.entry(Cr4.MCE, CpuidFeature.MCE), Map.entry(Cr4.PGE, CpuidFeature.PGE),
        Map.entry(Cr4.PCE, CpuidFeature.MSR), Map.entry(Cr4.OSFXSR, CpuidFeature.FXSR),
        Map.entry(Cr4.OSXMMEXCPT, CpuidFeature.SSE), Map.entry(Cr4.UMIP, CpuidFeature.UMIP),
        Map.entry(Cr4.LA57, CpuidFeature.LA57), Map.entry(Cr4.VMXE, CpuidFeature.VMX),
        Map.entry(Cr4.SMXE, CpuidFeature.SMX), Map.entry(Cr4.FSGSBASE, CpuidFeature.FSGSBASE),
        Map.entry(Cr4.PCIDE, CpuidFeature.PCID), Map.entry(Cr4.OSXSAVE, CpuidFeature.XSAVE),
        Map.entry(Cr4.KL, CpuidFeature.KL), Map.entry(Cr4.SMEP, CpuidFeature.SMEP),
        Map.entry(Cr4.SMAP, CpuidFeature.SMAP), Map.entry(Cr4.PKE, CpuidFeature.PKU),
        Map.entry(Cr4.CET, CpuidFeature.CET_SS), Map.entry(Cr4.PKS, CpuidFeature.PKS),
        Map.entry(Cr4.UINTR, CpuidFeature.UINTR), Map.entry(Cr4.LASS, CpuidFeature.LASS),
        Map.entry(Cr4.LAM_SUP, CpuidFeature.LAM), Map.entry(Cr4.FRED, CpuidFeature.FRED)));

    private final long mask;

    /** The bits of a model. */
    public Cr4Features(ProcessorFeatures features) {
        long bits = 0;
        for (Map.Entry<Cr4, CpuidFeature> entry : FEATURES.entrySet()) {
            if (features.has(entry.getValue())) {
                bits |= entry.getKey().mask();
            }
        }
        mask = bits;
    }

    /** The bits that may be 1. */
    public long mask() {
        return mask;
    }
}
