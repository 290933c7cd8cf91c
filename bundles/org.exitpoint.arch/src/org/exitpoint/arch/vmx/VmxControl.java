/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/**
 * The VM-execution, VM-exit and VM-entry controls: the bits of the {@linkplain ControlWord control words}.
 *
 * <p>The constant's name is the manual's name in capitals; those of VM-exit and VM-entry controls start with
 * {@code EXIT_} and {@code ENTRY_}, because the manual uses some names in both.
 */
@Sdm(section = "26.6", title = "VM-Execution Control Fields")
public enum VmxControl implements BitField {
    EXTERNAL_INTERRUPT_EXITING(ControlWord.PIN_BASED, 0, "External-interrupt exiting"),
    NMI_EXITING(ControlWord.PIN_BASED, 3, "NMI exiting"),
    VIRTUAL_NMIS(ControlWord.PIN_BASED, 5, "Virtual NMIs"),
    ACTIVATE_VMX_PREEMPTION_TIMER(ControlWord.PIN_BASED, 6, "Activate VMX-preemption timer"),
    PROCESS_POSTED_INTERRUPTS(ControlWord.PIN_BASED, 7, "Process posted interrupts"),
    INTERRUPT_WINDOW_EXITING(ControlWord.PRIMARY, 2, "Interrupt-window exiting"),
    USE_TSC_OFFSETTING(ControlWord.PRIMARY, 3, "Use TSC offsetting"),
    HLT_EXITING(ControlWord.PRIMARY, 7, "HLT exiting"),
    INVLPG_EXITING(ControlWord.PRIMARY, 9, "INVLPG exiting"),
    MWAIT_EXITING(ControlWord.PRIMARY, 10, "MWAIT exiting"),
    RDPMC_EXITING(ControlWord.PRIMARY, 11, "RDPMC exiting"),
    RDTSC_EXITING(ControlWord.PRIMARY, 12, "RDTSC exiting"),
    CR3_LOAD_EXITING(ControlWord.PRIMARY, 15, "CR3-load exiting"),
    CR3_STORE_EXITING(ControlWord.PRIMARY, 16, "CR3-store exiting"),
    ACTIVATE_TERTIARY_CONTROLS(ControlWord.PRIMARY, 17, "Activate tertiary controls"),
    CR8_LOAD_EXITING(ControlWord.PRIMARY, 19, "CR8-load exiting"),
    CR8_STORE_EXITING(ControlWord.PRIMARY, 20, "CR8-store exiting"),
    USE_TPR_SHADOW(ControlWord.PRIMARY, 21, "Use TPR shadow"),
    NMI_WINDOW_EXITING(ControlWord.PRIMARY, 22, "NMI-window exiting"),
    MOV_DR_EXITING(ControlWord.PRIMARY, 23, "MOV-DR exiting"),
    UNCONDITIONAL_IO_EXITING(ControlWord.PRIMARY, 24, "Unconditional I/O exiting"),
    USE_IO_BITMAPS(ControlWord.PRIMARY, 25, "Use I/O bitmaps"),
    MONITOR_TRAP_FLAG(ControlWord.PRIMARY, 27, "Monitor trap flag"),
    USE_MSR_BITMAPS(ControlWord.PRIMARY, 28, "Use MSR bitmaps"),
    MONITOR_EXITING(ControlWord.PRIMARY, 29, "MONITOR exiting"),
    PAUSE_EXITING(ControlWord.PRIMARY, 30, "PAUSE exiting"),
    ACTIVATE_SECONDARY_CONTROLS(ControlWord.PRIMARY, 31, "Activate secondary controls"),
    VIRTUALIZE_APIC_ACCESSES(ControlWord.SECONDARY, 0, "Virtualize APIC accesses"),
    ENABLE_EPT(ControlWord.SECONDARY, 1, "Enable EPT"),
    DESCRIPTOR_TABLE_EXITING(ControlWord.SECONDARY, 2, "Descriptor-table exiting"),
    ENABLE_RDTSCP(ControlWord.SECONDARY, 3, "Enable RDTSCP"),
    VIRTUALIZE_X2APIC_MODE(ControlWord.SECONDARY, 4, "Virtualize x2APIC mode"),
    ENABLE_VPID(ControlWord.SECONDARY, 5, "Enable VPID"),
    WBINVD_EXITING(ControlWord.SECONDARY, 6, "WBINVD exiting"),
    UNRESTRICTED_GUEST(ControlWord.SECONDARY, 7, "Unrestricted guest"),
    APIC_REGISTER_VIRTUALIZATION(ControlWord.SECONDARY, 8, "APIC-register virtualization"),
    VIRTUAL_INTERRUPT_DELIVERY(ControlWord.SECONDARY, 9, "Virtual-interrupt delivery"),
    PAUSE_LOOP_EXITING(ControlWord.SECONDARY, 10, "PAUSE-loop exiting"),
    RDRAND_EXITING(ControlWord.SECONDARY, 11, "RDRAND exiting"),
    ENABLE_INVPCID(ControlWord.SECONDARY, 12, "Enable INVPCID"),
    ENABLE_VM_FUNCTIONS(ControlWord.SECONDARY, 13, "Enable VM functions"),
    VMCS_SHADOWING(ControlWord.SECONDARY, 14, "VMCS shadowing"),
    ENABLE_ENCLS_EXITING(ControlWord.SECONDARY, 15, "Enable ENCLS exiting"),
    RDSEED_EXITING(ControlWord.SECONDARY, 16, "RDSEED exiting"),
    ENABLE_PML(ControlWord.SECONDARY, 17, "Enable PML"),
    EPT_VIOLATION_VE(ControlWord.SECONDARY, 18, "EPT-violation #VE"),
    CONCEAL_VMX_FROM_PT(ControlWord.SECONDARY, 19, "Conceal VMX from PT"),
    ENABLE_XSAVES_XRSTORS(ControlWord.SECONDARY, 20, "Enable XSAVES/XRSTORS"),
    PASID_TRANSLATION(ControlWord.SECONDARY, 21, "PASID translation"),
    MODE_BASED_EXECUTE_CONTROL_FOR_EPT(ControlWord.SECONDARY, 22, "Mode-based execute control for EPT"),
    SUB_PAGE_WRITE_PERMISSIONS_FOR_EPT(ControlWord.SECONDARY, 23, "Sub-page write permissions for EPT"),
    INTEL_PT_USES_GUEST_PHYSICAL_ADDRESSES(ControlWord.SECONDARY, 24, "Intel PT uses guest physical addresses"),
    USE_TSC_SCALING(ControlWord.SECONDARY, 25, "Use TSC scaling"),
    ENABLE_USER_WAIT_AND_PAUSE(ControlWord.SECONDARY, 26, "Enable user wait and pause"),
    ENABLE_PCONFIG(ControlWord.SECONDARY, 27, "Enable PCONFIG"),
    ENABLE_ENCLV_EXITING(ControlWord.SECONDARY, 28, "Enable ENCLV exiting"),
    VMM_BUS_LOCK_DETECTION(ControlWord.SECONDARY, 30, "VMM bus-lock detection"),
    INSTRUCTION_TIMEOUT(ControlWord.SECONDARY, 31, "Instruction timeout"),
    LOADIWKEY_EXITING(ControlWord.TERTIARY, 0, "LOADIWKEY exiting"),
    ENABLE_HLAT(ControlWord.TERTIARY, 1, "Enable HLAT"),
    EPT_PAGING_WRITE_CONTROL(ControlWord.TERTIARY, 2, "EPT paging-write control"),
    GUEST_PAGING_VERIFICATION(ControlWord.TERTIARY, 3, "Guest-paging verification"),
    IPI_VIRTUALIZATION(ControlWord.TERTIARY, 4, "IPI virtualization"),
    ENABLE_MSR_LIST_INSTRUCTIONS(ControlWord.TERTIARY, 6, "Enable MSR-list instructions"),
    VIRTUALIZE_IA32_SPEC_CTRL(ControlWord.TERTIARY, 7, "Virtualize IA32_SPEC_CTRL"),
    EXIT_SAVE_DEBUG_CONTROLS(ControlWord.EXIT, 2, "Save debug controls"),
    EXIT_HOST_ADDRESS_SPACE_SIZE(ControlWord.EXIT, 9, "Host address-space size"),
    EXIT_LOAD_IA32_PERF_GLOBAL_CTRL(ControlWord.EXIT, 12, "Load IA32_PERF_GLOBAL_CTRL"),
    EXIT_ACKNOWLEDGE_INTERRUPT_ON_EXIT(ControlWord.EXIT, 15, "Acknowledge interrupt on exit"),
    EXIT_SAVE_IA32_PAT(ControlWord.EXIT, 18, "Save IA32_PAT"),
    EXIT_LOAD_IA32_PAT(ControlWord.EXIT, 19, "Load IA32_PAT"),
    EXIT_SAVE_IA32_EFER(ControlWord.EXIT, 20, "Save IA32_EFER"),
    EXIT_LOAD_IA32_EFER(ControlWord.EXIT, 21, "Load IA32_EFER"),
    EXIT_SAVE_VMX_PREEMPTION_TIMER_VALUE(ControlWord.EXIT, 22, "Save VMX-preemption timer value"),
    EXIT_CLEAR_IA32_BNDCFGS(ControlWord.EXIT, 23, "Clear IA32_BNDCFGS"),
    EXIT_CONCEAL_VMX_FROM_PT(ControlWord.EXIT, 24, "Conceal VMX from PT"),
    EXIT_CLEAR_IA32_RTIT_CTL(ControlWord.EXIT, 25, "Clear IA32_RTIT_CTL"),
    EXIT_CLEAR_IA32_LBR_CTL(ControlWord.EXIT, 26, "Clear IA32_LBR_CTL"),
    EXIT_CLEAR_UINV(ControlWord.EXIT, 27, "Clear UINV"),
    EXIT_LOAD_CET_STATE(ControlWord.EXIT, 28, "Load CET state"),
    EXIT_LOAD_PKRS(ControlWord.EXIT, 29, "Load PKRS"),
    EXIT_SAVE_IA32_PERF_GLOBAL_CTRL(ControlWord.EXIT, 30, "Save IA32_PERF_GLOBAL_CTRL"),
    EXIT_ACTIVATE_SECONDARY_CONTROLS(ControlWord.EXIT, 31, "Activate secondary controls"),
    EXIT_SAVE_FRED_STATE(ControlWord.SECONDARY_EXIT, 0, "Save FRED state"),
    EXIT_LOAD_FRED_STATE(ControlWord.SECONDARY_EXIT, 1, "Load FRED state"),
    EXIT_PREMATURELY_BUSY_SHADOW_STACK(ControlWord.SECONDARY_EXIT, 3, "Prematurely busy shadow stack"),
    ENTRY_LOAD_DEBUG_CONTROLS(ControlWord.ENTRY, 2, "Load debug controls"),
    ENTRY_IA_32E_MODE_GUEST(ControlWord.ENTRY, 9, "IA-32e mode guest"),
    ENTRY_TO_SMM(ControlWord.ENTRY, 10, "Entry to SMM"),
    ENTRY_DEACTIVATE_DUAL_MONITOR_TREATMENT(ControlWord.ENTRY, 11, "Deactivate dual-monitor treatment"),
    ENTRY_LOAD_IA32_PERF_GLOBAL_CTRL(ControlWord.ENTRY, 13, "Load IA32_PERF_GLOBAL_CTRL"),
    ENTRY_LOAD_IA32_PAT(ControlWord.ENTRY, 14, "Load IA32_PAT"),
    ENTRY_LOAD_IA32_EFER(ControlWord.ENTRY, 15, "Load IA32_EFER"),
    ENTRY_LOAD_IA32_BNDCFGS(ControlWord.ENTRY, 16, "Load IA32_BNDCFGS"),
    ENTRY_CONCEAL_VMX_FROM_PT(ControlWord.ENTRY, 17, "Conceal VMX from PT"),
    ENTRY_LOAD_IA32_RTIT_CTL(ControlWord.ENTRY, 18, "Load IA32_RTIT_CTL"),
    ENTRY_LOAD_UINV(ControlWord.ENTRY, 19, "Load UINV"),
    ENTRY_LOAD_CET_STATE(ControlWord.ENTRY, 20, "Load CET state"),
    ENTRY_LOAD_GUEST_IA32_LBR_CTL(ControlWord.ENTRY, 21, "Load guest IA32_LBR_CTL"),
    ENTRY_LOAD_PKRS(ControlWord.ENTRY, 22, "Load PKRS"),
    ENTRY_LOAD_FRED_STATE(ControlWord.ENTRY, 23, "Load FRED state");

    private final ControlWord word;
    private final BitRange range;
    private final String title;

    VmxControl(ControlWord word, int bit, String title) {
        this.word = word;
        this.range = BitRange.bit(bit);
        this.title = title;
    }

    /**
     * The control word that the bit belongs to; it names the VMCS field and the capability MSRs.
     *
     * @return the word
     */
    public ControlWord word() {
        return word;
    }

    @Override
    public BitRange range() {
        return range;
    }

    /** The manual's name, without the quotation marks it has there. */
    @Override
    public String title() {
        return title;
    }

    /**
     * The name as the manual prints it inside a sentence: quoted, starting in lower case unless that would change an
     * abbreviation.
     *
     * @return for example {@code "use TPR shadow"} or {@code "HLT exiting"}, with the quotation marks
     */
    public String quoted() {
        boolean word2Lower = title.length() > 1 && Character.isLowerCase(title.charAt(1));
        String text = word2Lower ? title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1) : title;
        return '"' + text + '"';
    }

    /**
     * The controls of one word.
     *
     * @param word the word
     * @return an unmodifiable list, in ascending order of bits
     */
    public static List<VmxControl> of(ControlWord word) {
        return Arrays.stream(values()).filter(control -> control.word == word).toList();
    }
}
