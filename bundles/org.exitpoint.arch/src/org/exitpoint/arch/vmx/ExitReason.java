/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/**
 * The basic exit reasons.
 *
 * <p>Constants are named after the manual's entry; "Guest software attempted to execute X" is simply {@code X}.
 */
@Sdm(section = "C", title = "VMX Basic Exit Reasons")
public enum ExitReason {
    EXCEPTION_OR_NMI(0,
            "An exception occurred whose bit in the exception bitmap was 1, or an NMI was delivered while \"NMI "
                    + "exiting\" was 1.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.INTERRUPTION_INFORMATION),
    EXTERNAL_INTERRUPT(1, "An external interrupt arrived while \"external-interrupt exiting\" was 1.",
            Information.INTERRUPTION_INFORMATION),
    TRIPLE_FAULT(2,
            "An exception occurred while the processor called the double-fault handler, and caused no VM exit itself."),
    INIT_SIGNAL(3, "An INIT signal arrived."),
    STARTUP_IPI(4, "A SIPI arrived while the processor was in the wait-for-SIPI state.", Information.QUALIFICATION),
    IO_SMI(5, "An SMI arrived immediately after an I/O instruction retired and caused an SMM VM exit.",
            Information.QUALIFICATION, Information.GUEST_LINEAR_ADDRESS),
    OTHER_SMI(6, "An SMI arrived, not immediately after an I/O instruction, and caused an SMM VM exit."),
    INTERRUPT_WINDOW(7,
            "RFLAGS.IF was 1 and nothing blocked interrupts at an instruction boundary while \"interrupt-window "
                    + "exiting\" was 1."),
    NMI_WINDOW(8, "There was no virtual-NMI blocking at an instruction boundary while \"NMI-window exiting\" was 1."),
    TASK_SWITCH(9, "Guest software attempted a task switch.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH),
    CPUID(10, "Guest software attempted to execute CPUID.", Information.INSTRUCTION_LENGTH),
    GETSEC(11, "Guest software attempted to execute GETSEC.", Information.INSTRUCTION_LENGTH),
    HLT(12, "Guest software attempted to execute HLT while \"HLT exiting\" was 1.", Information.INSTRUCTION_LENGTH),
    INVD(13, "Guest software attempted to execute INVD.", Information.INSTRUCTION_LENGTH),
    INVLPG(14, "Guest software attempted to execute INVLPG while \"INVLPG exiting\" was 1.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH),
    RDPMC(15, "Guest software attempted to execute RDPMC while \"RDPMC exiting\" was 1.",
            Information.INSTRUCTION_LENGTH),
    RDTSC(16, "Guest software attempted to execute RDTSC while \"RDTSC exiting\" was 1.",
            Information.INSTRUCTION_LENGTH),
    RSM(17, "Guest software attempted to execute RSM in SMM.", Information.INSTRUCTION_LENGTH),
    VMCALL(18, "VMCALL was executed by guest software, or by the executive monitor (an SMM VM exit).",
            Information.INSTRUCTION_LENGTH),
    VMCLEAR(19, "Guest software attempted to execute VMCLEAR.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    VMLAUNCH(20, "Guest software attempted to execute VMLAUNCH.", Information.INSTRUCTION_LENGTH),
    VMPTRLD(21, "Guest software attempted to execute VMPTRLD.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    VMPTRST(22, "Guest software attempted to execute VMPTRST.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    VMREAD(23, "Guest software attempted to execute VMREAD.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.INSTRUCTION_INFORMATION),
    VMRESUME(24, "Guest software attempted to execute VMRESUME.", Information.INSTRUCTION_LENGTH),
    VMWRITE(25, "Guest software attempted to execute VMWRITE.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    VMXOFF(26, "Guest software attempted to execute VMXOFF.", Information.INSTRUCTION_LENGTH),
    VMXON(27, "Guest software attempted to execute VMXON.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.INSTRUCTION_INFORMATION),
    CR_ACCESS(28,
            "Guest software accessed CR0, CR3, CR4 or CR8 by CLTS, LMSW or MOV CR, and the VM-execution controls "
                    + "called for an exit.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.GUEST_LINEAR_ADDRESS),
    MOV_DR(29, "Guest software attempted a MOV to or from a debug register while \"MOV-DR exiting\" was 1.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH),
    IO_INSTRUCTION(30,
            "Guest software attempted an I/O instruction, and the I/O bitmaps or \"unconditional I/O exiting\" "
                    + "called for an exit.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.INSTRUCTION_INFORMATION, Information.GUEST_LINEAR_ADDRESS),
    RDMSR(31,
            "Guest software attempted RDMSR, and the MSR bitmaps were not used, did not cover RCX, or had its read "
                    + "bit set.", Information.INSTRUCTION_LENGTH),
    WRMSR(32,
            "Guest software attempted WRMSR, and the MSR bitmaps were not used, did not cover RCX, or had its write "
                    + "bit set.", Information.INSTRUCTION_LENGTH),
    ENTRY_FAILURE_GUEST_STATE(33, "A VM entry failed one of the checks on the guest-state area.",
            Information.QUALIFICATION),
    ENTRY_FAILURE_MSR_LOADING(34,
            "A VM entry failed while loading MSRs; the exit qualification is the number of the entry.",
            Information.QUALIFICATION),
    MWAIT(36, "Guest software attempted to execute MWAIT while \"MWAIT exiting\" was 1.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH),
    MONITOR_TRAP_FLAG(37, "A VM exit was pending because of \"monitor trap flag\", or was injected by VM entry."),
    MONITOR(39, "Guest software attempted to execute MONITOR while \"MONITOR exiting\" was 1.",
            Information.INSTRUCTION_LENGTH),
    PAUSE(40,
            "Guest software executed PAUSE while \"PAUSE exiting\" was 1, or a PAUSE loop ran longer than PLE_Window.",
            Information.INSTRUCTION_LENGTH),
    ENTRY_FAILURE_MACHINE_CHECK(41, "A machine-check event occurred during VM entry."),
    TPR_BELOW_THRESHOLD(43, "Bits 7:4 of the virtual task-priority register fell below the TPR threshold."),
    APIC_ACCESS(44, "Guest software accessed the APIC-access page while \"virtualize APIC accesses\" was 1.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH),
    VIRTUALIZED_EOI(45, "EOI virtualization was performed for a vector whose bit in the EOI-exit bitmap was 1.",
            Information.QUALIFICATION),
    GDTR_IDTR_ACCESS(46, "Guest software attempted LGDT, LIDT, SGDT or SIDT while \"descriptor-table exiting\" was 1.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    LDTR_TR_ACCESS(47, "Guest software attempted LLDT, LTR, SLDT or STR while \"descriptor-table exiting\" was 1.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    EPT_VIOLATION(48, "The EPT paging structures disallowed an access to a guest-physical address.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.GUEST_LINEAR_ADDRESS,
            Information.GUEST_PHYSICAL_ADDRESS),
    EPT_MISCONFIGURATION(49,
            "An access to a guest-physical address met an EPT paging-structure entry with an illegal value.",
            Information.GUEST_PHYSICAL_ADDRESS),
    INVEPT(50, "Guest software attempted to execute INVEPT.", Information.QUALIFICATION, Information.INSTRUCTION_LENGTH,
            Information.INSTRUCTION_INFORMATION),
    RDTSCP(51, "Guest software attempted RDTSCP while \"enable RDTSCP\" and \"RDTSC exiting\" were 1.",
            Information.INSTRUCTION_LENGTH),
    PREEMPTION_TIMER(52, "The VMX-preemption timer counted down to zero."),
    INVVPID(53, "Guest software attempted to execute INVVPID.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    WBINVD_OR_WBNOINVD(54, "Guest software attempted WBINVD or WBNOINVD while \"WBINVD exiting\" was 1.",
            Information.INSTRUCTION_LENGTH),
    XSETBV(55, "Guest software attempted to execute XSETBV.", Information.INSTRUCTION_LENGTH),
    APIC_WRITE(56, "Guest software completed a write to the virtual-APIC page that the hypervisor must virtualize.",
            Information.QUALIFICATION),
    RDRAND(57, "Guest software attempted to execute RDRAND while \"RDRAND exiting\" was 1.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    INVPCID(58, "Guest software attempted INVPCID while \"enable INVPCID\" and \"INVLPG exiting\" were 1.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    VMFUNC(59, "Guest software invoked a VM function that is not enabled or that called for a VM exit.",
            Information.INSTRUCTION_LENGTH),
    ENCLS(60, "Guest software attempted ENCLS, and the ENCLS-exiting bitmap called for an exit.",
            Information.INSTRUCTION_LENGTH),
    RDSEED(61, "Guest software attempted to execute RDSEED while \"RDSEED exiting\" was 1.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    PAGE_MODIFICATION_LOG_FULL(62,
            "The processor attempted to create a page-modification log entry, and the PML index was not in 0 to 511.",
            Information.QUALIFICATION),
    XSAVES(63,
            "Guest software attempted XSAVES, and a bit set in EDX:EAX and IA32_XSS is set in the XSS-exiting bitmap.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    XRSTORS(64,
            "Guest software attempted XRSTORS, and a bit set in EDX:EAX and IA32_XSS is set in the XSS-exiting bitmap.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    PCONFIG(65, "Guest software attempted PCONFIG, and the PCONFIG-exiting bitmap called for an exit.",
            Information.INSTRUCTION_LENGTH),
    SPP_RELATED_EVENT(66, "The processor met a sub-page-permission miss or misconfiguration.",
            Information.QUALIFICATION, Information.GUEST_LINEAR_ADDRESS, Information.GUEST_PHYSICAL_ADDRESS),
    UMWAIT(67, "Guest software attempted UMWAIT while \"enable user wait and pause\" and \"RDTSC exiting\" were 1.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    TPAUSE(68, "Guest software attempted TPAUSE while \"enable user wait and pause\" and \"RDTSC exiting\" were 1.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    LOADIWKEY(69, "Guest software attempted to execute LOADIWKEY while \"LOADIWKEY exiting\" was 1.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    ENCLV(70, "Guest software attempted ENCLV, and the ENCLV-exiting bitmap called for an exit.",
            Information.INSTRUCTION_LENGTH),
    ENQCMD_PASID_TRANSLATION_FAILURE(72, "A VM exit was caused by PASID translation during ENQCMD.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    ENQCMDS_PASID_TRANSLATION_FAILURE(73, "A VM exit was caused by PASID translation during ENQCMDS.",
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    BUS_LOCK(74, "The processor asserted a bus lock while \"VMM bus-lock detection\" was 1."),
    INSTRUCTION_TIMEOUT(75, "An operation prevented the processor from reaching an instruction boundary for too long.",
            Information.QUALIFICATION),
    SEAMCALL(76, "Guest software attempted to execute SEAMCALL.", Information.INSTRUCTION_LENGTH),
    TDCALL(77, "Guest software attempted to execute TDCALL.", Information.INSTRUCTION_LENGTH),
    RDMSRLIST(78, "Guest software attempted RDMSRLIST, and the MSR bitmaps called for an exit.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH),
    WRMSRLIST(79, "Guest software attempted WRMSRLIST, and the MSR bitmaps called for an exit.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH),
    URDMSR(80, "Guest software attempted URDMSR, and the MSR bitmaps called for an exit.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    UWRMSR(81, "Guest software attempted UWRMSR, and the MSR bitmaps called for an exit.", Information.QUALIFICATION,
            Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    RDMSR_IMMEDIATE(84,
            "Guest software attempted RDMSR with an immediate operand, and the MSR bitmaps called for an exit.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION),
    WRMSRNS_IMMEDIATE(85,
            "Guest software attempted WRMSRNS with an immediate operand, and the MSR bitmaps called for an exit.",
            Information.QUALIFICATION, Information.INSTRUCTION_LENGTH, Information.INSTRUCTION_INFORMATION);

    /** VM-exit information besides the exit reason itself that a VM exit may provide. */
    @Sdm(section = "29.2", title = "Recording VM-Exit Information and Updating VM-Entry Control Fields")
    public enum Information {
        /** The exit qualification; for exceptions of #DB, #PF and #NM only. */
        QUALIFICATION(VmcsField.EXIT_QUALIFICATION),
        /** The guest-linear address; for some causes of the exit only. */
        GUEST_LINEAR_ADDRESS(VmcsField.GUEST_LINEAR_ADDRESS),
        /** The guest-physical address. */
        GUEST_PHYSICAL_ADDRESS(VmcsField.GUEST_PHYSICAL_ADDRESS),
        /** VM-exit interruption information and error code. */
        INTERRUPTION_INFORMATION(VmcsField.VM_EXIT_INTERRUPTION_INFORMATION,
                VmcsField.VM_EXIT_INTERRUPTION_ERROR_CODE),
        /** The VM-exit instruction length; also valid for exits during delivery of software events. */
        INSTRUCTION_LENGTH(VmcsField.VM_EXIT_INSTRUCTION_LENGTH),
        /** The VM-exit instruction information. */
        INSTRUCTION_INFORMATION(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION);

        private final List<VmcsField> fields;

        Information(VmcsField... fields) {
            this.fields = List.of(fields);
        }

        /**
         * The fields that carry the information.
         *
         * @return an unmodifiable list
         */
        public List<VmcsField> fields() {
            return fields;
        }
    }

    /** Bits 15:0 of the exit-reason field: the number of the basic exit reason. */
    public static final BitRange BASIC_REASON = new BitRange(0, 15);
    /** Bit 25 of the exit-reason field: a shadow-stack access prematurely set the busy bit. */
    public static final BitRange BUSY_SHADOW_STACK = BitRange.bit(25);
    /** Bit 26 of the exit-reason field: the bus was locked before the VM exit. */
    public static final BitRange BUS_LOCK_DETECTED = BitRange.bit(26);
    /** Bit 27 of the exit-reason field: the VM exit was incident to enclave mode. */
    public static final BitRange ENCLAVE_MODE = BitRange.bit(27);
    /** Bit 28 of the exit-reason field: an MTF VM exit was pending (SMM VM exits only). */
    public static final BitRange PENDING_MTF = BitRange.bit(28);
    /** Bit 29 of the exit-reason field: the VM exit came from VMX root operation (SMM VM exits only). */
    public static final BitRange FROM_ROOT = BitRange.bit(29);
    /** Bit 31 of the exit-reason field: the exit is a VM-entry failure. */
    public static final BitRange ENTRY_FAILURE = BitRange.bit(31);

    private static final ExitReason[] BY_NUMBER;

    static {
        ExitReason[] reasons = values();
        BY_NUMBER = new ExitReason[reasons[reasons.length - 1].number + 1];
        for (ExitReason reason : reasons) {
            BY_NUMBER[reason.number] = reason;
        }
    }

    private final int number;
    private final String meaning;
    private final Set<Information> information;

    ExitReason(int number, String meaning, Information... information) {
        this.number = number;
        this.meaning = meaning;
        EnumSet<Information> set = EnumSet.noneOf(Information.class);
        set.addAll(List.of(information));
        this.information = Collections.unmodifiableSet(set);
    }

    /**
     * The basic exit reason.
     *
     * @return its number, bits 15:0 of the exit-reason field
     */
    public int number() {
        return number;
    }

    /**
     * What happened.
     *
     * @return one sentence
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Which other VM-exit information such an exit provides.
     *
     * @return an unmodifiable set, in the order of the constants
     */
    public Set<Information> information() {
        return information;
    }

    /**
     * Whether this exit is a VM-entry failure: guest state was not, or not wholly, loaded.
     *
     * @return true for reasons 33, 34 and 41
     */
    public boolean isEntryFailure() {
        return this == ENTRY_FAILURE_GUEST_STATE || this == ENTRY_FAILURE_MSR_LOADING
                || this == ENTRY_FAILURE_MACHINE_CHECK;
    }

    /**
     * The exit-reason field as a VM exit with this reason writes it, with no modifier bits but {@link #ENTRY_FAILURE}.
     *
     * @return the 32-bit field, zero-extended
     */
    public long field() {
        return isEntryFailure() ? number | ENTRY_FAILURE.mask() : number;
    }

    /**
     * Finds a reason by its number.
     *
     * @param number a basic exit reason
     * @return the reason, or null if the manual knows none of this number
     */
    public static ExitReason ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /**
     * Decodes the exit-reason field; modifier bits are ignored.
     *
     * @param field the field
     * @return the reason, or null if the manual knows none of this number
     */
    public static ExitReason ofField(long field) {
        return ofNumber((int) BASIC_REASON.extract(field));
    }
}
