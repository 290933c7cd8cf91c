/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.msr;

import java.util.Arrays;
import java.util.Locale;
import org.exitpoint.arch.Sdm;

/**
 * The architectural model-specific registers that have a name of their own, in ascending order of their addresses.
 * Those that come in numbered families are in {@link MsrFamily}.
 */
@Sdm(section = "2.1", title = "Architectural MSRs")
public enum Msr {
    IA32_P5_MC_ADDR(0x0, "Machine-check exception address of the Pentium processor"),
    IA32_P5_MC_TYPE(0x1, "Machine-check exception type of the Pentium processor"),
    IA32_MONITOR_FILTER_SIZE(0x6, "Size of the range MONITOR watches"),
    IA32_TIME_STAMP_COUNTER(0x10, "Time-stamp counter"),
    IA32_PLATFORM_ID(0x17, "Platform ID, bits 52:50"),
    IA32_APIC_BASE(0x1b, "Base address, mode and BSP flag of the local APIC"),
    IA32_FEATURE_CONTROL(0x3a, "Lock bit and enable bits for VMX, SMX and SGX"),
    IA32_TSC_ADJUST(0x3b, "Offset that is added to the time-stamp counter"),
    IA32_SPEC_CTRL(0x48, "Speculation control"),
    IA32_PRED_CMD(0x49, "Prediction command (write-only)"),
    IA32_PPIN_CTL(0x4e, "Control of the protected processor inventory number"),
    IA32_PPIN(0x4f, "Protected processor inventory number"),
    IA32_BIOS_UPDT_TRIG(0x79, "Microcode update trigger (write-only)"),
    IA32_BIOS_SIGN_ID(0x8b, "Microcode update signature"),
    IA32_SGXLEPUBKEYHASH0(0x8c, "Bits 63:0 of the hash of the SGX launch enclave key"),
    IA32_SGXLEPUBKEYHASH1(0x8d, "Bits 127:64 of the hash of the SGX launch enclave key"),
    IA32_SGXLEPUBKEYHASH2(0x8e, "Bits 191:128 of the hash of the SGX launch enclave key"),
    IA32_SGXLEPUBKEYHASH3(0x8f, "Bits 255:192 of the hash of the SGX launch enclave key"),
    IA32_SMM_MONITOR_CTL(0x9b, "Configuration of the SMM-transfer monitor"),
    IA32_SMBASE(0x9e, "Base address of the SMRAM image (readable in SMM only)"),
    IA32_MISC_PACKAGE_CTLS(0xbc, "Package-wide controls"),
    IA32_CORE_CAPABILITIES(0xcf, "Enumerates features of the core"),
    IA32_UMWAIT_CONTROL(0xe1, "Limits of UMWAIT and TPAUSE"),
    IA32_MPERF(0xe7, "Counter at the fixed frequency of the time-stamp counter"),
    IA32_APERF(0xe8, "Counter at the actual frequency"),
    IA32_MTRRCAP(0xfe, "MTRR capability"),
    IA32_ARCH_CAPABILITIES(0x10a, "Enumerates architectural features and immunities"),
    IA32_FLUSH_CMD(0x10b, "Flush command (write-only)"),
    IA32_TSX_CTRL(0x122, "Control of transactional memory"),
    IA32_SYSENTER_CS(0x174, "Code segment selector for SYSENTER"),
    IA32_SYSENTER_ESP(0x175, "Stack pointer for SYSENTER"),
    IA32_SYSENTER_EIP(0x176, "Instruction pointer for SYSENTER"),
    IA32_MCG_CAP(0x179, "Machine-check capability"),
    IA32_MCG_STATUS(0x17a, "Machine-check status"),
    IA32_MCG_CTL(0x17b, "Machine-check control"),
    IA32_PERF_STATUS(0x198, "Current performance state"),
    IA32_PERF_CTL(0x199, "Target performance state"),
    IA32_CLOCK_MODULATION(0x19a, "Clock modulation control"),
    IA32_THERM_INTERRUPT(0x19b, "Thermal interrupt control"),
    IA32_THERM_STATUS(0x19c, "Thermal status"),
    IA32_MISC_ENABLE(0x1a0, "Enables miscellaneous processor features"),
    IA32_ENERGY_PERF_BIAS(0x1b0, "Preference between performance and energy"),
    IA32_PACKAGE_THERM_STATUS(0x1b1, "Thermal status of the package"),
    IA32_PACKAGE_THERM_INTERRUPT(0x1b2, "Thermal interrupt control of the package"),
    IA32_XFD(0x1c4, "Extended feature disable control"),
    IA32_XFD_ERR(0x1c5, "XFD error code"),
    IA32_FRED_RSP0(0x1cc, "Stack pointer for FRED event delivery at stack level 0"),
    IA32_FRED_RSP1(0x1cd, "Stack pointer for FRED event delivery at stack level 1"),
    IA32_FRED_RSP2(0x1ce, "Stack pointer for FRED event delivery at stack level 2"),
    IA32_FRED_RSP3(0x1cf, "Stack pointer for FRED event delivery at stack level 3"),
    IA32_FRED_STKLVLS(0x1d0, "FRED stack level of each exception"),
    IA32_FRED_SSP1(0x1d1, "Shadow-stack pointer for FRED event delivery at stack level 1"),
    IA32_FRED_SSP2(0x1d2, "Shadow-stack pointer for FRED event delivery at stack level 2"),
    IA32_FRED_SSP3(0x1d3, "Shadow-stack pointer for FRED event delivery at stack level 3"),
    IA32_FRED_CONFIG(0x1d4, "Entry point and configuration of FRED event delivery"),
    IA32_DEBUGCTL(0x1d9, "Trace, profile and branch-stepping control"),
    IA32_LER_FROM_IP(0x1dd, "Source of the last branch before an exception or interrupt"),
    IA32_LER_TO_IP(0x1de, "Target of the last branch before an exception or interrupt"),
    IA32_LER_INFO(0x1e0, "Metadata of the last branch before an exception or interrupt"),
    IA32_SMRR_PHYSBASE(0x1f2, "Base of the system-management range"),
    IA32_SMRR_PHYSMASK(0x1f3, "Mask of the system-management range"),
    IA32_PLATFORM_DCA_CAP(0x1f8, "DCA capability of the platform"),
    IA32_CPU_DCA_CAP(0x1f9, "DCA capability of the processor"),
    IA32_DCA_0_CAP(0x1fa, "DCA type 0 status and control"),
    IA32_MTRR_FIX64K_00000(0x250, "Memory types of the fixed range that starts at 00000H, 64 KBytes each"),
    IA32_MTRR_FIX16K_80000(0x258, "Memory types of the fixed range that starts at 80000H, 16 KBytes each"),
    IA32_MTRR_FIX16K_A0000(0x259, "Memory types of the fixed range that starts at A0000H, 16 KBytes each"),
    IA32_MTRR_FIX4K_C0000(0x268, "Memory types of the fixed range that starts at C0000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_C8000(0x269, "Memory types of the fixed range that starts at C8000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_D0000(0x26a, "Memory types of the fixed range that starts at D0000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_D8000(0x26b, "Memory types of the fixed range that starts at D8000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_E0000(0x26c, "Memory types of the fixed range that starts at E0000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_E8000(0x26d, "Memory types of the fixed range that starts at E8000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_F0000(0x26e, "Memory types of the fixed range that starts at F0000H, 4 KBytes each"),
    IA32_MTRR_FIX4K_F8000(0x26f, "Memory types of the fixed range that starts at F8000H, 4 KBytes each"),
    IA32_PAT(0x277, "Page attribute table"),
    IA32_MTRR_DEF_TYPE(0x2ff, "Default memory type and enable bits of the MTRRs"),
    IA32_PERF_CAPABILITIES(0x345, "Enumerates performance-monitoring features"),
    IA32_FIXED_CTR_CTRL(0x38d, "Control of the fixed-function counters"),
    IA32_PERF_GLOBAL_STATUS(0x38e, "Overflow status of the counters"),
    IA32_PERF_GLOBAL_CTRL(0x38f, "Enable bits of the counters"),
    IA32_PERF_GLOBAL_STATUS_RESET(0x390, "Clears bits of the overflow status"),
    IA32_PERF_GLOBAL_STATUS_SET(0x391, "Sets bits of the overflow status"),
    IA32_PERF_GLOBAL_INUSE(0x392, "Tells which counters are in use"),
    IA32_PEBS_ENABLE(0x3f1, "Enables precise event-based sampling"),
    IA32_VMX_BASIC(0x480, "Basic VMX information"),
    IA32_VMX_PINBASED_CTLS(0x481, "Capability of the pin-based VM-execution controls"),
    IA32_VMX_PROCBASED_CTLS(0x482, "Capability of the primary processor-based VM-execution controls"),
    IA32_VMX_EXIT_CTLS(0x483, "Capability of the primary VM-exit controls"),
    IA32_VMX_ENTRY_CTLS(0x484, "Capability of the VM-entry controls"),
    IA32_VMX_MISC(0x485, "Miscellaneous VMX data"),
    IA32_VMX_CR0_FIXED0(0x486, "Bits that must be 1 in CR0 in VMX operation"),
    IA32_VMX_CR0_FIXED1(0x487, "Bits that may be 1 in CR0 in VMX operation"),
    IA32_VMX_CR4_FIXED0(0x488, "Bits that must be 1 in CR4 in VMX operation"),
    IA32_VMX_CR4_FIXED1(0x489, "Bits that may be 1 in CR4 in VMX operation"),
    IA32_VMX_VMCS_ENUM(0x48a, "Highest index of any VMCS field"),
    IA32_VMX_PROCBASED_CTLS2(0x48b, "Capability of the secondary processor-based VM-execution controls"),
    IA32_VMX_EPT_VPID_CAP(0x48c, "Capabilities of EPT and VPID"),
    IA32_VMX_TRUE_PINBASED_CTLS(0x48d, "True capability of the pin-based VM-execution controls"),
    IA32_VMX_TRUE_PROCBASED_CTLS(0x48e, "True capability of the primary processor-based VM-execution controls"),
    IA32_VMX_TRUE_EXIT_CTLS(0x48f, "True capability of the primary VM-exit controls"),
    IA32_VMX_TRUE_ENTRY_CTLS(0x490, "True capability of the VM-entry controls"),
    IA32_VMX_VMFUNC(0x491, "Capability of the VM-function controls"),
    IA32_VMX_PROCBASED_CTLS3(0x492, "Capability of the tertiary processor-based VM-execution controls"),
    IA32_VMX_EXIT_CTLS2(0x493, "Capability of the secondary VM-exit controls"),
    IA32_MCG_EXT_CTL(0x4d0, "Enables local machine checks"),
    IA32_SGX_SVN_STATUS(0x500, "SGX security version of the SINIT module"),
    IA32_RTIT_OUTPUT_BASE(0x560, "Base of the trace output"),
    IA32_RTIT_OUTPUT_MASK_PTRS(0x561, "Mask and position of the trace output"),
    IA32_RTIT_CTL(0x570, "Control of Intel Processor Trace"),
    IA32_RTIT_STATUS(0x571, "Status of Intel Processor Trace"),
    IA32_RTIT_CR3_MATCH(0x572, "CR3 value that tracing is filtered by"),
    IA32_DS_AREA(0x600, "Address of the debug store save area"),
    IA32_U_CET(0x6a0, "Control-flow enforcement in user mode"),
    IA32_S_CET(0x6a2, "Control-flow enforcement in supervisor mode"),
    IA32_PL0_SSP(0x6a4, "Shadow-stack pointer for privilege level 0"),
    IA32_PL1_SSP(0x6a5, "Shadow-stack pointer for privilege level 1"),
    IA32_PL2_SSP(0x6a6, "Shadow-stack pointer for privilege level 2"),
    IA32_PL3_SSP(0x6a7, "Shadow-stack pointer for privilege level 3"),
    IA32_INTERRUPT_SSP_TABLE_ADDR(0x6a8, "Address of the interrupt shadow-stack table"),
    IA32_TSC_DEADLINE(0x6e0, "Deadline of the local APIC timer in TSC-deadline mode"),
    IA32_PKRS(0x6e1, "Protection-key rights for supervisor pages"),
    IA32_PM_ENABLE(0x770, "Enables hardware-controlled performance states"),
    IA32_HWP_CAPABILITIES(0x771, "Range of hardware-controlled performance states"),
    IA32_HWP_REQUEST_PKG(0x772, "Request for the package"),
    IA32_HWP_INTERRUPT(0x773, "Notification of performance changes"),
    IA32_HWP_REQUEST(0x774, "Request for the logical processor"),
    IA32_HWP_STATUS(0x777, "Status of hardware-controlled performance states"),
    IA32_X2APIC_APICID(0x802, "x2APIC ID"),
    IA32_X2APIC_VERSION(0x803, "x2APIC version"),
    IA32_X2APIC_TPR(0x808, "x2APIC task priority"),
    IA32_X2APIC_PPR(0x80a, "x2APIC processor priority"),
    IA32_X2APIC_EOI(0x80b, "x2APIC end of interrupt (write-only)"),
    IA32_X2APIC_LDR(0x80d, "x2APIC logical destination"),
    IA32_X2APIC_SIVR(0x80f, "x2APIC spurious interrupt vector"),
    IA32_X2APIC_ESR(0x828, "x2APIC error status"),
    IA32_X2APIC_LVT_CMCI(0x82f, "x2APIC local vector: corrected machine check"),
    IA32_X2APIC_ICR(0x830, "x2APIC interrupt command"),
    IA32_X2APIC_LVT_TIMER(0x832, "x2APIC local vector: timer"),
    IA32_X2APIC_LVT_THERMAL(0x833, "x2APIC local vector: thermal sensor"),
    IA32_X2APIC_LVT_PMI(0x834, "x2APIC local vector: performance monitoring"),
    IA32_X2APIC_LVT_LINT0(0x835, "x2APIC local vector: LINT0"),
    IA32_X2APIC_LVT_LINT1(0x836, "x2APIC local vector: LINT1"),
    IA32_X2APIC_LVT_ERROR(0x837, "x2APIC local vector: error"),
    IA32_X2APIC_INIT_COUNT(0x838, "x2APIC initial count of the timer"),
    IA32_X2APIC_CUR_COUNT(0x839, "x2APIC current count of the timer"),
    IA32_X2APIC_DIV_CONF(0x83e, "x2APIC divide configuration of the timer"),
    IA32_X2APIC_SELF_IPI(0x83f, "x2APIC self IPI (write-only)"),
    IA32_UINTR_RR(0x985, "User-interrupt request register"),
    IA32_UINTR_HANDLER(0x986, "Address of the user-interrupt handler"),
    IA32_UINTR_STACKADJUST(0x987, "Stack adjustment for user interrupts"),
    IA32_UINTR_MISC(0x988, "UITT size and UINV"),
    IA32_UINTR_PD(0x989, "Address of the user posted-interrupt descriptor"),
    IA32_UINTR_TT(0x98a, "Address of the user-interrupt target table"),
    IA32_DEBUG_INTERFACE(0xc80, "Silicon debug feature control"),
    IA32_L3_QOS_CFG(0xc81, "L3 cache allocation configuration"),
    IA32_L2_QOS_CFG(0xc82, "L2 cache allocation configuration"),
    IA32_QM_EVTSEL(0xc8d, "Monitoring event select"),
    IA32_QM_CTR(0xc8e, "Monitoring counter"),
    IA32_PQR_ASSOC(0xc8f, "Resource association"),
    IA32_BNDCFGS(0xd90, "Supervisor-mode bounds configuration"),
    IA32_PASID(0xd93, "Process address-space identifier for ENQCMD"),
    IA32_XSS(0xda0, "Supervisor state components that XSAVES saves"),
    IA32_PKG_HDC_CTL(0xdb0, "Package-level hardware duty cycling"),
    IA32_PM_CTL1(0xdb1, "Enables hardware duty cycling of the logical processor"),
    IA32_THREAD_STALL(0xdb2, "Cycles stalled by hardware duty cycling"),
    IA32_LBR_CTL(0x14ce, "Control of last branch records"),
    IA32_LBR_DEPTH(0x14cf, "Number of last branch records"),
    IA32_EFER(0xc0000080, "Extended feature enables"),
    IA32_STAR(0xc0000081, "Segment selectors for SYSCALL and SYSRET"),
    IA32_LSTAR(0xc0000082, "Target RIP of SYSCALL in 64-bit mode"),
    IA32_CSTAR(0xc0000083, "Target RIP of SYSCALL in compatibility mode (not used by Intel processors)"),
    IA32_FMASK(0xc0000084, "RFLAGS bits that SYSCALL clears"),
    IA32_FS_BASE(0xc0000100, "Base address of FS"),
    IA32_GS_BASE(0xc0000101, "Base address of GS"),
    IA32_KERNEL_GS_BASE(0xc0000102, "Base address that SWAPGS exchanges with that of GS"),
    IA32_TSC_AUX(0xc0000103, "Value that RDTSCP and RDPID return");

    private static final Msr[] ALL = values();
    /** Addresses in unsigned ascending order, to be searched without boxing. */
    private static final long[] ADDRESSES =
            Arrays.stream(ALL).mapToLong(msr -> Integer.toUnsignedLong(msr.address)).toArray();

    private final int address;
    private final String title;

    Msr(int address, String title) {
        this.address = address;
        this.title = title;
    }

    /**
     * The value of ECX that selects the register.
     *
     * @return the address, an unsigned 32-bit number
     */
    public int address() {
        return address;
    }

    /**
     * What the register is for.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * Finds a register by its address.
     *
     * @param address the value of ECX
     * @return the register, or null if none of that address is listed here
     */
    public static Msr ofAddress(int address) {
        int index = Arrays.binarySearch(ADDRESSES, Integer.toUnsignedLong(address));
        return index < 0 ? null : ALL[index];
    }

    /**
     * Names any address.
     *
     * @param address the value of ECX
     * @return the register's name, one from {@link MsrFamily} (for example {@code "IA32_MTRR_PHYSBASE3"}), or the
     *     address in hexadecimal
     */
    public static String nameOf(int address) {
        Msr msr = ofAddress(address);
        if (msr != null) {
            return msr.name();
        }
        String member = MsrFamily.nameOf(address);
        return member != null ? member : String.format(Locale.ROOT, "0x%x", address);
    }
}
