/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* VMX operation and its instructions, each with its failure made visible. */
#ifndef TOUR_VMX_H
#define TOUR_VMX_H

#include "end.h"
#include "vmcs_fields.h"
#include "x86.h"

/* How a VMX instruction ended (manual: "Conventions", of the VMX instruction reference). */
enum vmx_result { VM_SUCCEED = 0, VM_FAIL_INVALID = 1, VM_FAIL_VALID = 2 };

/* A 4-KByte page: VMXON region, VMCS region, bitmap or table. */
struct page {
    uint64_t word[512];
} __attribute__((aligned(4096)));

/* Checks that this processor can, turns VMX on and enters VMX operation; fails with a readable message. */
void vmx_start(void);

/* Makes `region` the current VMCS, in the clear launch state. */
void vmx_use_fresh(struct page *region);

/* Drops what the processor cached of translations through `eptp`. */
void vmx_invalidate_ept(uint64_t eptp);

/* Drops what the processor cached of linear translations of `vpid`. */
void vmx_invalidate_vpid(uint64_t vpid);

_Noreturn void vmx_instruction_failed(const char *instruction, enum vmx_result result, uint64_t operand);

static always_inline enum vmx_result vmx_outcome(uint8_t carry, uint8_t zero)
{
    return carry ? VM_FAIL_INVALID : zero ? VM_FAIL_VALID : VM_SUCCEED;
}

static always_inline void vmx_expect_success(const char *instruction, enum vmx_result result, uint64_t operand)
{
    if (result != VM_SUCCEED)
        vmx_instruction_failed(instruction, result, operand);
}

static always_inline enum vmx_result try_vmread(uint64_t field, uint64_t *value)
{
    uint8_t carry, zero;
    __asm__ volatile("vmread %3, %2; setc %0; setz %1" : "=qm"(carry), "=qm"(zero), "=r"(*value) : "r"(field) : "cc");
    return vmx_outcome(carry, zero);
}

static always_inline uint64_t vmread(uint64_t field)
{
    uint64_t value;
    vmx_expect_success("VMREAD", try_vmread(field, &value), field);
    return value;
}

static always_inline void vmwrite(uint64_t field, uint64_t value)
{
    uint8_t carry, zero;
    __asm__ volatile("vmwrite %3, %2; setc %0; setz %1" : "=qm"(carry), "=qm"(zero) : "r"(field), "r"(value) : "cc");
    vmx_expect_success("VMWRITE", vmx_outcome(carry, zero), field);
}

#endif
