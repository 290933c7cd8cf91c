/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "capabilities.h"
#include "end.h"
#include "vmcs_fields.h"
#include "x86.h"

#define MSR_IA32_VMX_BASIC 0x480
#define MSR_IA32_VMX_CR0_FIXED0 0x486
#define MSR_IA32_VMX_CR0_FIXED1 0x487
#define MSR_IA32_VMX_CR4_FIXED0 0x488
#define MSR_IA32_VMX_CR4_FIXED1 0x489
#define MSR_IA32_VMX_EPT_VPID_CAP 0x48c

#define BASIC_STRING_IO_INFORMATION (1ul << 54)
#define BASIC_TRUE_CONTROLS (1ul << 55)

const struct control_word pin_based = {
    "pin-based VM-execution controls", PIN_BASED_VM_EXECUTION_CONTROLS, 0x481, 0x48d};
const struct control_word primary = {
    "primary VM-execution controls", PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, 0x482, 0x48e};
const struct control_word secondary = {
    "secondary VM-execution controls", SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, 0x48b, 0};
const struct control_word exit_controls = {"VM-exit controls", PRIMARY_VM_EXIT_CONTROLS, 0x483, 0x48f};
const struct control_word entry_controls = {"VM-entry controls", VM_ENTRY_CONTROLS, 0x484, 0x490};

uint64_t control_settings(const struct control_word *word)
{
    int use_true = word->true_msr && (read_msr(MSR_IA32_VMX_BASIC) & BASIC_TRUE_CONTROLS);
    return read_msr(use_true ? word->true_msr : word->msr);
}

int control_allowed(const struct control_word *word, uint32_t bits)
{
    if (word == &secondary && !control_allowed(&primary, PRIMARY_SECONDARY_CONTROLS))
        return 0;
    return (control_settings(word) >> 32 & bits) == bits;
}

uint32_t control_value(const struct control_word *word, uint32_t wanted)
{
    uint64_t settings = control_settings(word);
    uint32_t refused = wanted & ~(uint32_t)(settings >> 32);
    if (refused)
        fail("%s: bits 0x%x may not be 1 (capability MSR 0x%x = 0x%lx)", word->name, refused, word->msr, settings);
    return wanted | (uint32_t)settings;
}

uint32_t vmcs_revision(void)
{
    return (uint32_t)read_msr(MSR_IA32_VMX_BASIC) & 0x7fffffff;
}

int string_io_reports_information(void)
{
    return (read_msr(MSR_IA32_VMX_BASIC) & BASIC_STRING_IO_INFORMATION) != 0;
}

uint64_t cr0_forced(void)
{
    return read_msr(MSR_IA32_VMX_CR0_FIXED0);
}

uint64_t cr4_forced(void)
{
    return read_msr(MSR_IA32_VMX_CR4_FIXED0);
}

uint64_t cr0_fixed(uint64_t value)
{
    return (value | cr0_forced()) & read_msr(MSR_IA32_VMX_CR0_FIXED1);
}

uint64_t cr4_fixed(uint64_t value)
{
    return (value | cr4_forced()) & read_msr(MSR_IA32_VMX_CR4_FIXED1);
}

uint64_t ept_vpid_capabilities(void)
{
    if (!control_allowed(&secondary, SECONDARY_ENABLE_EPT) && !control_allowed(&secondary, SECONDARY_ENABLE_VPID))
        return 0;
    return read_msr(MSR_IA32_VMX_EPT_VPID_CAP);
}
