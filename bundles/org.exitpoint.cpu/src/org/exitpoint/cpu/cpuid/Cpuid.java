/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.cpuid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.CpuidFeature.Register;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;

/** CPUID of one processor (SDM vol. 2, "CPUID—CPU Identification"). */
public final class Cpuid {
    /** Highest basic leaf. */
    public static final int HIGHEST_BASIC = 0x16;
    /** Highest extended leaf. */
    public static final int HIGHEST_EXTENDED = 0x8000_0008;

    private static final int EAX = 0;
    private static final int EBX = 1;
    private static final int ECX = 2;
    private static final int EDX = 3;
    private static final int[] REGISTER_NUMBERS = {GeneralRegister.RAX.number(), GeneralRegister.RBX.number(),
        GeneralRegister.RCX.number(), GeneralRegister.RDX.number()};
    private static final int EXTENDED = 0x8000_0000;
    private static final int LINE_QUADWORDS = 8;
    private static final int LINE_BYTES = 64;
    private static final int CLOCK_HERTZ = 1_000_000_000;
    private static final int CLOCK_MEGAHERTZ = 1_000;
    private static final int LINEAR_ADDRESS_BITS = 48;
    private static final int LONG_LINEAR_ADDRESS_BITS = 57;
    private static final long OSXSAVE = Cr4.OSXSAVE.mask();
    private static final long PKE = Cr4.PKE.mask();
    private static final int OSXSAVE_BIT = 1 << CpuidFeature.OSXSAVE.bit();
    private static final int OSPKE_BIT = 1 << CpuidFeature.OSPKE.bit();

    private final GuestState state;
    private final CpuModel model;
    private final int processor;
    private final int processors;
    private final byte[] brand;
    private final int[] answer = new int[4];

    /**
     * CPUID of a processor.
     *
     * @param processors how many the machine has, 1 to 255
     */
    public Cpuid(Core core, CpuModel model, int processors) {
        this.state = core.state();
        this.model = model;
        this.processor = core.index();
        this.processors = processors;
        this.brand = Arrays.copyOf(model.brand().getBytes(StandardCharsets.US_ASCII), 48);
    }

    /** Helper CPUID: answers for EAX and ECX in EAX, EBX, ECX and EDX. */
    public long execute() {
        query((int) state.register(REGISTER_NUMBERS[EAX]), (int) state.register(REGISTER_NUMBERS[ECX]), answer);
        for (int i = 0; i < answer.length; i++) {
            state.setRegister(REGISTER_NUMBERS[i], answer[i] & 0xFFFF_FFFFL);
        }
        return 0;
    }

    /** Answers for a leaf and sub-leaf, in the order EAX, EBX, ECX, EDX. */
    public void query(int leaf, int subleaf, int[] into) {
        Arrays.fill(into, 0);
        int effective = effectiveLeaf(leaf);
        for (CpuidFeature feature : model.features()) {
            if (feature.leaf() == effective && feature.subleaf() == effectiveSubleaf(effective, subleaf)) {
                into[feature.register().ordinal()] |= 1 << feature.bit();
            }
        }
        if (effective < 0) {
            extended(effective, into);
        } else {
            basic(effective, subleaf, into);
        }
    }

    /** A leaf above the highest answers as the highest basic leaf does. */
    private static int effectiveLeaf(int leaf) {
        boolean basic = leaf >= 0 && leaf <= HIGHEST_BASIC;
        boolean extended = leaf >= EXTENDED && leaf <= HIGHEST_EXTENDED;
        return basic || extended ? leaf : HIGHEST_BASIC;
    }

    private static int effectiveSubleaf(int leaf, int subleaf) {
        return leaf == CpuidFeature.SMEP.leaf() || leaf == CpuidFeature.XSAVEC.leaf() ? subleaf : 0;
    }

    private void basic(int leaf, int subleaf, int[] into) {
        switch (leaf) {
            case 0x0 -> {
                into[EAX] = HIGHEST_BASIC;
                into[EBX] = word("Genu");
                into[EDX] = word("ineI");
                into[ECX] = word("ntel");
            }
            case 0x1 -> version(into);
            case 0x2 -> into[EAX] = 0x00FE_FF01;
            case 0x4 -> cache(subleaf, into);
            case 0x5 -> monitor(into);
            case 0x7 -> structuredFeatures(subleaf, into);
            case 0xB -> topology(subleaf, into);
            case 0x15 -> {
                into[EAX] = 1;
                into[EBX] = 1;
                into[ECX] = CLOCK_HERTZ;
            }
            case 0x16 -> {
                into[EAX] = CLOCK_MEGAHERTZ;
                into[EBX] = CLOCK_MEGAHERTZ;
                into[ECX] = CLOCK_MEGAHERTZ;
            }
            default -> {
                // The other leaves have nothing but feature bits, or are reserved.
            }
        }
    }

    private void version(int[] into) {
        into[EAX] = model.signature();
        into[EBX] = LINE_QUADWORDS << 8 | processors << 16 | processor << 24;
        if (processors > 1) {
            into[EDX] |= 1 << CpuidFeature.HTT.bit();
        }
        if (state.isSet(GuestState.CR4, OSXSAVE)) {
            into[ECX] |= OSXSAVE_BIT;
        }
    }

    private void structuredFeatures(int subleaf, int[] into) {
        if (subleaf != 0) {
            return;
        }
        boolean hasSubleaf1 = model.features().stream().anyMatch(f -> f.leaf() == 7 && f.subleaf() == 1);
        into[EAX] = hasSubleaf1 ? 1 : 0;
        if (state.isSet(GuestState.CR4, PKE)) {
            into[ECX] |= OSPKE_BIT;
        }
    }

    /** Deterministic cache parameters: 32 KBytes of data and of code, 1 MByte unified. Caches are not modelled. */
    private void cache(int subleaf, int[] into) {
        switch (subleaf) {
            case 0 -> cache(into, 1, 1, 8, 64);
            case 1 -> cache(into, 2, 1, 8, 64);
            case 2 -> cache(into, 3, 2, 16, 1024);
            default -> {
                // No more caches.
            }
        }
    }

    private static void cache(int[] into, int type, int level, int ways, int sets) {
        into[EAX] = type | level << 5 | 1 << 8;
        into[EBX] = LINE_BYTES - 1 | (ways - 1) << 22;
        into[ECX] = sets - 1;
    }

    private void monitor(int[] into) {
        if (model.has(CpuidFeature.MONITOR)) {
            into[EAX] = LINE_BYTES;
            into[EBX] = LINE_BYTES;
        }
    }

    /** One thread a core, all cores in one package. */
    private void topology(int subleaf, int[] into) {
        into[ECX] = subleaf & 0xFF;
        into[EDX] = processor;
        if (subleaf == 0) {
            into[EBX] = 1;
            into[ECX] |= 1 << 8;
        } else if (subleaf == 1) {
            into[EAX] = 32 - Integer.numberOfLeadingZeros(processors - 1);
            into[EBX] = processors;
            into[ECX] |= 2 << 8;
        }
    }

    private void extended(int leaf, int[] into) {
        switch (leaf & 0xFFFF) {
            case 0 -> into[EAX] = HIGHEST_EXTENDED;
            case 2, 3, 4 -> brandPart((leaf & 0xFFFF) - 2, into);
            case 6 -> into[ECX] = LINE_BYTES | 0x6 << 12 | 1024 << 16;
            case 8 -> into[EAX] = model.physicalAddressBits() | linearAddressBits() << 8;
            default -> {
                // The other leaves have nothing but feature bits, or are reserved.
            }
        }
    }

    private int linearAddressBits() {
        return model.has(CpuidFeature.LA57) ? LONG_LINEAR_ADDRESS_BITS : LINEAR_ADDRESS_BITS;
    }

    private void brandPart(int part, int[] into) {
        for (Register register : Register.values()) {
            int at = part * 16 + register.ordinal() * 4;
            into[register.ordinal()] = brand[at] & 0xFF | (brand[at + 1] & 0xFF) << 8 | (brand[at + 2] & 0xFF) << 16
                | brand[at + 3] << 24;
        }
    }

    private static int word(String text) {
        return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
    }
}
