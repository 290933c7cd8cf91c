/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;

/**
 * The checks on the guest-state area; failure is a VM exit with reason 33. The manual lets a processor perform them in
 * any order.
 */
@Sdm(section = "28.3.1", title = "Checks on the Guest State Area")
public enum GuestStateCheck implements EntryCheckDescriptor {
    GUEST_CR0_FIXED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "CR0 must set every bit that is 1 in IA32_VMX_CR0_FIXED0 and no bit that is 0 in IA32_VMX_CR0_FIXED1; "
                    + "CD and NW are not checked, nor PE and PG with \"unrestricted guest\".",
            "OR with FIXED0 and AND with FIXED1; NE must be 1.",
            VmcsField.GUEST_CR0, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    GUEST_CR0_PG_WITHOUT_PE(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If CR0.PG is 1, CR0.PE must be 1.",
            "Set CR0.PE, or clear CR0.PG.",
            VmcsField.GUEST_CR0),
    GUEST_CR4_FIXED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "CR4 must set every bit that is 1 in IA32_VMX_CR4_FIXED0 and no bit that is 0 in IA32_VMX_CR4_FIXED1.",
            "OR with FIXED0 and AND with FIXED1; VMXE must be 1 (hide it with the CR4 guest/host mask and read "
                    + "shadow).",
            VmcsField.GUEST_CR4),
    GUEST_CR4_CET_WITHOUT_WP(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If CR4.CET is 1, CR0.WP must be 1.",
            "Set CR0.WP, or clear CR4.CET.",
            VmcsField.GUEST_CR4, VmcsField.GUEST_CR0),
    GUEST_DEBUGCTL_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load debug controls\" is 1, IA32_DEBUGCTL must set no reserved bit.",
            "Clear the reserved bits.",
            VmcsField.GUEST_IA32_DEBUGCTL, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_IA32E_WITHOUT_PG(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"IA-32e mode guest\" is 1, CR0.PG must be 1.",
            "Set CR0.PG.",
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.GUEST_CR0),
    GUEST_IA32E_WITHOUT_PAE(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"IA-32e mode guest\" is 1, CR4.PAE must be 1.",
            "Set CR4.PAE.",
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.GUEST_CR4),
    GUEST_PCIDE_OUTSIDE_IA32E(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"IA-32e mode guest\" is 0, CR4.PCIDE must be 0.",
            "Clear CR4.PCIDE, or set \"IA-32e mode guest\".",
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.GUEST_CR4),
    GUEST_FRED_OUTSIDE_IA32E(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"IA-32e mode guest\" is 0, CR4.FRED must be 0.",
            "Clear CR4.FRED, or set \"IA-32e mode guest\".",
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.GUEST_CR4),
    GUEST_CR3_WIDTH(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "CR3 must not set bits beyond the processor's physical-address width, except those that "
                    + "linear-address masking defines.",
            "Use a physical address below 2^MAXPHYADDR.",
            VmcsField.GUEST_CR3),
    GUEST_DR7_HIGH_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load debug controls\" is 1, bits 63:32 of DR7 must be 0.",
            "Clear bits 63:32 of DR7.",
            VmcsField.GUEST_DR7, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_SYSENTER_ESP_CANONICAL(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "IA32_SYSENTER_ESP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IA32_SYSENTER_ESP),
    GUEST_SYSENTER_EIP_CANONICAL(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "IA32_SYSENTER_EIP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IA32_SYSENTER_EIP),
    GUEST_S_CET_CANONICAL(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, IA32_S_CET must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IA32_S_CET, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_S_CET_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, bits 9:6 of IA32_S_CET must be 0, as must the bits of features the "
                    + "processor lacks.",
            "Clear the reserved bits.",
            VmcsField.GUEST_IA32_S_CET, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_S_CET_SUPPRESS_AND_TRACKER(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, bits 10 and 11 of IA32_S_CET must not both be 1.",
            "Clear SUPPRESS or TRACKER.",
            VmcsField.GUEST_IA32_S_CET, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_INTERRUPT_SSP_TABLE_CANONICAL(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, IA32_INTERRUPT_SSP_TABLE_ADDR must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IA32_INTERRUPT_SSP_TABLE_ADDR, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_PERF_GLOBAL_CTRL_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_PERF_GLOBAL_CTRL\" is 1, IA32_PERF_GLOBAL_CTRL must set no reserved bit.",
            "Enable only counters that the processor has.",
            VmcsField.GUEST_IA32_PERF_GLOBAL_CTRL, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_PAT_MEMORY_TYPES(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_PAT\" is 1, each byte of IA32_PAT must be 0, 1, 4, 5, 6 or 7.",
            "Write memory types UC, WC, WT, WP, WB or UC- to every byte.",
            VmcsField.GUEST_IA32_PAT, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_EFER_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" is 1, IA32_EFER must set no reserved bit.",
            "Set none but SCE, LME, LMA and NXE.",
            VmcsField.GUEST_IA32_EFER, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_EFER_LMA(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" is 1, IA32_EFER.LMA must equal \"IA-32e mode guest\".",
            "Make LMA and \"IA-32e mode guest\" agree.",
            VmcsField.GUEST_IA32_EFER, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_EFER_LME(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" and CR0.PG are 1, IA32_EFER.LMA must equal IA32_EFER.LME.",
            "Make LMA and LME agree.",
            VmcsField.GUEST_IA32_EFER, VmcsField.GUEST_CR0, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_BNDCFGS_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_BNDCFGS\" is 1, bits 11:2 of IA32_BNDCFGS must be 0.",
            "Clear bits 11:2.",
            VmcsField.GUEST_IA32_BNDCFGS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_BNDCFGS_CANONICAL(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_BNDCFGS\" is 1, the linear address in IA32_BNDCFGS must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IA32_BNDCFGS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_RTIT_CTL_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load IA32_RTIT_CTL\" is 1, IA32_RTIT_CTL must set no reserved bit.",
            "Clear the reserved bits.",
            VmcsField.GUEST_IA32_RTIT_CTL, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_LBR_CTL_RESERVED_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load guest IA32_LBR_CTL\" is 1, IA32_LBR_CTL must set no reserved bit.",
            "Clear the reserved bits.",
            VmcsField.GUEST_IA32_LBR_CTL, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_PKRS_HIGH_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load PKRS\" is 1, bits 63:32 of IA32_PKRS must be 0.",
            "Clear bits 63:32.",
            VmcsField.GUEST_IA32_PKRS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_UINV_HIGH_BITS(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load UINV\" is 1, bits 15:8 of the guest UINV must be 0.",
            "Write a vector of 0 to 255.",
            VmcsField.GUEST_UINV, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_FRED_CONFIG(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_CONFIG must be canonical and its bits 2, 5:4 and 11 must be 0.",
            "Write the page of the entry point and clear the reserved bits.",
            VmcsField.GUEST_IA32_FRED_CONFIG, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_FRED_RSP(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_RSP1 to IA32_FRED_RSP3 must be canonical and their bits 5:0 "
                    + "must be 0.",
            "Write canonical addresses with bits 5:0 clear.",
            VmcsField.GUEST_IA32_FRED_RSP1, VmcsField.GUEST_IA32_FRED_RSP2, VmcsField.GUEST_IA32_FRED_RSP3,
            VmcsField.VM_ENTRY_CONTROLS),
    GUEST_FRED_SSP(EntryCheckSection.GUEST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_SSP1 to IA32_FRED_SSP3 must be canonical and their bits 2:0 "
                    + "must be 0.",
            "Write canonical addresses with bits 2:0 clear.",
            VmcsField.GUEST_IA32_FRED_SSP1, VmcsField.GUEST_IA32_FRED_SSP2, VmcsField.GUEST_IA32_FRED_SSP3,
            VmcsField.VM_ENTRY_CONTROLS),
    GUEST_LDTR_TI_FLAG(SegmentRule.TI_FLAG, SegmentRegister.LDTR),
    GUEST_TR_TI_FLAG(SegmentRule.TI_FLAG, SegmentRegister.TR),
    GUEST_SS_STACK_RPL(SegmentRule.STACK_RPL, SegmentRegister.SS),
    GUEST_ES_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.ES),
    GUEST_CS_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.CS),
    GUEST_SS_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.SS),
    GUEST_DS_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.DS),
    GUEST_FS_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.FS),
    GUEST_GS_VIRTUAL_8086_BASE(SegmentRule.VIRTUAL_8086_BASE, SegmentRegister.GS),
    GUEST_FS_CANONICAL_BASE(SegmentRule.CANONICAL_BASE, SegmentRegister.FS),
    GUEST_GS_CANONICAL_BASE(SegmentRule.CANONICAL_BASE, SegmentRegister.GS),
    GUEST_LDTR_CANONICAL_BASE(SegmentRule.CANONICAL_BASE, SegmentRegister.LDTR),
    GUEST_TR_CANONICAL_BASE(SegmentRule.CANONICAL_BASE, SegmentRegister.TR),
    GUEST_ES_BASE_HIGH_BITS(SegmentRule.BASE_HIGH_BITS, SegmentRegister.ES),
    GUEST_CS_BASE_HIGH_BITS(SegmentRule.BASE_HIGH_BITS, SegmentRegister.CS),
    GUEST_SS_BASE_HIGH_BITS(SegmentRule.BASE_HIGH_BITS, SegmentRegister.SS),
    GUEST_DS_BASE_HIGH_BITS(SegmentRule.BASE_HIGH_BITS, SegmentRegister.DS),
    GUEST_ES_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.ES),
    GUEST_CS_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.CS),
    GUEST_SS_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.SS),
    GUEST_DS_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.DS),
    GUEST_FS_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.FS),
    GUEST_GS_VIRTUAL_8086_LIMIT(SegmentRule.VIRTUAL_8086_LIMIT, SegmentRegister.GS),
    GUEST_ES_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.ES),
    GUEST_CS_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.CS),
    GUEST_SS_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.SS),
    GUEST_DS_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.DS),
    GUEST_FS_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.FS),
    GUEST_GS_VIRTUAL_8086_ACCESS_RIGHTS(SegmentRule.VIRTUAL_8086_ACCESS_RIGHTS, SegmentRegister.GS),
    GUEST_CS_CODE_TYPE(SegmentRule.CODE_TYPE, SegmentRegister.CS),
    GUEST_SS_STACK_TYPE(SegmentRule.STACK_TYPE, SegmentRegister.SS),
    GUEST_ES_ACCESSED(SegmentRule.ACCESSED, SegmentRegister.ES),
    GUEST_DS_ACCESSED(SegmentRule.ACCESSED, SegmentRegister.DS),
    GUEST_FS_ACCESSED(SegmentRule.ACCESSED, SegmentRegister.FS),
    GUEST_GS_ACCESSED(SegmentRule.ACCESSED, SegmentRegister.GS),
    GUEST_ES_READABLE_CODE(SegmentRule.READABLE_CODE, SegmentRegister.ES),
    GUEST_DS_READABLE_CODE(SegmentRule.READABLE_CODE, SegmentRegister.DS),
    GUEST_FS_READABLE_CODE(SegmentRule.READABLE_CODE, SegmentRegister.FS),
    GUEST_GS_READABLE_CODE(SegmentRule.READABLE_CODE, SegmentRegister.GS),
    GUEST_ES_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.ES),
    GUEST_CS_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.CS),
    GUEST_SS_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.SS),
    GUEST_DS_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.DS),
    GUEST_FS_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.FS),
    GUEST_GS_CODE_OR_DATA(SegmentRule.CODE_OR_DATA, SegmentRegister.GS),
    GUEST_CS_CODE_DPL_DATA(SegmentRule.CODE_DPL_DATA, SegmentRegister.CS),
    GUEST_CS_CODE_DPL_NONCONFORMING(SegmentRule.CODE_DPL_NONCONFORMING, SegmentRegister.CS),
    GUEST_CS_CODE_DPL_CONFORMING(SegmentRule.CODE_DPL_CONFORMING, SegmentRegister.CS),
    GUEST_SS_STACK_DPL_RPL(SegmentRule.STACK_DPL_RPL, SegmentRegister.SS),
    GUEST_SS_STACK_DPL_ZERO(SegmentRule.STACK_DPL_ZERO, SegmentRegister.SS),
    GUEST_ES_DATA_DPL(SegmentRule.DATA_DPL, SegmentRegister.ES),
    GUEST_DS_DATA_DPL(SegmentRule.DATA_DPL, SegmentRegister.DS),
    GUEST_FS_DATA_DPL(SegmentRule.DATA_DPL, SegmentRegister.FS),
    GUEST_GS_DATA_DPL(SegmentRule.DATA_DPL, SegmentRegister.GS),
    GUEST_ES_PRESENT(SegmentRule.PRESENT, SegmentRegister.ES),
    GUEST_CS_PRESENT(SegmentRule.PRESENT, SegmentRegister.CS),
    GUEST_SS_PRESENT(SegmentRule.PRESENT, SegmentRegister.SS),
    GUEST_DS_PRESENT(SegmentRule.PRESENT, SegmentRegister.DS),
    GUEST_FS_PRESENT(SegmentRule.PRESENT, SegmentRegister.FS),
    GUEST_GS_PRESENT(SegmentRule.PRESENT, SegmentRegister.GS),
    GUEST_ES_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.ES),
    GUEST_CS_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.CS),
    GUEST_SS_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.SS),
    GUEST_DS_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.DS),
    GUEST_FS_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.FS),
    GUEST_GS_RESERVED_BITS(SegmentRule.RESERVED_BITS, SegmentRegister.GS),
    GUEST_CS_DEFAULT_SIZE(SegmentRule.DEFAULT_SIZE, SegmentRegister.CS),
    GUEST_ES_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.ES),
    GUEST_CS_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.CS),
    GUEST_SS_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.SS),
    GUEST_DS_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.DS),
    GUEST_FS_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.FS),
    GUEST_GS_GRANULARITY_LOW(SegmentRule.GRANULARITY_LOW, SegmentRegister.GS),
    GUEST_ES_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.ES),
    GUEST_CS_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.CS),
    GUEST_SS_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.SS),
    GUEST_DS_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.DS),
    GUEST_FS_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.FS),
    GUEST_GS_GRANULARITY_HIGH(SegmentRule.GRANULARITY_HIGH, SegmentRegister.GS),
    GUEST_TR_TASK_TYPE(SegmentRule.TASK_TYPE, SegmentRegister.TR),
    GUEST_LDTR_LDT_TYPE(SegmentRule.LDT_TYPE, SegmentRegister.LDTR),
    GUEST_LDTR_SYSTEM_SEGMENT(SegmentRule.SYSTEM_SEGMENT, SegmentRegister.LDTR),
    GUEST_TR_SYSTEM_SEGMENT(SegmentRule.SYSTEM_SEGMENT, SegmentRegister.TR),
    GUEST_LDTR_SYSTEM_PRESENT(SegmentRule.SYSTEM_PRESENT, SegmentRegister.LDTR),
    GUEST_TR_SYSTEM_PRESENT(SegmentRule.SYSTEM_PRESENT, SegmentRegister.TR),
    GUEST_LDTR_SYSTEM_RESERVED_BITS(SegmentRule.SYSTEM_RESERVED_BITS, SegmentRegister.LDTR),
    GUEST_TR_SYSTEM_RESERVED_BITS(SegmentRule.SYSTEM_RESERVED_BITS, SegmentRegister.TR),
    GUEST_LDTR_SYSTEM_GRANULARITY_LOW(SegmentRule.SYSTEM_GRANULARITY_LOW, SegmentRegister.LDTR),
    GUEST_TR_SYSTEM_GRANULARITY_LOW(SegmentRule.SYSTEM_GRANULARITY_LOW, SegmentRegister.TR),
    GUEST_LDTR_SYSTEM_GRANULARITY_HIGH(SegmentRule.SYSTEM_GRANULARITY_HIGH, SegmentRegister.LDTR),
    GUEST_TR_SYSTEM_GRANULARITY_HIGH(SegmentRule.SYSTEM_GRANULARITY_HIGH, SegmentRegister.TR),
    GUEST_TR_USABLE(SegmentRule.USABLE, SegmentRegister.TR),
    GUEST_GDTR_BASE_CANONICAL(EntryCheckSection.GUEST_DESCRIPTOR_TABLES,
            "The base address of GDTR must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_GDTR_BASE),
    GUEST_GDTR_LIMIT(EntryCheckSection.GUEST_DESCRIPTOR_TABLES,
            "Bits 31:16 of the GDTR limit must be 0.",
            "Write a limit of at most FFFFH.",
            VmcsField.GUEST_GDTR_LIMIT),
    GUEST_IDTR_BASE_CANONICAL(EntryCheckSection.GUEST_DESCRIPTOR_TABLES,
            "The base address of IDTR must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_IDTR_BASE),
    GUEST_IDTR_LIMIT(EntryCheckSection.GUEST_DESCRIPTOR_TABLES,
            "Bits 31:16 of the IDTR limit must be 0.",
            "Write a limit of at most FFFFH.",
            VmcsField.GUEST_IDTR_LIMIT),
    GUEST_RIP_HIGH_BITS(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"IA-32e mode guest\" or CS.L is 0, bits 63:32 of RIP must be 0.",
            "Clear bits 63:32 of RIP.",
            VmcsField.GUEST_RIP, VmcsField.GUEST_CS_ACCESS_RIGHTS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_RIP_CANONICAL(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"IA-32e mode guest\" and CS.L are 1, the bits of RIP beyond the linear-address width must be "
                    + "identical.",
            "Write a RIP within the linear-address width.",
            VmcsField.GUEST_RIP, VmcsField.GUEST_CS_ACCESS_RIGHTS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_RFLAGS_RESERVED_BITS(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "Reserved bits 63:22, 15, 5 and 3 of RFLAGS must be 0 and bit 1 must be 1.",
            "Set bit 1 and clear the other reserved bits.",
            VmcsField.GUEST_RFLAGS),
    GUEST_RFLAGS_VM(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"IA-32e mode guest\" is 1 or CR0.PE is 0, RFLAGS.VM must be 0.",
            "Clear RFLAGS.VM.",
            VmcsField.GUEST_RFLAGS, VmcsField.GUEST_CR0, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_RFLAGS_IF(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If an external interrupt is injected, RFLAGS.IF must be 1.",
            "Set RFLAGS.IF, or inject when the guest accepts interrupts.",
            VmcsField.GUEST_RFLAGS, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    GUEST_SSP_ALIGNMENT(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"load CET state\" is 1, bits 1:0 of SSP must be 0.",
            "Align SSP to 4 bytes.",
            VmcsField.GUEST_SSP, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_SSP_HIGH_BITS(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"load CET state\" is 1 and the guest will not be in 64-bit mode, bits 63:32 of SSP must be 0.",
            "Clear bits 63:32 of SSP.",
            VmcsField.GUEST_SSP, VmcsField.GUEST_CS_ACCESS_RIGHTS, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_SSP_CANONICAL(EntryCheckSection.GUEST_RIP_RFLAGS_SSP,
            "If \"load CET state\" is 1 and the guest will be in 64-bit mode, SSP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.GUEST_SSP, VmcsField.GUEST_CS_ACCESS_RIGHTS, VmcsField.VM_ENTRY_CONTROLS),
    ACTIVITY_STATE_VALUE(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "The activity state must be 0 to 3, and one that IA32_VMX_MISC reports as supported.",
            "Write 0 (active).",
            VmcsField.GUEST_ACTIVITY_STATE),
    ACTIVITY_STATE_HLT_DPL(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "In activity state HLT the DPL of SS must be 0.",
            "Write 0 (active), or a stack segment of DPL 0.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.GUEST_SS_ACCESS_RIGHTS),
    ACTIVITY_STATE_WITH_BLOCKING(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "With blocking by STI or by MOV SS the activity state must be active.",
            "Write 0 (active), or clear bits 1:0 of the interruptibility state.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    ACTIVITY_STATE_HLT_INJECTION(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "In activity state HLT an injected event must be an external interrupt, an NMI, #DB, #MC or a pending "
                    + "MTF VM exit.",
            "Write 0 (active) when injecting other events.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    ACTIVITY_STATE_SHUTDOWN_INJECTION(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "In activity state shutdown an injected event must be an NMI or #MC.",
            "Write 0 (active), or inject nothing.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    ACTIVITY_STATE_WAIT_FOR_SIPI_INJECTION(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "In activity state wait-for-SIPI the VM-entry interruption information must not be valid.",
            "Clear bit 31 of the VM-entry interruption information.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    ACTIVITY_STATE_WAIT_FOR_SIPI_SMM(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If \"entry to SMM\" is 1, the activity state must not be wait-for-SIPI.",
            "Write another activity state.",
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.VM_ENTRY_CONTROLS),
    INTERRUPTIBILITY_RESERVED_BITS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "Bits 31:5 of the interruptibility state must be 0.",
            "Clear bits 31:5.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    INTERRUPTIBILITY_STI_AND_MOV_SS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "Blocking by STI and blocking by MOV SS must not both be 1.",
            "Clear bit 0 or bit 1.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    INTERRUPTIBILITY_STI_WITHOUT_IF(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If RFLAGS.IF is 0, blocking by STI must be 0.",
            "Clear bit 0, or set RFLAGS.IF.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.GUEST_RFLAGS),
    INTERRUPTIBILITY_STI_INTERRUPT(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If an external interrupt is injected, blocking by STI must be 0.",
            "Clear bit 0 before injecting.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    INTERRUPTIBILITY_MOV_SS_INTERRUPT(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If an external interrupt is injected, blocking by MOV SS must be 0.",
            "Clear bit 1 before injecting.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    INTERRUPTIBILITY_MOV_SS_NMI(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If an NMI is injected, blocking by MOV SS must be 0.",
            "Clear bit 1 before injecting.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    INTERRUPTIBILITY_STI_NMI(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If an NMI is injected, blocking by STI must be 0 on processors that require it.",
            "Clear bit 0 before injecting.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION),
    INTERRUPTIBILITY_SMI_OUTSIDE_SMM(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "Outside SMM, blocking by SMI must be 0.",
            "Clear bit 2.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    INTERRUPTIBILITY_SMI_ENTRY_TO_SMM(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If \"entry to SMM\" is 1, blocking by SMI must be 1.",
            "Set bit 2.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_CONTROLS),
    INTERRUPTIBILITY_NMI_VIRTUAL_NMIS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If \"virtual NMIs\" is 1 and an NMI is injected, blocking by NMI must be 0.",
            "Clear bit 3 before injecting.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE, VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION,
            VmcsField.PIN_BASED_VM_EXECUTION_CONTROLS),
    INTERRUPTIBILITY_ENCLAVE_MOV_SS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the enclave-interruption bit is 1, blocking by MOV SS must be 0.",
            "Clear bit 1 or bit 4.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    INTERRUPTIBILITY_ENCLAVE_SUPPORT(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "The enclave-interruption bit must be 0 unless the processor supports SGX.",
            "Clear bit 4.",
            VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    PENDING_DEBUG_RESERVED_BITS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "Bits 63:17, 15, 13 and 10:4 of the pending debug exceptions must be 0, as must bit 11 without "
                    + "bus-lock detection.",
            "Clear the reserved bits.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS),
    PENDING_DEBUG_BS_MISSING(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "With blocking by STI or MOV SS or in activity state HLT, BS must be 1 if RFLAGS.TF is 1 and "
                    + "IA32_DEBUGCTL.BTF is 0.",
            "Set bit 14, or clear RFLAGS.TF.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS, VmcsField.GUEST_INTERRUPTIBILITY_STATE,
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.GUEST_RFLAGS, VmcsField.GUEST_IA32_DEBUGCTL),
    PENDING_DEBUG_BS_UNEXPECTED(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "With blocking by STI or MOV SS or in activity state HLT, BS must be 0 if RFLAGS.TF is 0 or "
                    + "IA32_DEBUGCTL.BTF is 1.",
            "Clear bit 14.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS, VmcsField.GUEST_INTERRUPTIBILITY_STATE,
            VmcsField.GUEST_ACTIVITY_STATE, VmcsField.GUEST_RFLAGS, VmcsField.GUEST_IA32_DEBUGCTL),
    PENDING_DEBUG_RTM_BITS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If RTM (bit 16) is 1, bit 12 must be 1 and bits 63:17, 15:13 and 11:0 must be 0.",
            "Clear bit 16, or write 11000H.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS),
    PENDING_DEBUG_RTM_SUPPORT(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "RTM (bit 16) must be 0 unless the processor supports restricted transactional memory.",
            "Clear bit 16.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS),
    PENDING_DEBUG_RTM_MOV_SS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If RTM (bit 16) is 1, blocking by MOV SS must be 0.",
            "Clear bit 16, or bit 1 of the interruptibility state.",
            VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS, VmcsField.GUEST_INTERRUPTIBILITY_STATE),
    LINK_POINTER_ALIGNMENT(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, its bits 11:0 must be 0.",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER),
    LINK_POINTER_WIDTH(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, it must not set bits beyond the processor's "
                    + "physical-address width.",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER),
    LINK_POINTER_REVISION(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, the first 31 bits it refers to must be the "
                    + "processor's VMCS revision identifier.",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER),
    LINK_POINTER_SHADOW_INDICATOR(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, bit 31 of the first 4 bytes it refers to must "
                    + "equal \"VMCS shadowing\".",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    LINK_POINTER_CURRENT_VMCS(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, it must not be the current-VMCS pointer (outside "
                    + "SMM, or with \"entry to SMM\").",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER, VmcsField.VM_ENTRY_CONTROLS),
    LINK_POINTER_VMXON_POINTER(EntryCheckSection.GUEST_NON_REGISTER_STATE,
            "If the VMCS link pointer is not FFFFFFFF_FFFFFFFFH, it must not be the VMXON pointer (in SMM, "
                    + "without \"entry to SMM\").",
            "Write FFFFFFFF_FFFFFFFFH unless VMCS shadowing or SMM needs the pointer.",
            VmcsField.VMCS_LINK_POINTER, VmcsField.VM_ENTRY_CONTROLS),
    GUEST_PDPTE0_RESERVED_BITS(EntryCheckSection.GUEST_PDPTES,
            "If the guest uses PAE paging and PDPTE0 is present, its reserved bits (2:1, 8:5 and those beyond the "
                    + "physical-address width) must be 0; with \"enable EPT\" the PDPTE is the VMCS field, "
                    + "otherwise it is in memory at CR3.",
            "Clear the reserved bits.",
            VmcsField.GUEST_PDPTE0, VmcsField.GUEST_CR0, VmcsField.GUEST_CR3, VmcsField.GUEST_CR4,
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    GUEST_PDPTE1_RESERVED_BITS(EntryCheckSection.GUEST_PDPTES,
            "If the guest uses PAE paging and PDPTE1 is present, its reserved bits (2:1, 8:5 and those beyond the "
                    + "physical-address width) must be 0; with \"enable EPT\" the PDPTE is the VMCS field, "
                    + "otherwise it is in memory at CR3.",
            "Clear the reserved bits.",
            VmcsField.GUEST_PDPTE1, VmcsField.GUEST_CR0, VmcsField.GUEST_CR3, VmcsField.GUEST_CR4,
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    GUEST_PDPTE2_RESERVED_BITS(EntryCheckSection.GUEST_PDPTES,
            "If the guest uses PAE paging and PDPTE2 is present, its reserved bits (2:1, 8:5 and those beyond the "
                    + "physical-address width) must be 0; with \"enable EPT\" the PDPTE is the VMCS field, "
                    + "otherwise it is in memory at CR3.",
            "Clear the reserved bits.",
            VmcsField.GUEST_PDPTE2, VmcsField.GUEST_CR0, VmcsField.GUEST_CR3, VmcsField.GUEST_CR4,
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS),
    GUEST_PDPTE3_RESERVED_BITS(EntryCheckSection.GUEST_PDPTES,
            "If the guest uses PAE paging and PDPTE3 is present, its reserved bits (2:1, 8:5 and those beyond the "
                    + "physical-address width) must be 0; with \"enable EPT\" the PDPTE is the VMCS field, "
                    + "otherwise it is in memory at CR3.",
            "Clear the reserved bits.",
            VmcsField.GUEST_PDPTE3, VmcsField.GUEST_CR0, VmcsField.GUEST_CR3, VmcsField.GUEST_CR4,
            VmcsField.VM_ENTRY_CONTROLS, VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS,
            VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS);

    private final EntryCheckSection section;
    private final String rule;
    private final String remedy;
    private final List<VmcsField> reads;
    private final SegmentRule segmentRule;
    private final SegmentRegister segment;

    GuestStateCheck(EntryCheckSection section, String rule, String remedy, VmcsField... reads) {
        this.section = section;
        this.rule = rule;
        this.remedy = remedy;
        this.reads = List.of(reads);
        this.segmentRule = null;
        this.segment = null;
    }

    GuestStateCheck(SegmentRule segmentRule, SegmentRegister segment) {
        this.section = EntryCheckSection.GUEST_SEGMENTS;
        this.rule = segmentRule.rule(segment);
        this.remedy = segmentRule.remedy();
        this.reads = segmentRule.reads(segment);
        this.segmentRule = segmentRule;
        this.segment = segment;
    }

    /**
     * The rule of which this check is an instance.
     *
     * @return the rule, or null if the check is not about a segment register
     */
    public SegmentRule segmentRule() {
        return segmentRule;
    }

    /**
     * The segment register the check is about.
     *
     * @return the register, or null if {@link #segmentRule} is null
     */
    public SegmentRegister segment() {
        return segment;
    }

    /**
     * What the exit qualification says if this check fails.
     *
     * @return the qualification
     */
    public EntryFailure qualification() {
        if (section == EntryCheckSection.GUEST_PDPTES) {
            return new EntryFailure(EntryFailure.PDPTE);
        }
        return new EntryFailure(switch (this) {
            case INTERRUPTIBILITY_STI_NMI -> EntryFailure.NMI_INJECTION;
            case LINK_POINTER_ALIGNMENT, LINK_POINTER_WIDTH, LINK_POINTER_REVISION, LINK_POINTER_SHADOW_INDICATOR,
                    LINK_POINTER_CURRENT_VMCS, LINK_POINTER_VMXON_POINTER -> EntryFailure.LINK_POINTER;
            default -> EntryFailure.OTHER;
        });
    }

    @Override
    public EntryCheckSection section() {
        return section;
    }

    @Override
    public String rule() {
        return rule;
    }

    @Override
    public String remedy() {
        return remedy;
    }

    @Override
    public List<VmcsField> reads() {
        return reads;
    }

    @Override
    public Consequence consequence() {
        return Consequence.GUEST_STATE;
    }
}
