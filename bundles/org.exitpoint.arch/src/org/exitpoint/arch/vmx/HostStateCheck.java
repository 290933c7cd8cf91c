/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import org.exitpoint.arch.Sdm;

/** The checks on the host-state area; failure is VMfail with error 8. */
@Sdm(section = "28.2", title = "Checks on VMX Controls and Host-State Area")
public enum HostStateCheck implements EntryCheckDescriptor {
    HOST_CR0_FIXED_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "CR0 must set every bit that is 1 in IA32_VMX_CR0_FIXED0 and no bit that is 0 in IA32_VMX_CR0_FIXED1.",
            "OR with FIXED0 and AND with FIXED1; PE, NE and PG must be 1.",
            VmcsField.HOST_CR0),
    HOST_CR4_FIXED_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "CR4 must set every bit that is 1 in IA32_VMX_CR4_FIXED0 and no bit that is 0 in IA32_VMX_CR4_FIXED1.",
            "OR with FIXED0 and AND with FIXED1; VMXE must be 1.",
            VmcsField.HOST_CR4),
    HOST_CR4_CET_WITHOUT_WP(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If CR4.CET is 1, CR0.WP must be 1.",
            "Set CR0.WP, or clear CR4.CET.",
            VmcsField.HOST_CR4, VmcsField.HOST_CR0),
    HOST_CR3_WIDTH(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "CR3 must not set bits beyond the processor's physical-address width, except those that "
                    + "linear-address masking defines.",
            "Use a physical address below 2^MAXPHYADDR.",
            VmcsField.HOST_CR3),
    HOST_SYSENTER_ESP_CANONICAL(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "IA32_SYSENTER_ESP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_IA32_SYSENTER_ESP),
    HOST_SYSENTER_EIP_CANONICAL(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "IA32_SYSENTER_EIP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_IA32_SYSENTER_EIP),
    HOST_PERF_GLOBAL_CTRL_RESERVED_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load IA32_PERF_GLOBAL_CTRL\" is 1, IA32_PERF_GLOBAL_CTRL must set no reserved bit.",
            "Enable only counters that the processor has.",
            VmcsField.HOST_IA32_PERF_GLOBAL_CTRL, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_PAT_MEMORY_TYPES(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load IA32_PAT\" is 1, each byte of IA32_PAT must be 0, 1, 4, 5, 6 or 7.",
            "Write memory types UC, WC, WT, WP, WB or UC- to every byte.",
            VmcsField.HOST_IA32_PAT, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_EFER_RESERVED_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" is 1, IA32_EFER must set no reserved bit.",
            "Set none but SCE, LME, LMA and NXE.",
            VmcsField.HOST_IA32_EFER, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_EFER_LMA(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" is 1, IA32_EFER.LMA must equal \"host address-space size\".",
            "Make LMA and \"host address-space size\" agree.",
            VmcsField.HOST_IA32_EFER, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_EFER_LME(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load IA32_EFER\" is 1, IA32_EFER.LME must equal \"host address-space size\".",
            "Make LME and \"host address-space size\" agree.",
            VmcsField.HOST_IA32_EFER, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_S_CET_CANONICAL(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, IA32_S_CET must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_IA32_S_CET, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_S_CET_RESERVED_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, bits 9:6 of IA32_S_CET must be 0, as must the bits of features the "
                    + "processor lacks.",
            "Clear the reserved bits.",
            VmcsField.HOST_IA32_S_CET, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_S_CET_SUPPRESS_AND_TRACKER(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, bits 10 and 11 of IA32_S_CET must not both be 1.",
            "Clear SUPPRESS or TRACKER.",
            VmcsField.HOST_IA32_S_CET, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_INTERRUPT_SSP_TABLE_CANONICAL(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, IA32_INTERRUPT_SSP_TABLE_ADDR must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_IA32_INTERRUPT_SSP_TABLE_ADDR, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_SSP_ALIGNMENT(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, bits 1:0 of SSP must be 0.",
            "Align SSP to 4 bytes.",
            VmcsField.HOST_SSP, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_SSP_CANONICAL(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load CET state\" is 1, SSP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_SSP, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_PKRS_HIGH_BITS(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load PKRS\" is 1, bits 63:32 of IA32_PKRS must be 0.",
            "Clear bits 63:32.",
            VmcsField.HOST_IA32_PKRS, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_FRED_CONFIG(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_CONFIG must be canonical and its bits 2, 5:4 and 11 must be 0.",
            "Write the page of the entry point and clear the reserved bits.",
            VmcsField.HOST_IA32_FRED_CONFIG, VmcsField.SECONDARY_VM_EXIT_CONTROLS, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_FRED_RSP(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_RSP1 to IA32_FRED_RSP3 must be canonical and their bits 5:0 "
                    + "must be 0.",
            "Write canonical addresses with bits 5:0 clear.",
            VmcsField.HOST_IA32_FRED_RSP1, VmcsField.HOST_IA32_FRED_RSP2, VmcsField.HOST_IA32_FRED_RSP3,
            VmcsField.SECONDARY_VM_EXIT_CONTROLS, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_FRED_SSP(EntryCheckSection.HOST_CONTROL_REGISTERS,
            "If \"load FRED state\" is 1, IA32_FRED_SSP1 to IA32_FRED_SSP3 must be canonical and their bits 2:0 "
                    + "must be 0.",
            "Write canonical addresses with bits 2:0 clear.",
            VmcsField.HOST_IA32_FRED_SSP1, VmcsField.HOST_IA32_FRED_SSP2, VmcsField.HOST_IA32_FRED_SSP3,
            VmcsField.SECONDARY_VM_EXIT_CONTROLS, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_ES_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the ES selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_ES_SELECTOR),
    HOST_CS_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the CS selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_CS_SELECTOR),
    HOST_SS_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the SS selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_SS_SELECTOR),
    HOST_DS_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the DS selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_DS_SELECTOR),
    HOST_FS_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the FS selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_FS_SELECTOR),
    HOST_GS_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the GS selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_GS_SELECTOR),
    HOST_TR_SELECTOR_RPL_AND_TI(EntryCheckSection.HOST_SEGMENTS,
            "RPL (bits 1:0) and TI (bit 2) of the TR selector must be 0.",
            "Clear bits 2:0 of the selector.",
            VmcsField.HOST_TR_SELECTOR),
    HOST_CS_SELECTOR_ZERO(EntryCheckSection.HOST_SEGMENTS,
            "The CS selector must not be 0000H.",
            "Write the selector of the host's code segment.",
            VmcsField.HOST_CS_SELECTOR),
    HOST_TR_SELECTOR_ZERO(EntryCheckSection.HOST_SEGMENTS,
            "The TR selector must not be 0000H.",
            "Write the selector of the host's TSS.",
            VmcsField.HOST_TR_SELECTOR),
    HOST_SS_SELECTOR_ZERO(EntryCheckSection.HOST_SEGMENTS,
            "If \"host address-space size\" is 0, the SS selector must not be 0000H.",
            "Write the selector of the host's stack segment.",
            VmcsField.HOST_SS_SELECTOR, VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_FS_BASE_CANONICAL(EntryCheckSection.HOST_SEGMENTS,
            "The base address of FS must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_FS_BASE),
    HOST_GS_BASE_CANONICAL(EntryCheckSection.HOST_SEGMENTS,
            "The base address of GS must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_GS_BASE),
    HOST_TR_BASE_CANONICAL(EntryCheckSection.HOST_SEGMENTS,
            "The base address of TR must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_TR_BASE),
    HOST_GDTR_BASE_CANONICAL(EntryCheckSection.HOST_SEGMENTS,
            "The base address of GDTR must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_GDTR_BASE),
    HOST_IDTR_BASE_CANONICAL(EntryCheckSection.HOST_SEGMENTS,
            "The base address of IDTR must be canonical.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.HOST_IDTR_BASE),
    LEGACY_MODE_IA32E_GUEST(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If IA32_EFER.LMA is 0 at VM entry, \"IA-32e mode guest\" must be 0.",
            "Clear \"IA-32e mode guest\", or enter from IA-32e mode.",
            VmcsField.VM_ENTRY_CONTROLS),
    LEGACY_MODE_HOST_SIZE(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If IA32_EFER.LMA is 0 at VM entry, \"host address-space size\" must be 0.",
            "Clear \"host address-space size\".",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    IA32E_MODE_HOST_SIZE(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If IA32_EFER.LMA is 1 at VM entry, \"host address-space size\" must be 1.",
            "Set \"host address-space size\".",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS),
    HOST_32_BIT_IA32E_GUEST(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 0, \"IA-32e mode guest\" must be 0.",
            "Clear \"IA-32e mode guest\", or set \"host address-space size\".",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.VM_ENTRY_CONTROLS),
    HOST_32_BIT_PCIDE(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 0, CR4.PCIDE must be 0.",
            "Clear CR4.PCIDE.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_CR4),
    HOST_32_BIT_RIP(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 0, bits 63:32 of RIP must be 0.",
            "Clear bits 63:32 of RIP.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_RIP),
    HOST_32_BIT_S_CET(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 0 and \"load CET state\" is 1, bits 63:32 of IA32_S_CET must be 0.",
            "Clear bits 63:32 of IA32_S_CET.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_IA32_S_CET),
    HOST_32_BIT_SSP(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 0 and \"load CET state\" is 1, bits 63:32 of SSP must be 0.",
            "Clear bits 63:32 of SSP.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_SSP),
    HOST_64_BIT_PAE(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 1, CR4.PAE must be 1.",
            "Set CR4.PAE.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_CR4),
    HOST_64_BIT_RIP(EntryCheckSection.ADDRESS_SPACE_SIZE,
            "If \"host address-space size\" is 1, RIP must be a canonical address.",
            "Write an address whose upper bits all equal its highest linear-address bit.",
            VmcsField.PRIMARY_VM_EXIT_CONTROLS, VmcsField.HOST_RIP);

    private final EntryCheckSection section;
    private final String rule;
    private final String remedy;
    private final List<VmcsField> reads;

    HostStateCheck(EntryCheckSection section, String rule, String remedy, VmcsField... reads) {
        this.section = section;
        this.rule = rule;
        this.remedy = remedy;
        this.reads = List.of(reads);
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
        return Consequence.HOST_STATE;
    }
}
