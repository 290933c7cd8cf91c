/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.arch.CpuidFeature;

/** What a processor model supports: the same answers for CPUID, control registers, MSRs and address widths. */
public interface ProcessorFeatures {
    /** Whether the model has a feature. */
    boolean has(CpuidFeature feature);

    /** MAXPHYADDR: physical-address width in bits. */
    int physicalAddressBits();
}
