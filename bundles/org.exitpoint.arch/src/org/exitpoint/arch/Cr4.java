/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of CR4. */
@Sdm(section = "2.5", title = "Control Registers")
public enum Cr4 implements BitField {
    VME(0, "Virtual-8086 mode extensions"),
    PVI(1, "Protected-mode virtual interrupts"),
    TSD(2, "Time stamp disable"),
    DE(3, "Debugging extensions"),
    PSE(4, "Page size extensions"),
    PAE(5, "Physical address extension"),
    MCE(6, "Machine-check enable"),
    PGE(7, "Page global enable"),
    PCE(8, "Performance-monitoring counter enable"),
    OSFXSR(9, "Operating system support for FXSAVE and FXRSTOR instructions"),
    OSXMMEXCPT(10, "Operating system support for unmasked SIMD floating-point exceptions"),
    UMIP(11, "User-mode instruction prevention"),
    LA57(12, "57-bit linear addresses"),
    VMXE(13, "VMX-enable bit"),
    SMXE(14, "SMX-enable bit"),
    FSGSBASE(16, "FSGSBASE-enable bit"),
    PCIDE(17, "PCID-enable bit"),
    OSXSAVE(18, "XSAVE and processor extended states-enable bit"),
    KL(19, "Key-Locker-enable bit"),
    SMEP(20, "SMEP-enable bit"),
    SMAP(21, "SMAP-enable bit"),
    PKE(22, "Enable protection keys for user-mode pages"),
    CET(23, "Control-flow enforcement technology"),
    PKS(24, "Enable protection keys for supervisor-mode pages"),
    UINTR(25, "User interrupts enable bit"),
    LASS(27, "Linear-address-space separation enable bit"),
    LAM_SUP(28, "Supervisor linear-address-masking enable bit"),
    FRED(32, "FRED-enable bit");

    private final BitRange range;
    private final String title;

    Cr4(int bit, String title) {
        this.range = BitRange.bit(bit);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }
}
