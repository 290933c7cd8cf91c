/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.NearestName;
import org.exitpoint.arch.msr.Msr;

/** What tells exits of one reason apart: the keys of {@link ExitKey} and {@link ExitFilter}. */
public enum ExitAttribute {
    /** Vector of an exception, interrupt or SIPI. */
    VECTOR("a vector, or an exception such as PF", ExitReason.EXCEPTION_OR_NMI, ExitReason.EXTERNAL_INTERRUPT,
            ExitReason.STARTUP_IPI, ExitReason.VIRTUALIZED_EOI) {
        @Override
        Stream<String> names() {
            return Arrays.stream(ExceptionVector.values()).map(Enum::name);
        }

        @Override
        long numberOf(String name) {
            return ExceptionVector.valueOf(name).vector();
        }
    },
    /** EAX of CPUID. */
    LEAF("a leaf of CPUID", ExitReason.CPUID),
    /** ECX of CPUID. */
    SUBLEAF("a sub-leaf of CPUID", ExitReason.CPUID),
    /** Number of a control register. */
    CR("the number of a control register", ExitReason.CR_ACCESS),
    /** Number of a debug register. */
    DR("the number of a debug register", ExitReason.MOV_DR),
    /** First I/O port accessed. */
    PORT("an I/O port", ExitReason.IO_INSTRUCTION),
    /** Address of an MSR. */
    MSR("the address or name of an MSR", ExitReason.RDMSR, ExitReason.WRMSR) {
        @Override
        Stream<String> names() {
            return Arrays.stream(Msr.values()).map(Enum::name);
        }

        @Override
        long numberOf(String name) {
            return Integer.toUnsignedLong(Msr.valueOf(name).address());
        }
    },
    /** Guest-physical address. */
    GPA("a guest-physical address", ExitReason.EPT_VIOLATION, ExitReason.EPT_MISCONFIGURATION),
    /** Guest-linear address. */
    LINEAR("a guest-linear address", ExitReason.EPT_VIOLATION, ExitReason.INVLPG),
    /** Offset in the APIC-access page. */
    OFFSET("an offset in the APIC page", ExitReason.APIC_ACCESS, ExitReason.APIC_WRITE),
    /** Selector of a TSS. */
    SELECTOR("the selector of a TSS", ExitReason.TASK_SWITCH),
    /** Encoding of a VMCS component. */
    FIELD("the encoding or name of a VMCS field", ExitReason.VMREAD, ExitReason.VMWRITE) {
        @Override
        Stream<String> names() {
            return Arrays.stream(VmcsField.values()).map(Enum::name);
        }

        @Override
        long numberOf(String name) {
            return VmcsField.valueOf(name).encoding();
        }
    },
    /** RAX of VMCALL, EAX of VMFUNC. */
    FUNCTION("the number in RAX", ExitReason.VMCALL, ExitReason.VMFUNC),
    /** ECX of XSETBV. */
    XCR("the number of an extended control register", ExitReason.XSETBV);

    private final String description;
    private final Set<ExitReason> reasons;

    ExitAttribute(String description, ExitReason... reasons) {
        this.description = description;
        EnumSet<ExitReason> set = EnumSet.noneOf(ExitReason.class);
        set.addAll(List.of(reasons));
        this.reasons = Collections.unmodifiableSet(set);
    }

    /**
     * The key's spelling in filters.
     *
     * @return the constant's name in lower case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a value is.
     *
     * @return a noun phrase
     */
    public String description() {
        return description;
    }

    /**
     * The reasons whose exits have this attribute.
     *
     * @return an unmodifiable set
     */
    public Set<ExitReason> reasons() {
        return reasons;
    }

    /**
     * The attributes that exits of a reason have.
     *
     * @param reason the reason
     * @return the attributes, the one that subdivides statistics first
     */
    public static List<ExitAttribute> of(ExitReason reason) {
        return Arrays.stream(values()).filter(attribute -> attribute.reasons.contains(reason)).toList();
    }

    /** The symbolic values, in upper case. */
    Stream<String> names() {
        return Stream.empty();
    }

    /** The value of a name from {@link #names}. */
    long numberOf(String name) {
        throw new IllegalArgumentException(name);
    }

    /**
     * Parses a value: decimal, hexadecimal with {@code 0x}, or a name where the attribute has names.
     *
     * @param text the text
     * @return the value, unsigned
     * @throws IllegalArgumentException if it is neither; the message says so and suggests the nearest name
     */
    long parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT).replaceFirst("^#", "");
        if (names().anyMatch(upper::equals)) {
            return numberOf(upper);
        }
        try {
            return upper.startsWith("0X") ? Long.parseUnsignedLong(upper.substring(2), 16)
                    : Long.parseUnsignedLong(upper);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not " + description
                    + NearestName.suggestion(upper, names().toList()), e);
        }
    }
}
