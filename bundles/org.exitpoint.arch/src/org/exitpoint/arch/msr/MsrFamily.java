/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.msr;

import org.exitpoint.arch.Sdm;

/** Families of architectural MSRs whose members differ by a number in their names. */
@Sdm(section = "2.1", title = "Architectural MSRs")
public enum MsrFamily {
    /** General performance counters. */
    IA32_PMC(0xc1, 8, 1, "IA32_PMC#"),
    /** Event selects of the general performance counters. */
    IA32_PERFEVTSEL(0x186, 8, 1, "IA32_PERFEVTSEL#"),
    /** Bases and memory types of the variable ranges. */
    IA32_MTRR_PHYSBASE(0x200, 10, 2, "IA32_MTRR_PHYSBASE#"),
    /** Masks and valid bits of the variable ranges. */
    IA32_MTRR_PHYSMASK(0x201, 10, 2, "IA32_MTRR_PHYSMASK#"),
    /** Corrected machine-check interrupt control of each bank. */
    IA32_MC_CTL2(0x280, 32, 1, "IA32_MC#_CTL2"),
    /** Fixed-function performance counters. */
    IA32_FIXED_CTR(0x309, 7, 1, "IA32_FIXED_CTR#"),
    /** Machine-check control of each bank. */
    IA32_MC_CTL(0x400, 29, 4, "IA32_MC#_CTL"),
    /** Machine-check status of each bank. */
    IA32_MC_STATUS(0x401, 29, 4, "IA32_MC#_STATUS"),
    /** Machine-check address of each bank. */
    IA32_MC_ADDR(0x402, 29, 4, "IA32_MC#_ADDR"),
    /** Machine-check data of each bank. */
    IA32_MC_MISC(0x403, 29, 4, "IA32_MC#_MISC"),
    /** Full-width aliases of the general performance counters. */
    IA32_A_PMC(0x4c1, 8, 1, "IA32_A_PMC#"),
    /** Starts of the trace filter ranges. */
    IA32_RTIT_ADDR_A(0x580, 4, 2, "IA32_RTIT_ADDR#_A"),
    /** Ends of the trace filter ranges. */
    IA32_RTIT_ADDR_B(0x581, 4, 2, "IA32_RTIT_ADDR#_B"),
    /** x2APIC in-service bits, 32 in each. */
    IA32_X2APIC_ISR(0x810, 8, 1, "IA32_X2APIC_ISR#"),
    /** x2APIC trigger-mode bits, 32 in each. */
    IA32_X2APIC_TMR(0x818, 8, 1, "IA32_X2APIC_TMR#"),
    /** x2APIC interrupt-request bits, 32 in each. */
    IA32_X2APIC_IRR(0x820, 8, 1, "IA32_X2APIC_IRR#"),
    /** Metadata of the last branch records. */
    IA32_LBR_INFO(0x1200, 32, 1, "IA32_LBR_#_INFO"),
    /** Sources of the last branch records. */
    IA32_LBR_FROM_IP(0x1500, 32, 1, "IA32_LBR_#_FROM_IP"),
    /** Targets of the last branch records. */
    IA32_LBR_TO_IP(0x1600, 32, 1, "IA32_LBR_#_TO_IP");

    private final int first;
    private final int count;
    private final int stride;
    private final String pattern;

    MsrFamily(int first, int count, int stride, String pattern) {
        this.first = first;
        this.count = count;
        this.stride = stride;
        this.pattern = pattern;
    }

    /**
     * The number of members the architecture has addresses for; a processor may have fewer.
     *
     * @return the number
     */
    public int count() {
        return count;
    }

    /**
     * A member's address.
     *
     * @param index the member's number, 0 to {@code count() - 1}
     * @return the value of ECX that selects it
     * @throws IndexOutOfBoundsException if there is no such member
     */
    public int address(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("no " + this + " " + index);
        }
        return first + index * stride;
    }

    /**
     * The number of the member at an address.
     *
     * @param address a value of ECX
     * @return 0 to {@code count() - 1}, or -1 if the address is not the family's
     */
    public int indexOf(int address) {
        int distance = address - first;
        return distance >= 0 && distance % stride == 0 && distance / stride < count ? distance / stride : -1;
    }

    /**
     * A member's name in the manual.
     *
     * @param index the member's number
     * @return for example {@code "IA32_MC3_STATUS"}
     */
    public String memberName(int index) {
        return pattern.replace("#", Integer.toString(index));
    }

    static String nameOf(int address) {
        for (MsrFamily family : values()) {
            int index = family.indexOf(address);
            if (index >= 0) {
                return family.memberName(index);
            }
        }
        return null;
    }
}
