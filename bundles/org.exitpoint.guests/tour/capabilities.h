/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* VMX capability MSRs (manual: "VMX Capability Reporting Facility") and the control bits they govern. */
#ifndef TOUR_CAPABILITIES_H
#define TOUR_CAPABILITIES_H

#include <stdint.h>

#define PIN_EXTERNAL_INTERRUPT_EXITING (1u << 0)
#define PIN_NMI_EXITING (1u << 3)
#define PIN_PREEMPTION_TIMER (1u << 6)

#define PRIMARY_HLT_EXITING (1u << 7)
#define PRIMARY_INVLPG_EXITING (1u << 9)
#define PRIMARY_RDTSC_EXITING (1u << 12)
#define PRIMARY_CR3_LOAD_EXITING (1u << 15)
#define PRIMARY_CR3_STORE_EXITING (1u << 16)
#define PRIMARY_CR8_LOAD_EXITING (1u << 19)
#define PRIMARY_CR8_STORE_EXITING (1u << 20)
#define PRIMARY_MOV_DR_EXITING (1u << 23)
#define PRIMARY_UNCONDITIONAL_IO_EXITING (1u << 24)
#define PRIMARY_USE_IO_BITMAPS (1u << 25)
#define PRIMARY_USE_MSR_BITMAPS (1u << 28)
#define PRIMARY_SECONDARY_CONTROLS (1u << 31)

#define SECONDARY_ENABLE_EPT (1u << 1)
#define SECONDARY_ENABLE_VPID (1u << 5)

#define EXIT_HOST_ADDRESS_SPACE_SIZE (1u << 9)
#define EXIT_ACKNOWLEDGE_INTERRUPT (1u << 15)
#define EXIT_SAVE_EFER (1u << 20)
#define EXIT_LOAD_EFER (1u << 21)

#define ENTRY_IA32E_MODE_GUEST (1u << 9)
#define ENTRY_LOAD_EFER (1u << 15)

#define EPT_CAPABLE_WALK_LENGTH_4 (1ul << 6)
#define EPT_CAPABLE_WRITE_BACK (1ul << 14)
#define EPT_CAPABLE_2M (1ul << 16)
#define EPT_CAPABLE_1G (1ul << 17)
#define CAPABLE_INVEPT (1ul << 20)
#define CAPABLE_INVEPT_SINGLE (1ul << 25)
#define CAPABLE_INVVPID (1ul << 32)
#define CAPABLE_INVVPID_SINGLE (1ul << 41)

/* A word of controls: its name in messages, the MSR that reports it, and the TRUE one, if it has one. */
struct control_word {
    const char *name;
    uint32_t field;
    uint32_t msr;
    uint32_t true_msr;
};

extern const struct control_word pin_based, primary, secondary, exit_controls, entry_controls;

/* What the manual allows: bits 31:0 must be 1 where 1, bits 63:32 may be 1 where 1. */
uint64_t control_settings(const struct control_word *word);

/* Whether all of `bits` may be 1. */
int control_allowed(const struct control_word *word, uint32_t bits);

/* `wanted` plus what must be 1; fails, naming the word and the bits, if a wanted bit may not be 1. */
uint32_t control_value(const struct control_word *word, uint32_t wanted);

/* IA32_VMX_BASIC. */
uint32_t vmcs_revision(void);
int string_io_reports_information(void);

/* Bits of CR0 or CR4 that VMX operation forces to 1. */
uint64_t cr0_forced(void);
uint64_t cr4_forced(void);

/* `value` with the bits that VMX operation fixes in CR0 or CR4 as they must be. */
uint64_t cr0_fixed(uint64_t value);
uint64_t cr4_fixed(uint64_t value);

/* IA32_VMX_EPT_VPID_CAP; 0 where the processor has neither EPT nor VPID. */
uint64_t ept_vpid_capabilities(void);

#endif
