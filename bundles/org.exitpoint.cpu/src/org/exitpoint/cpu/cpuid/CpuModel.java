/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.cpuid;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.cpu.core.ProcessorFeatures;

/**
 * A processor model.
 *
 * @param name what {@code --cpu} calls it
 * @param brand brand string, at most 47 characters
 * @param family display family, 0 to 15
 * @param model display model, 0 to 255
 * @param stepping stepping, 0 to 15
 * @param physicalAddressBits MAXPHYADDR, 36 to 52
 * @param features what it has, of what the machine implements
 */
public record CpuModel(String name, String brand, int family, int model, int stepping, int physicalAddressBits,
        Set<CpuidFeature> features) implements ProcessorFeatures {
    private static final int SHORTEST_ADDRESS = 36;
    private static final int LONGEST_ADDRESS = 52;

    /** Checks the width and copies the features. */
    public CpuModel {
        if (physicalAddressBits < SHORTEST_ADDRESS || physicalAddressBits > LONGEST_ADDRESS) {
            throw new IllegalArgumentException("MAXPHYADDR is 36 to 52 bits, not " + physicalAddressBits);
        }
        features = features.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(features));
    }

    @Override
    public boolean has(CpuidFeature feature) {
        return features.contains(feature);
    }

    /** Signature in EAX of leaf 1 (SDM vol. 2, "CPUID", "Version Information Returned by CPUID in EAX"). */
    public int signature() {
        return stepping | (model & 0xF) << 4 | family << 8 | model >>> 4 << 16;
    }

    /** The model with another set of features. */
    public CpuModel withFeatures(Set<CpuidFeature> others) {
        return new CpuModel(name, brand, family, model, stepping, physicalAddressBits, others);
    }

    /** The model with another MAXPHYADDR. */
    public CpuModel withPhysicalAddressBits(int bits) {
        return new CpuModel(name, brand, family, model, stepping, bits, features);
    }
}
