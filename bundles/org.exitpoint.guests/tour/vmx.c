/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "vmx.h"
#include "capabilities.h"

#define FEATURE_CONTROL_LOCK (1ul << 0)
#define FEATURE_CONTROL_VMX_OUTSIDE_SMX (1ul << 2)

#define INVEPT_SINGLE_CONTEXT 1ul
#define INVEPT_ALL_CONTEXTS 2ul
#define INVVPID_SINGLE_CONTEXT 1ul
#define INVVPID_ALL_CONTEXTS 2ul

static struct page vmxon_region;

_Noreturn void vmx_instruction_failed(const char *instruction, enum vmx_result result, uint64_t operand)
{
    uint64_t error;
    if (result == VM_FAIL_VALID && try_vmread(VM_INSTRUCTION_ERROR, &error) == VM_SUCCEED)
        fail("%s 0x%lx: VMfailValid, VM-instruction error %lu", instruction, operand, error);
    fail("%s 0x%lx: VMfailInvalid", instruction, operand);
}

static void check_processor(void)
{
    if (!(cpuid(1, 0).ecx & CPUID_1_ECX_VMX))
        fail("CPUID.01H:ECX.VMX[5] is 0, this processor has no VMX");
    uint64_t control = read_msr(MSR_IA32_FEATURE_CONTROL);
    if (!(control & FEATURE_CONTROL_LOCK)) {
        control |= FEATURE_CONTROL_LOCK | FEATURE_CONTROL_VMX_OUTSIDE_SMX;
        write_msr(MSR_IA32_FEATURE_CONTROL, control);
    }
    if (!(control & FEATURE_CONTROL_VMX_OUTSIDE_SMX))
        fail("IA32_FEATURE_CONTROL = 0x%lx: locked with VMX outside SMX off", control);
}

static enum vmx_result vmxon(const uint64_t *address)
{
    uint8_t carry, zero;
    __asm__ volatile("vmxon %2; setc %0; setz %1" : "=qm"(carry), "=qm"(zero) : "m"(*address) : "cc", "memory");
    return vmx_outcome(carry, zero);
}

static enum vmx_result vmclear(const uint64_t *address)
{
    uint8_t carry, zero;
    __asm__ volatile("vmclear %2; setc %0; setz %1" : "=qm"(carry), "=qm"(zero) : "m"(*address) : "cc", "memory");
    return vmx_outcome(carry, zero);
}

static enum vmx_result vmptrld(const uint64_t *address)
{
    uint8_t carry, zero;
    __asm__ volatile("vmptrld %2; setc %0; setz %1" : "=qm"(carry), "=qm"(zero) : "m"(*address) : "cc", "memory");
    return vmx_outcome(carry, zero);
}

struct invalidation {
    uint64_t context;
    uint64_t address;
};

static enum vmx_result invept(uint64_t type, const struct invalidation *what)
{
    uint8_t carry, zero;
    __asm__ volatile("invept %2, %3; setc %0; setz %1"
                     : "=qm"(carry), "=qm"(zero) : "m"(*what), "r"(type) : "cc", "memory");
    return vmx_outcome(carry, zero);
}

static enum vmx_result invvpid(uint64_t type, const struct invalidation *what)
{
    uint8_t carry, zero;
    __asm__ volatile("invvpid %2, %3; setc %0; setz %1"
                     : "=qm"(carry), "=qm"(zero) : "m"(*what), "r"(type) : "cc", "memory");
    return vmx_outcome(carry, zero);
}

void vmx_start(void)
{
    check_processor();
    write_cr0(cr0_fixed(read_cr0()));
    write_cr4(cr4_fixed(read_cr4() | CR4_VMXE));
    vmxon_region.word[0] = vmcs_revision();
    uint64_t address = (uint64_t)&vmxon_region;
    vmx_expect_success("VMXON", vmxon(&address), address);
}

void vmx_use_fresh(struct page *region)
{
    region->word[0] = vmcs_revision();
    uint64_t address = (uint64_t)region;
    vmx_expect_success("VMCLEAR", vmclear(&address), address);
    vmx_expect_success("VMPTRLD", vmptrld(&address), address);
}

void vmx_invalidate_ept(uint64_t eptp)
{
    uint64_t capabilities = ept_vpid_capabilities();
    if (!(capabilities & CAPABLE_INVEPT))
        return;
    struct invalidation what = {eptp, 0};
    int single = (capabilities & CAPABLE_INVEPT_SINGLE) != 0;
    vmx_expect_success("INVEPT", invept(single ? INVEPT_SINGLE_CONTEXT : INVEPT_ALL_CONTEXTS, &what), eptp);
}

void vmx_invalidate_vpid(uint64_t vpid)
{
    uint64_t capabilities = ept_vpid_capabilities();
    if (!(capabilities & CAPABLE_INVVPID) || !vpid)
        return;
    struct invalidation what = {vpid, 0};
    int single = (capabilities & CAPABLE_INVVPID_SINGLE) != 0;
    vmx_expect_success("INVVPID", invvpid(single ? INVVPID_SINGLE_CONTEXT : INVVPID_ALL_CONTEXTS, &what), vpid);
}
