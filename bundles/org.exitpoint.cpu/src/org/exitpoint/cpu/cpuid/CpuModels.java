/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.cpuid;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.exitpoint.arch.CpuidFeature;

/**
 * The models that {@code --cpu} names, and its overrides: {@code skylake-server,-smap,+umip,maxphyaddr=39}.
 */
public final class CpuModels {
    private static final int PHYSICAL_ADDRESS_BITS = 46;
    private static final Set<CpuidFeature> AFTER_SKYLAKE = EnumSet.of(CpuidFeature.UMIP, CpuidFeature.RDPID,
        CpuidFeature.CLDEMOTE, CpuidFeature.MOVDIRI, CpuidFeature.SERIALIZE, CpuidFeature.WBNOINVD);
    private static final List<String> NAMES = List.of("max", "skylake-server");
    private static final String ADDRESS_WIDTH = "maxphyaddr=";

    private CpuModels() {
    }

    /** The names of the models. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A model by its name and overrides.
     *
     * @param specification name, then overrides, separated by commas; case does not matter
     * @param virtualization features that the processor's virtualization adds to what the machine implements
     * @throws IllegalArgumentException that says in a sentence what is wrong with the specification
     */
    public static CpuModel parse(String specification, Set<CpuidFeature> virtualization) {
        Set<CpuidFeature> available = EnumSet.copyOf(ImplementedFeatures.all());
        available.addAll(virtualization);
        String[] words = specification.toLowerCase(Locale.ROOT).split(",");
        CpuModel model = named(words[0].strip(), available);
        for (int i = 1; i < words.length; i++) {
            model = override(model, words[i].strip(), available);
        }
        return model;
    }

    private static CpuModel named(String name, Set<CpuidFeature> available) {
        return switch (name) {
            case "max" -> new CpuModel(name, "Exitpoint processor, everything implemented", 6, 0x6A, 6,
                PHYSICAL_ADDRESS_BITS, available);
            case "skylake-server" -> {
                Set<CpuidFeature> features = EnumSet.copyOf(available);
                features.removeAll(AFTER_SKYLAKE);
                yield new CpuModel(name, "Exitpoint processor, Skylake server", 6, 0x55, 4, PHYSICAL_ADDRESS_BITS,
                    features);
            }
            default -> throw new IllegalArgumentException(
                "there is no processor model " + name + "; the models are " + String.join(", ", NAMES));
        };
    }

    private static CpuModel override(CpuModel model, String word, Set<CpuidFeature> available) {
        if (word.startsWith(ADDRESS_WIDTH)) {
            return model.withPhysicalAddressBits(bits(word.substring(ADDRESS_WIDTH.length())));
        }
        if (!word.startsWith("+") && !word.startsWith("-")) {
            throw new IllegalArgumentException(
                "an override is +feature, -feature or maxphyaddr=bits, not " + word);
        }
        CpuidFeature feature = feature(word.substring(1));
        Set<CpuidFeature> features = EnumSet.noneOf(CpuidFeature.class);
        features.addAll(model.features());
        if (word.startsWith("-")) {
            features.remove(feature);
        } else if (available.contains(feature)) {
            features.add(feature);
        } else {
            throw new IllegalArgumentException(feature + " (" + feature.title() + ") is not implemented");
        }
        return model.withFeatures(features);
    }

    private static int bits(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("MAXPHYADDR is a number of bits, not " + digits, e);
        }
    }

    private static CpuidFeature feature(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        try {
            return CpuidFeature.valueOf(constant);
        } catch (IllegalArgumentException e) {
            String known = available(name);
            throw new IllegalArgumentException("there is no processor feature " + name + known, e);
        }
    }

    private static String available(String name) {
        String start = name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(Locale.ROOT);
        String similar = EnumSet.allOf(CpuidFeature.class).stream().map(CpuidFeature::name)
            .filter(candidate -> candidate.startsWith(start)).map(candidate -> candidate.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
        return similar.isEmpty() ? "" : "; those that start alike are " + similar;
    }
}
