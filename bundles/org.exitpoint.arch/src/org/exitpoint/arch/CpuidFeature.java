/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.Locale;

/**
 * The bits of CPUID that enumerate a feature of consequence to software run here. A leaf without sub-leaves is listed
 * with sub-leaf 0.
 */
@Sdm(section = "3.3", title = "CPUID - CPU Identification")
public enum CpuidFeature {
    SSE3(0x1, 0, Register.ECX, 0, "SSE3 extensions"),
    PCLMULQDQ(0x1, 0, Register.ECX, 1, "Carry-less multiplication"),
    MONITOR(0x1, 0, Register.ECX, 3, "MONITOR and MWAIT"),
    VMX(0x1, 0, Register.ECX, 5, "Virtual machine extensions"),
    SMX(0x1, 0, Register.ECX, 6, "Safer mode extensions"),
    SSSE3(0x1, 0, Register.ECX, 9, "SSSE3 extensions"),
    FMA(0x1, 0, Register.ECX, 12, "Fused multiply-add"),
    CMPXCHG16B(0x1, 0, Register.ECX, 13, "CMPXCHG16B"),
    PDCM(0x1, 0, Register.ECX, 15, "IA32_PERF_CAPABILITIES"),
    PCID(0x1, 0, Register.ECX, 17, "Process-context identifiers"),
    SSE4_1(0x1, 0, Register.ECX, 19, "SSE4.1 extensions"),
    SSE4_2(0x1, 0, Register.ECX, 20, "SSE4.2 extensions"),
    X2APIC(0x1, 0, Register.ECX, 21, "x2APIC mode"),
    MOVBE(0x1, 0, Register.ECX, 22, "MOVBE"),
    POPCNT(0x1, 0, Register.ECX, 23, "POPCNT"),
    TSC_DEADLINE(0x1, 0, Register.ECX, 24, "TSC-deadline mode of the local APIC timer"),
    AESNI(0x1, 0, Register.ECX, 25, "AES instructions"),
    XSAVE(0x1, 0, Register.ECX, 26, "XSAVE feature set"),
    OSXSAVE(0x1, 0, Register.ECX, 27, "CR4.OSXSAVE is 1"),
    AVX(0x1, 0, Register.ECX, 28, "AVX extensions"),
    F16C(0x1, 0, Register.ECX, 29, "Half-precision conversions"),
    RDRAND(0x1, 0, Register.ECX, 30, "RDRAND"),
    HYPERVISOR(0x1, 0, Register.ECX, 31, "Reserved by the manual as 0; hypervisors set it for their guests"),
    FPU(0x1, 0, Register.EDX, 0, "x87 floating-point unit"),
    VME(0x1, 0, Register.EDX, 1, "Virtual-8086 mode enhancements"),
    DE(0x1, 0, Register.EDX, 2, "Debugging extensions"),
    PSE(0x1, 0, Register.EDX, 3, "Page size extension"),
    TSC(0x1, 0, Register.EDX, 4, "Time-stamp counter"),
    MSR(0x1, 0, Register.EDX, 5, "RDMSR and WRMSR"),
    PAE(0x1, 0, Register.EDX, 6, "Physical address extension"),
    MCE(0x1, 0, Register.EDX, 7, "Machine-check exception"),
    CX8(0x1, 0, Register.EDX, 8, "CMPXCHG8B"),
    APIC(0x1, 0, Register.EDX, 9, "On-chip local APIC"),
    SEP(0x1, 0, Register.EDX, 11, "SYSENTER and SYSEXIT"),
    MTRR(0x1, 0, Register.EDX, 12, "Memory type range registers"),
    PGE(0x1, 0, Register.EDX, 13, "Global pages"),
    MCA(0x1, 0, Register.EDX, 14, "Machine-check architecture"),
    CMOV(0x1, 0, Register.EDX, 15, "Conditional moves"),
    PAT(0x1, 0, Register.EDX, 16, "Page attribute table"),
    PSE_36(0x1, 0, Register.EDX, 17, "36-bit page size extension"),
    PSN(0x1, 0, Register.EDX, 18, "Processor serial number"),
    CLFSH(0x1, 0, Register.EDX, 19, "CLFLUSH"),
    DS(0x1, 0, Register.EDX, 21, "Debug store"),
    ACPI(0x1, 0, Register.EDX, 22, "Thermal monitor and clock control"),
    MMX(0x1, 0, Register.EDX, 23, "MMX technology"),
    FXSR(0x1, 0, Register.EDX, 24, "FXSAVE and FXRSTOR"),
    SSE(0x1, 0, Register.EDX, 25, "SSE extensions"),
    SSE2(0x1, 0, Register.EDX, 26, "SSE2 extensions"),
    SS(0x1, 0, Register.EDX, 27, "Self snoop"),
    HTT(0x1, 0, Register.EDX, 28, "The maximum number of logical processor IDs is valid"),
    TM(0x1, 0, Register.EDX, 29, "Thermal monitor"),
    ARAT(0x6, 0, Register.EAX, 2, "The local APIC timer always runs"),
    FSGSBASE(0x7, 0, Register.EBX, 0, "RDFSBASE and its kin"),
    TSC_ADJUST(0x7, 0, Register.EBX, 1, "IA32_TSC_ADJUST"),
    SGX(0x7, 0, Register.EBX, 2, "Software guard extensions"),
    BMI1(0x7, 0, Register.EBX, 3, "BMI1 instructions"),
    HLE(0x7, 0, Register.EBX, 4, "Hardware lock elision"),
    AVX2(0x7, 0, Register.EBX, 5, "AVX2 extensions"),
    SMEP(0x7, 0, Register.EBX, 7, "Supervisor-mode execution prevention"),
    BMI2(0x7, 0, Register.EBX, 8, "BMI2 instructions"),
    ERMS(0x7, 0, Register.EBX, 9, "Enhanced REP MOVSB and STOSB"),
    INVPCID(0x7, 0, Register.EBX, 10, "INVPCID"),
    RTM(0x7, 0, Register.EBX, 11, "Restricted transactional memory"),
    MPX(0x7, 0, Register.EBX, 14, "Memory protection extensions"),
    AVX512F(0x7, 0, Register.EBX, 16, "AVX-512 foundation"),
    RDSEED(0x7, 0, Register.EBX, 18, "RDSEED"),
    ADX(0x7, 0, Register.EBX, 19, "ADCX and ADOX"),
    SMAP(0x7, 0, Register.EBX, 20, "Supervisor-mode access prevention"),
    CLFLUSHOPT(0x7, 0, Register.EBX, 23, "CLFLUSHOPT"),
    CLWB(0x7, 0, Register.EBX, 24, "CLWB"),
    INTEL_PT(0x7, 0, Register.EBX, 25, "Intel Processor Trace"),
    SHA(0x7, 0, Register.EBX, 29, "SHA instructions"),
    PREFETCHWT1(0x7, 0, Register.ECX, 0, "PREFETCHWT1"),
    UMIP(0x7, 0, Register.ECX, 2, "User-mode instruction prevention"),
    PKU(0x7, 0, Register.ECX, 3, "Protection keys for user-mode pages"),
    OSPKE(0x7, 0, Register.ECX, 4, "CR4.PKE is 1"),
    WAITPKG(0x7, 0, Register.ECX, 5, "UMONITOR, UMWAIT and TPAUSE"),
    CET_SS(0x7, 0, Register.ECX, 7, "Shadow stacks"),
    GFNI(0x7, 0, Register.ECX, 8, "Galois field instructions"),
    LA57(0x7, 0, Register.ECX, 16, "57-bit linear addresses"),
    RDPID(0x7, 0, Register.ECX, 22, "RDPID and IA32_TSC_AUX"),
    KL(0x7, 0, Register.ECX, 23, "Key Locker"),
    BUS_LOCK_DETECT(0x7, 0, Register.ECX, 24, "Bus-lock debug exceptions"),
    CLDEMOTE(0x7, 0, Register.ECX, 25, "CLDEMOTE"),
    MOVDIRI(0x7, 0, Register.ECX, 27, "MOVDIRI"),
    MOVDIR64B(0x7, 0, Register.ECX, 28, "MOVDIR64B"),
    ENQCMD(0x7, 0, Register.ECX, 29, "ENQCMD and ENQCMDS"),
    PKS(0x7, 0, Register.ECX, 31, "Protection keys for supervisor-mode pages"),
    FSRM(0x7, 0, Register.EDX, 4, "Fast short REP MOVSB"),
    UINTR(0x7, 0, Register.EDX, 5, "User interrupts"),
    MD_CLEAR(0x7, 0, Register.EDX, 10, "VERW overwrites buffers"),
    SERIALIZE(0x7, 0, Register.EDX, 14, "SERIALIZE"),
    PCONFIG(0x7, 0, Register.EDX, 18, "PCONFIG"),
    ARCH_LBR(0x7, 0, Register.EDX, 19, "Architectural last branch records"),
    CET_IBT(0x7, 0, Register.EDX, 20, "Indirect branch tracking"),
    IBRS_IBPB(0x7, 0, Register.EDX, 26, "IA32_SPEC_CTRL.IBRS and IA32_PRED_CMD"),
    STIBP(0x7, 0, Register.EDX, 27, "Single thread indirect branch predictors"),
    L1D_FLUSH(0x7, 0, Register.EDX, 28, "IA32_FLUSH_CMD"),
    ARCH_CAPABILITIES(0x7, 0, Register.EDX, 29, "IA32_ARCH_CAPABILITIES"),
    CORE_CAPABILITIES(0x7, 0, Register.EDX, 30, "IA32_CORE_CAPABILITIES"),
    SSBD(0x7, 0, Register.EDX, 31, "Speculative store bypass disable"),
    LASS(0x7, 1, Register.EAX, 6, "Linear-address-space separation"),
    FZRM(0x7, 1, Register.EAX, 10, "Fast zero-length REP MOVSB"),
    FSRS(0x7, 1, Register.EAX, 11, "Fast short REP STOSB"),
    FSRC(0x7, 1, Register.EAX, 12, "Fast short REP CMPSB and SCASB"),
    FRED(0x7, 1, Register.EAX, 17, "Flexible return and event delivery"),
    LKGS(0x7, 1, Register.EAX, 18, "LKGS"),
    WRMSRNS(0x7, 1, Register.EAX, 19, "WRMSRNS"),
    HRESET(0x7, 1, Register.EAX, 22, "HRESET"),
    LAM(0x7, 1, Register.EAX, 26, "Linear address masking"),
    MSRLIST(0x7, 1, Register.EAX, 27, "RDMSRLIST and WRMSRLIST"),
    CET_SSS(0x7, 1, Register.EDX, 18, "Supervisor shadow stacks cannot be prematurely busy"),
    XSAVEOPT(0xd, 1, Register.EAX, 0, "XSAVEOPT"),
    XSAVEC(0xd, 1, Register.EAX, 1, "XSAVEC and compacted XRSTOR"),
    XGETBV_ECX_1(0xd, 1, Register.EAX, 2, "XGETBV with ECX = 1"),
    XSAVES(0xd, 1, Register.EAX, 3, "XSAVES, XRSTORS and IA32_XSS"),
    XFD(0xd, 1, Register.EAX, 4, "Extended feature disable"),
    LAHF_SAHF(0x80000001, 0, Register.ECX, 0, "LAHF and SAHF in 64-bit mode"),
    LZCNT(0x80000001, 0, Register.ECX, 5, "LZCNT"),
    PREFETCHW(0x80000001, 0, Register.ECX, 8, "PREFETCHW"),
    SYSCALL(0x80000001, 0, Register.EDX, 11, "SYSCALL and SYSRET in 64-bit mode"),
    NX(0x80000001, 0, Register.EDX, 20, "Execute-disable bit"),
    PAGE_1GB(0x80000001, 0, Register.EDX, 26, "1-GByte pages"),
    RDTSCP(0x80000001, 0, Register.EDX, 27, "RDTSCP and IA32_TSC_AUX"),
    INTEL_64(0x80000001, 0, Register.EDX, 29, "Intel 64 architecture"),
    INVARIANT_TSC(0x80000007, 0, Register.EDX, 8, "The time-stamp counter runs at a constant rate"),
    WBNOINVD(0x80000008, 0, Register.EBX, 9, "WBNOINVD");

    /** The registers CPUID returns data in. */
    public enum Register {
        EAX, EBX, ECX, EDX
    }

    private final int leaf;
    private final int subleaf;
    private final Register register;
    private final int bit;
    private final String title;

    CpuidFeature(int leaf, int subleaf, Register register, int bit, String title) {
        this.leaf = leaf;
        this.subleaf = subleaf;
        this.register = register;
        this.bit = bit;
        this.title = title;
    }

    /**
     * The leaf: EAX on input.
     *
     * @return an unsigned 32-bit number
     */
    public int leaf() {
        return leaf;
    }

    /**
     * The sub-leaf: ECX on input.
     *
     * @return the sub-leaf, 0 if the leaf has none
     */
    public int subleaf() {
        return subleaf;
    }

    /**
     * The register that holds the bit on output.
     *
     * @return the register
     */
    public Register register() {
        return register;
    }

    /**
     * The bit's number.
     *
     * @return 0 to 31
     */
    public int bit() {
        return bit;
    }

    /**
     * What the bit stands for.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * The manual's notation.
     *
     * @return for example {@code "CPUID.07H:EBX.SMEP[bit 7]"} or, for other sub-leaves than 0,
     *     {@code "CPUID.(EAX=07H,ECX=1):EAX.FRED[bit 17]"}
     */
    public String citation() {
        String input = subleaf == 0 ? String.format(Locale.ROOT, "%02XH", leaf)
                : String.format(Locale.ROOT, "(EAX=%02XH,ECX=%d)", leaf, subleaf);
        return "CPUID." + input + ":" + register + "." + name() + "[bit " + bit + "]";
    }
}
