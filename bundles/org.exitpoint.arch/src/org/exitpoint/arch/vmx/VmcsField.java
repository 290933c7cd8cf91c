/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.stream.Stream;
import org.exitpoint.arch.Sdm;

/**
 * The fields of the virtual-machine control structure.
 *
 * <p>A constant says a field's encoding, its group for display and its name; all else follows: width, area and index
 * are bits of the encoding; from them follow who may write the field, whether its high half can be accessed, and where
 * it is stored. The constant's name is the manual's name in capitals.
 *
 * <p>A processor need not support every field: {@link VmcsFieldSupport} says which control a field came with.
 */
@Sdm(section = "B", title = "Field Encoding in VMCS")
public enum VmcsField {
    // Section B.1.1: 16-Bit Control Fields
    VIRTUAL_PROCESSOR_IDENTIFIER(0x0000, Group.EXECUTION_CONTROLS, "Virtual-processor identifier (VPID)"),
    POSTED_INTERRUPT_NOTIFICATION_VECTOR(0x0002, Group.EXECUTION_CONTROLS, "Posted-interrupt notification vector"),
    EPTP_INDEX(0x0004, Group.EXECUTION_CONTROLS, "EPTP index"),
    HLAT_PREFIX_SIZE(0x0006, Group.EXECUTION_CONTROLS, "HLAT prefix size"),
    LAST_PID_POINTER_INDEX(0x0008, Group.EXECUTION_CONTROLS, "Last PID-pointer index"),
    // Section B.1.2: 16-Bit Guest-State Fields
    GUEST_ES_SELECTOR(0x0800, Group.GUEST_SEGMENTS, "Guest ES selector"),
    GUEST_CS_SELECTOR(0x0802, Group.GUEST_SEGMENTS, "Guest CS selector"),
    GUEST_SS_SELECTOR(0x0804, Group.GUEST_SEGMENTS, "Guest SS selector"),
    GUEST_DS_SELECTOR(0x0806, Group.GUEST_SEGMENTS, "Guest DS selector"),
    GUEST_FS_SELECTOR(0x0808, Group.GUEST_SEGMENTS, "Guest FS selector"),
    GUEST_GS_SELECTOR(0x080a, Group.GUEST_SEGMENTS, "Guest GS selector"),
    GUEST_LDTR_SELECTOR(0x080c, Group.GUEST_SEGMENTS, "Guest LDTR selector"),
    GUEST_TR_SELECTOR(0x080e, Group.GUEST_SEGMENTS, "Guest TR selector"),
    GUEST_INTERRUPT_STATUS(0x0810, Group.GUEST_NON_REGISTER, "Guest interrupt status"),
    PML_INDEX(0x0812, Group.GUEST_NON_REGISTER, "PML index"),
    GUEST_UINV(0x0814, Group.GUEST_MSRS, "Guest UINV"),
    // Section B.1.3: 16-Bit Host-State Fields
    HOST_ES_SELECTOR(0x0c00, Group.HOST_SEGMENTS, "Host ES selector"),
    HOST_CS_SELECTOR(0x0c02, Group.HOST_SEGMENTS, "Host CS selector"),
    HOST_SS_SELECTOR(0x0c04, Group.HOST_SEGMENTS, "Host SS selector"),
    HOST_DS_SELECTOR(0x0c06, Group.HOST_SEGMENTS, "Host DS selector"),
    HOST_FS_SELECTOR(0x0c08, Group.HOST_SEGMENTS, "Host FS selector"),
    HOST_GS_SELECTOR(0x0c0a, Group.HOST_SEGMENTS, "Host GS selector"),
    HOST_TR_SELECTOR(0x0c0c, Group.HOST_SEGMENTS, "Host TR selector"),
    // Section B.2.1: 64-Bit Control Fields
    ADDRESS_OF_IO_BITMAP_A(0x2000, Group.EXECUTION_CONTROLS, "Address of I/O bitmap A"),
    ADDRESS_OF_IO_BITMAP_B(0x2002, Group.EXECUTION_CONTROLS, "Address of I/O bitmap B"),
    ADDRESS_OF_MSR_BITMAPS(0x2004, Group.EXECUTION_CONTROLS, "Address of MSR bitmaps"),
    VM_EXIT_MSR_STORE_ADDRESS(0x2006, Group.EXIT_CONTROLS, "VM-exit MSR-store address"),
    VM_EXIT_MSR_LOAD_ADDRESS(0x2008, Group.EXIT_CONTROLS, "VM-exit MSR-load address"),
    VM_ENTRY_MSR_LOAD_ADDRESS(0x200a, Group.ENTRY_CONTROLS, "VM-entry MSR-load address"),
    EXECUTIVE_VMCS_POINTER(0x200c, Group.EXECUTION_CONTROLS, "Executive-VMCS pointer"),
    PML_ADDRESS(0x200e, Group.EXECUTION_CONTROLS, "PML address"),
    TSC_OFFSET(0x2010, Group.EXECUTION_CONTROLS, "TSC offset"),
    VIRTUAL_APIC_ADDRESS(0x2012, Group.EXECUTION_CONTROLS, "Virtual-APIC address"),
    APIC_ACCESS_ADDRESS(0x2014, Group.EXECUTION_CONTROLS, "APIC-access address"),
    POSTED_INTERRUPT_DESCRIPTOR_ADDRESS(0x2016, Group.EXECUTION_CONTROLS, "Posted-interrupt descriptor address"),
    VM_FUNCTION_CONTROLS(0x2018, Group.EXECUTION_CONTROLS, "VM-function controls"),
    EPT_POINTER(0x201a, Group.EXECUTION_CONTROLS, "EPT pointer (EPTP)"),
    EOI_EXIT_BITMAP_0(0x201c, Group.EXECUTION_CONTROLS, "EOI-exit bitmap 0"),
    EOI_EXIT_BITMAP_1(0x201e, Group.EXECUTION_CONTROLS, "EOI-exit bitmap 1"),
    EOI_EXIT_BITMAP_2(0x2020, Group.EXECUTION_CONTROLS, "EOI-exit bitmap 2"),
    EOI_EXIT_BITMAP_3(0x2022, Group.EXECUTION_CONTROLS, "EOI-exit bitmap 3"),
    EPTP_LIST_ADDRESS(0x2024, Group.EXECUTION_CONTROLS, "EPTP-list address"),
    VMREAD_BITMAP_ADDRESS(0x2026, Group.EXECUTION_CONTROLS, "VMREAD-bitmap address"),
    VMWRITE_BITMAP_ADDRESS(0x2028, Group.EXECUTION_CONTROLS, "VMWRITE-bitmap address"),
    VIRTUALIZATION_EXCEPTION_INFORMATION_ADDRESS(0x202a, Group.EXECUTION_CONTROLS,
            "Virtualization-exception information address"),
    XSS_EXITING_BITMAP(0x202c, Group.EXECUTION_CONTROLS, "XSS-exiting bitmap"),
    ENCLS_EXITING_BITMAP(0x202e, Group.EXECUTION_CONTROLS, "ENCLS-exiting bitmap"),
    SUB_PAGE_PERMISSION_TABLE_POINTER(0x2030, Group.EXECUTION_CONTROLS, "Sub-page-permission-table pointer"),
    TSC_MULTIPLIER(0x2032, Group.EXECUTION_CONTROLS, "TSC multiplier"),
    TERTIARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS(0x2034, Group.EXECUTION_CONTROLS,
            "Tertiary processor-based VM-execution controls"),
    ENCLV_EXITING_BITMAP(0x2036, Group.EXECUTION_CONTROLS, "ENCLV-exiting bitmap"),
    LOW_PASID_DIRECTORY_ADDRESS(0x2038, Group.EXECUTION_CONTROLS, "Low PASID directory address"),
    HIGH_PASID_DIRECTORY_ADDRESS(0x203a, Group.EXECUTION_CONTROLS, "High PASID directory address"),
    SHARED_EPT_POINTER(0x203c, Group.EXECUTION_CONTROLS, "Shared EPT pointer (SEPTP)"),
    PCONFIG_EXITING_BITMAP(0x203e, Group.EXECUTION_CONTROLS, "PCONFIG-exiting bitmap"),
    HLAT_POINTER(0x2040, Group.EXECUTION_CONTROLS, "Hypervisor-managed linear-address translation pointer (HLATP)"),
    PID_POINTER_TABLE_ADDRESS(0x2042, Group.EXECUTION_CONTROLS, "PID-pointer table address"),
    SECONDARY_VM_EXIT_CONTROLS(0x2044, Group.EXIT_CONTROLS, "Secondary VM-exit controls"),
    IA32_SPEC_CTRL_MASK(0x204a, Group.EXECUTION_CONTROLS, "IA32_SPEC_CTRL mask"),
    IA32_SPEC_CTRL_SHADOW(0x204c, Group.EXECUTION_CONTROLS, "IA32_SPEC_CTRL shadow"),
    INJECTED_EVENT_DATA(0x2052, Group.ENTRY_CONTROLS, "Injected-event data"),
    // Section B.2.2: 64-Bit Read-Only Data Fields
    GUEST_PHYSICAL_ADDRESS(0x2400, Group.EXIT_INFORMATION, "Guest-physical address"),
    ORIGINAL_EVENT_DATA(0x2404, Group.EXIT_INFORMATION, "Original-event data"),
    // Section B.2.3: 64-Bit Guest-State Fields
    VMCS_LINK_POINTER(0x2800, Group.GUEST_NON_REGISTER, "VMCS link pointer"),
    GUEST_IA32_DEBUGCTL(0x2802, Group.GUEST_MSRS, "Guest IA32_DEBUGCTL"),
    GUEST_IA32_PAT(0x2804, Group.GUEST_MSRS, "Guest IA32_PAT"),
    GUEST_IA32_EFER(0x2806, Group.GUEST_MSRS, "Guest IA32_EFER"),
    GUEST_IA32_PERF_GLOBAL_CTRL(0x2808, Group.GUEST_MSRS, "Guest IA32_PERF_GLOBAL_CTRL"),
    GUEST_PDPTE0(0x280a, Group.GUEST_NON_REGISTER, "Guest PDPTE0"),
    GUEST_PDPTE1(0x280c, Group.GUEST_NON_REGISTER, "Guest PDPTE1"),
    GUEST_PDPTE2(0x280e, Group.GUEST_NON_REGISTER, "Guest PDPTE2"),
    GUEST_PDPTE3(0x2810, Group.GUEST_NON_REGISTER, "Guest PDPTE3"),
    GUEST_IA32_BNDCFGS(0x2812, Group.GUEST_MSRS, "Guest IA32_BNDCFGS"),
    GUEST_IA32_RTIT_CTL(0x2814, Group.GUEST_MSRS, "Guest IA32_RTIT_CTL"),
    GUEST_IA32_LBR_CTL(0x2816, Group.GUEST_MSRS, "Guest IA32_LBR_CTL"),
    GUEST_IA32_PKRS(0x2818, Group.GUEST_MSRS, "Guest IA32_PKRS"),
    GUEST_IA32_FRED_CONFIG(0x281a, Group.GUEST_MSRS, "Guest IA32_FRED_CONFIG"),
    GUEST_IA32_FRED_RSP1(0x281c, Group.GUEST_MSRS, "Guest IA32_FRED_RSP1"),
    GUEST_IA32_FRED_RSP2(0x281e, Group.GUEST_MSRS, "Guest IA32_FRED_RSP2"),
    GUEST_IA32_FRED_RSP3(0x2820, Group.GUEST_MSRS, "Guest IA32_FRED_RSP3"),
    GUEST_IA32_FRED_STKLVLS(0x2822, Group.GUEST_MSRS, "Guest IA32_FRED_STKLVLS"),
    GUEST_IA32_FRED_SSP1(0x2824, Group.GUEST_MSRS, "Guest IA32_FRED_SSP1"),
    GUEST_IA32_FRED_SSP2(0x2826, Group.GUEST_MSRS, "Guest IA32_FRED_SSP2"),
    GUEST_IA32_FRED_SSP3(0x2828, Group.GUEST_MSRS, "Guest IA32_FRED_SSP3"),
    // Section B.2.4: 64-Bit Host-State Fields
    HOST_IA32_PAT(0x2c00, Group.HOST_MSRS, "Host IA32_PAT"),
    HOST_IA32_EFER(0x2c02, Group.HOST_MSRS, "Host IA32_EFER"),
    HOST_IA32_PERF_GLOBAL_CTRL(0x2c04, Group.HOST_MSRS, "Host IA32_PERF_GLOBAL_CTRL"),
    HOST_IA32_PKRS(0x2c06, Group.HOST_MSRS, "Host IA32_PKRS"),
    HOST_IA32_FRED_CONFIG(0x2c08, Group.HOST_MSRS, "Host IA32_FRED_CONFIG"),
    HOST_IA32_FRED_RSP1(0x2c0a, Group.HOST_MSRS, "Host IA32_FRED_RSP1"),
    HOST_IA32_FRED_RSP2(0x2c0c, Group.HOST_MSRS, "Host IA32_FRED_RSP2"),
    HOST_IA32_FRED_RSP3(0x2c0e, Group.HOST_MSRS, "Host IA32_FRED_RSP3"),
    HOST_IA32_FRED_STKLVLS(0x2c10, Group.HOST_MSRS, "Host IA32_FRED_STKLVLS"),
    HOST_IA32_FRED_SSP1(0x2c12, Group.HOST_MSRS, "Host IA32_FRED_SSP1"),
    HOST_IA32_FRED_SSP2(0x2c14, Group.HOST_MSRS, "Host IA32_FRED_SSP2"),
    HOST_IA32_FRED_SSP3(0x2c16, Group.HOST_MSRS, "Host IA32_FRED_SSP3"),
    // Section B.3.1: 32-Bit Control Fields
    PIN_BASED_VM_EXECUTION_CONTROLS(0x4000, Group.EXECUTION_CONTROLS, "Pin-based VM-execution controls"),
    PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS(0x4002, Group.EXECUTION_CONTROLS,
            "Primary processor-based VM-execution controls"),
    EXCEPTION_BITMAP(0x4004, Group.EXECUTION_CONTROLS, "Exception bitmap"),
    PAGE_FAULT_ERROR_CODE_MASK(0x4006, Group.EXECUTION_CONTROLS, "Page-fault error-code mask"),
    PAGE_FAULT_ERROR_CODE_MATCH(0x4008, Group.EXECUTION_CONTROLS, "Page-fault error-code match"),
    CR3_TARGET_COUNT(0x400a, Group.EXECUTION_CONTROLS, "CR3-target count"),
    PRIMARY_VM_EXIT_CONTROLS(0x400c, Group.EXIT_CONTROLS, "Primary VM-exit controls"),
    VM_EXIT_MSR_STORE_COUNT(0x400e, Group.EXIT_CONTROLS, "VM-exit MSR-store count"),
    VM_EXIT_MSR_LOAD_COUNT(0x4010, Group.EXIT_CONTROLS, "VM-exit MSR-load count"),
    VM_ENTRY_CONTROLS(0x4012, Group.ENTRY_CONTROLS, "VM-entry controls"),
    VM_ENTRY_MSR_LOAD_COUNT(0x4014, Group.ENTRY_CONTROLS, "VM-entry MSR-load count"),
    VM_ENTRY_INTERRUPTION_INFORMATION(0x4016, Group.ENTRY_CONTROLS, "VM-entry interruption-information field"),
    VM_ENTRY_EXCEPTION_ERROR_CODE(0x4018, Group.ENTRY_CONTROLS, "VM-entry exception error code"),
    VM_ENTRY_INSTRUCTION_LENGTH(0x401a, Group.ENTRY_CONTROLS, "VM-entry instruction length"),
    TPR_THRESHOLD(0x401c, Group.EXECUTION_CONTROLS, "TPR threshold"),
    SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS(0x401e, Group.EXECUTION_CONTROLS,
            "Secondary processor-based VM-execution controls"),
    PLE_GAP(0x4020, Group.EXECUTION_CONTROLS, "PLE_Gap"),
    PLE_WINDOW(0x4022, Group.EXECUTION_CONTROLS, "PLE_Window"),
    INSTRUCTION_TIMEOUT_CONTROL(0x4024, Group.EXECUTION_CONTROLS, "Instruction-timeout control"),
    // Section B.3.2: 32-Bit Read-Only Data Fields
    VM_INSTRUCTION_ERROR(0x4400, Group.EXIT_INFORMATION, "VM-instruction error"),
    EXIT_REASON(0x4402, Group.EXIT_INFORMATION, "Exit reason"),
    VM_EXIT_INTERRUPTION_INFORMATION(0x4404, Group.EXIT_INFORMATION, "VM-exit interruption information"),
    VM_EXIT_INTERRUPTION_ERROR_CODE(0x4406, Group.EXIT_INFORMATION, "VM-exit interruption error code"),
    IDT_VECTORING_INFORMATION(0x4408, Group.EXIT_INFORMATION, "IDT-vectoring information field"),
    IDT_VECTORING_ERROR_CODE(0x440a, Group.EXIT_INFORMATION, "IDT-vectoring error code"),
    VM_EXIT_INSTRUCTION_LENGTH(0x440c, Group.EXIT_INFORMATION, "VM-exit instruction length"),
    VM_EXIT_INSTRUCTION_INFORMATION(0x440e, Group.EXIT_INFORMATION, "VM-exit instruction information"),
    // Section B.3.3: 32-Bit Guest-State Fields
    GUEST_ES_LIMIT(0x4800, Group.GUEST_SEGMENTS, "Guest ES limit"),
    GUEST_CS_LIMIT(0x4802, Group.GUEST_SEGMENTS, "Guest CS limit"),
    GUEST_SS_LIMIT(0x4804, Group.GUEST_SEGMENTS, "Guest SS limit"),
    GUEST_DS_LIMIT(0x4806, Group.GUEST_SEGMENTS, "Guest DS limit"),
    GUEST_FS_LIMIT(0x4808, Group.GUEST_SEGMENTS, "Guest FS limit"),
    GUEST_GS_LIMIT(0x480a, Group.GUEST_SEGMENTS, "Guest GS limit"),
    GUEST_LDTR_LIMIT(0x480c, Group.GUEST_SEGMENTS, "Guest LDTR limit"),
    GUEST_TR_LIMIT(0x480e, Group.GUEST_SEGMENTS, "Guest TR limit"),
    GUEST_GDTR_LIMIT(0x4810, Group.GUEST_SEGMENTS, "Guest GDTR limit"),
    GUEST_IDTR_LIMIT(0x4812, Group.GUEST_SEGMENTS, "Guest IDTR limit"),
    GUEST_ES_ACCESS_RIGHTS(0x4814, Group.GUEST_SEGMENTS, "Guest ES access rights"),
    GUEST_CS_ACCESS_RIGHTS(0x4816, Group.GUEST_SEGMENTS, "Guest CS access rights"),
    GUEST_SS_ACCESS_RIGHTS(0x4818, Group.GUEST_SEGMENTS, "Guest SS access rights"),
    GUEST_DS_ACCESS_RIGHTS(0x481a, Group.GUEST_SEGMENTS, "Guest DS access rights"),
    GUEST_FS_ACCESS_RIGHTS(0x481c, Group.GUEST_SEGMENTS, "Guest FS access rights"),
    GUEST_GS_ACCESS_RIGHTS(0x481e, Group.GUEST_SEGMENTS, "Guest GS access rights"),
    GUEST_LDTR_ACCESS_RIGHTS(0x4820, Group.GUEST_SEGMENTS, "Guest LDTR access rights"),
    GUEST_TR_ACCESS_RIGHTS(0x4822, Group.GUEST_SEGMENTS, "Guest TR access rights"),
    GUEST_INTERRUPTIBILITY_STATE(0x4824, Group.GUEST_NON_REGISTER, "Guest interruptibility state"),
    GUEST_ACTIVITY_STATE(0x4826, Group.GUEST_NON_REGISTER, "Guest activity state"),
    GUEST_SMBASE(0x4828, Group.GUEST_REGISTERS, "Guest SMBASE"),
    GUEST_IA32_SYSENTER_CS(0x482a, Group.GUEST_MSRS, "Guest IA32_SYSENTER_CS"),
    VMX_PREEMPTION_TIMER_VALUE(0x482e, Group.GUEST_NON_REGISTER, "VMX-preemption timer value"),
    // Section B.3.4: 32-Bit Host-State Field
    HOST_IA32_SYSENTER_CS(0x4c00, Group.HOST_MSRS, "Host IA32_SYSENTER_CS"),
    // Section B.4.1: Natural-Width Control Fields
    CR0_GUEST_HOST_MASK(0x6000, Group.EXECUTION_CONTROLS, "CR0 guest/host mask"),
    CR4_GUEST_HOST_MASK(0x6002, Group.EXECUTION_CONTROLS, "CR4 guest/host mask"),
    CR0_READ_SHADOW(0x6004, Group.EXECUTION_CONTROLS, "CR0 read shadow"),
    CR4_READ_SHADOW(0x6006, Group.EXECUTION_CONTROLS, "CR4 read shadow"),
    CR3_TARGET_VALUE_0(0x6008, Group.EXECUTION_CONTROLS, "CR3-target value 0"),
    CR3_TARGET_VALUE_1(0x600a, Group.EXECUTION_CONTROLS, "CR3-target value 1"),
    CR3_TARGET_VALUE_2(0x600c, Group.EXECUTION_CONTROLS, "CR3-target value 2"),
    CR3_TARGET_VALUE_3(0x600e, Group.EXECUTION_CONTROLS, "CR3-target value 3"),
    // Section B.4.2: Natural-Width Read-Only Data Fields
    EXIT_QUALIFICATION(0x6400, Group.EXIT_INFORMATION, "Exit qualification"),
    IO_RCX(0x6402, Group.EXIT_INFORMATION, "I/O RCX"),
    IO_RSI(0x6404, Group.EXIT_INFORMATION, "I/O RSI"),
    IO_RDI(0x6406, Group.EXIT_INFORMATION, "I/O RDI"),
    IO_RIP(0x6408, Group.EXIT_INFORMATION, "I/O RIP"),
    GUEST_LINEAR_ADDRESS(0x640a, Group.EXIT_INFORMATION, "Guest-linear address"),
    // Section B.4.3: Natural-Width Guest-State Fields
    GUEST_CR0(0x6800, Group.GUEST_REGISTERS, "Guest CR0"),
    GUEST_CR3(0x6802, Group.GUEST_REGISTERS, "Guest CR3"),
    GUEST_CR4(0x6804, Group.GUEST_REGISTERS, "Guest CR4"),
    GUEST_ES_BASE(0x6806, Group.GUEST_SEGMENTS, "Guest ES base"),
    GUEST_CS_BASE(0x6808, Group.GUEST_SEGMENTS, "Guest CS base"),
    GUEST_SS_BASE(0x680a, Group.GUEST_SEGMENTS, "Guest SS base"),
    GUEST_DS_BASE(0x680c, Group.GUEST_SEGMENTS, "Guest DS base"),
    GUEST_FS_BASE(0x680e, Group.GUEST_SEGMENTS, "Guest FS base"),
    GUEST_GS_BASE(0x6810, Group.GUEST_SEGMENTS, "Guest GS base"),
    GUEST_LDTR_BASE(0x6812, Group.GUEST_SEGMENTS, "Guest LDTR base"),
    GUEST_TR_BASE(0x6814, Group.GUEST_SEGMENTS, "Guest TR base"),
    GUEST_GDTR_BASE(0x6816, Group.GUEST_SEGMENTS, "Guest GDTR base"),
    GUEST_IDTR_BASE(0x6818, Group.GUEST_SEGMENTS, "Guest IDTR base"),
    GUEST_DR7(0x681a, Group.GUEST_REGISTERS, "Guest DR7"),
    GUEST_RSP(0x681c, Group.GUEST_REGISTERS, "Guest RSP"),
    GUEST_RIP(0x681e, Group.GUEST_REGISTERS, "Guest RIP"),
    GUEST_RFLAGS(0x6820, Group.GUEST_REGISTERS, "Guest RFLAGS"),
    GUEST_PENDING_DEBUG_EXCEPTIONS(0x6822, Group.GUEST_NON_REGISTER, "Guest pending debug exceptions"),
    GUEST_IA32_SYSENTER_ESP(0x6824, Group.GUEST_MSRS, "Guest IA32_SYSENTER_ESP"),
    GUEST_IA32_SYSENTER_EIP(0x6826, Group.GUEST_MSRS, "Guest IA32_SYSENTER_EIP"),
    GUEST_IA32_S_CET(0x6828, Group.GUEST_MSRS, "Guest IA32_S_CET"),
    GUEST_SSP(0x682a, Group.GUEST_REGISTERS, "Guest SSP"),
    GUEST_IA32_INTERRUPT_SSP_TABLE_ADDR(0x682c, Group.GUEST_MSRS, "Guest IA32_INTERRUPT_SSP_TABLE_ADDR"),
    // Section B.4.4: Natural-Width Host-State Fields
    HOST_CR0(0x6c00, Group.HOST_REGISTERS, "Host CR0"),
    HOST_CR3(0x6c02, Group.HOST_REGISTERS, "Host CR3"),
    HOST_CR4(0x6c04, Group.HOST_REGISTERS, "Host CR4"),
    HOST_FS_BASE(0x6c06, Group.HOST_SEGMENTS, "Host FS base"),
    HOST_GS_BASE(0x6c08, Group.HOST_SEGMENTS, "Host GS base"),
    HOST_TR_BASE(0x6c0a, Group.HOST_SEGMENTS, "Host TR base"),
    HOST_GDTR_BASE(0x6c0c, Group.HOST_SEGMENTS, "Host GDTR base"),
    HOST_IDTR_BASE(0x6c0e, Group.HOST_SEGMENTS, "Host IDTR base"),
    HOST_IA32_SYSENTER_ESP(0x6c10, Group.HOST_MSRS, "Host IA32_SYSENTER_ESP"),
    HOST_IA32_SYSENTER_EIP(0x6c12, Group.HOST_MSRS, "Host IA32_SYSENTER_EIP"),
    HOST_RSP(0x6c14, Group.HOST_REGISTERS, "Host RSP"),
    HOST_RIP(0x6c16, Group.HOST_REGISTERS, "Host RIP"),
    HOST_IA32_S_CET(0x6c18, Group.HOST_MSRS, "Host IA32_S_CET"),
    HOST_SSP(0x6c1a, Group.HOST_REGISTERS, "Host SSP"),
    HOST_IA32_INTERRUPT_SSP_TABLE_ADDR(0x6c1c, Group.HOST_MSRS, "Host IA32_INTERRUPT_SSP_TABLE_ADDR");

    /** The size of a field. */
    @Sdm(section = "26.11.2", title = "VMREAD, VMWRITE, and Encodings of VMCS Fields")
    public enum Width {
        /** 16 bits. */
        BITS_16(2),
        /** 64 bits; the high half has an encoding of its own. */
        BITS_64(8),
        /** 32 bits. */
        BITS_32(4),
        /** 64 bits on processors with Intel 64 architecture, the only kind described here. */
        NATURAL(8);

        private final int bytes;

        Width(int bytes) {
            this.bytes = bytes;
        }

        /**
         * The size.
         *
         * @return 2, 4 or 8
         */
        public int bytes() {
            return bytes;
        }

        /**
         * The bits a field of this width holds.
         *
         * @return the mask
         */
        public long mask() {
            return -1L >>> 64 - 8 * bytes;
        }
    }

    /** What a field is for, as its encoding says. */
    @Sdm(section = "26.11.2", title = "VMREAD, VMWRITE, and Encodings of VMCS Fields")
    public enum Area {
        /** VM-execution, VM-exit and VM-entry control fields. */
        CONTROL,
        /** VM-exit information fields, which are read-only unless IA32_VMX_MISC bit 29 says otherwise. */
        EXIT_INFORMATION,
        /** Guest-state area. */
        GUEST_STATE,
        /** Host-state area. */
        HOST_STATE
    }

    /** Where a field is shown. The order is that of views: what explains a VM exit comes first. */
    public enum Group {
        /** VM-exit information fields. */
        EXIT_INFORMATION("VM-exit information"),
        /** Control registers, DR7, RIP, RSP, RFLAGS. */
        GUEST_REGISTERS("Guest registers"),
        /** Segment registers, GDTR and IDTR of the guest. */
        GUEST_SEGMENTS("Guest segments"),
        /** MSRs in the guest-state area. */
        GUEST_MSRS("Guest MSRs"),
        /** Guest non-register state. */
        GUEST_NON_REGISTER("Guest non-register state"),
        /** VM-execution control fields. */
        EXECUTION_CONTROLS("VM-execution controls"),
        /** VM-entry control fields. */
        ENTRY_CONTROLS("VM-entry controls"),
        /** VM-exit control fields. */
        EXIT_CONTROLS("VM-exit controls"),
        /** Control registers, RIP, RSP and SSP of the host. */
        HOST_REGISTERS("Host registers"),
        /** Selectors and bases of the host. */
        HOST_SEGMENTS("Host segments"),
        /** MSRs in the host-state area. */
        HOST_MSRS("Host MSRs");

        private final String title;
        private List<VmcsField> fields;

        Group(String title) {
            this.title = title;
        }

        /**
         * A heading for the group.
         *
         * @return a few words
         */
        public String title() {
            return title;
        }

        /**
         * The group's fields, in the order of their encodings.
         *
         * @return an unmodifiable list
         */
        public List<VmcsField> fields() {
            if (fields == null) {
                fields = Stream.of(VmcsField.values()).filter(field -> field.group == this).toList();
            }
            return fields;
        }
    }

    /**
     * A field or, of a 64-bit field, its high half: what an operand of VMREAD and VMWRITE names.
     *
     * @param field the field
     * @param high true for access type "high"
     */
    public record Component(VmcsField field, boolean high) {
        /**
         * The bits of the field that the component covers.
         *
         * @param fieldValue the whole field
         * @return what VMREAD returns, zero-extended
         */
        public long read(long fieldValue) {
            return high ? fieldValue >>> 32 : fieldValue & field.width().mask();
        }

        /**
         * The field after VMWRITE to this component.
         *
         * @param fieldValue the whole field before
         * @param source VMWRITE's source operand; bits beyond the component's size are ignored
         * @return the whole field after
         */
        public long write(long fieldValue, long source) {
            return high ? fieldValue & 0xffff_ffffL | source << 32 : source & field.width().mask();
        }
    }

    private final int encoding;
    private final Group group;
    private final String title;
    private final Width width;
    private final int offset;

    VmcsField(int encoding, Group group, String title) {
        this.encoding = encoding;
        this.group = group;
        this.title = title;
        this.width = VmcsEncoding.width(encoding);
        this.offset = VmcsLayout.offset(width, VmcsEncoding.area(encoding), VmcsEncoding.index(encoding));
    }

    /**
     * The encoding with access type "full".
     *
     * @return the 32-bit operand that VMREAD and VMWRITE take
     */
    public int encoding() {
        return encoding;
    }

    /**
     * Where the field is shown.
     *
     * @return the group
     */
    public Group group() {
        return group;
    }

    /**
     * The manual's name.
     *
     * @return for example {@code "Guest CS access rights"}
     */
    public String title() {
        return title;
    }

    /**
     * Bits 14:13 of the encoding.
     *
     * @return the field's size
     */
    public Width width() {
        return width;
    }

    /**
     * Bits 11:10 of the encoding.
     *
     * @return what the field is for
     */
    public Area area() {
        return VmcsEncoding.area(encoding);
    }

    /**
     * Bits 9:1 of the encoding.
     *
     * @return the field's number among those of its width and area
     */
    public int index() {
        return VmcsEncoding.index(encoding);
    }

    /**
     * Whether an encoding with access type "high" exists.
     *
     * @return true for 64-bit fields
     */
    public boolean hasHighAccess() {
        return width() == Width.BITS_64;
    }

    /**
     * Whether VMWRITE to the field fails on processors that do not set bit 29 of IA32_VMX_MISC.
     *
     * @return true for VM-exit information fields
     */
    public boolean isReadOnly() {
        return area() == Area.EXIT_INFORMATION;
    }

    /**
     * Where the field's value stands in the 4-KByte VMCS region, little-endian, in a slot of 8 bytes.
     *
     * @return a byte offset, a multiple of 8
     */
    public int offset() {
        return offset;
    }

    /**
     * Finds the field an encoding names, ignoring the access type.
     *
     * @param encoding operand of VMREAD or VMWRITE; all 64 bits count
     * @return the field, or null if no field has this encoding
     */
    public static VmcsField find(long encoding) {
        if (!VmcsEncoding.isWellFormed(encoding)) {
            return null;
        }
        int full = (int) encoding & ~1;
        return VmcsLayout.find(VmcsEncoding.width(full), VmcsEncoding.area(full), VmcsEncoding.index(full));
    }

    /**
     * Decodes an operand of VMREAD or VMWRITE.
     *
     * @param encoding the operand; all 64 bits count
     * @return the component, or null if the manual knows no such component
     */
    public static Component decode(long encoding) {
        VmcsField field = find(encoding);
        return field == null ? null : new Component(field, (encoding & 1) != 0);
    }
}
