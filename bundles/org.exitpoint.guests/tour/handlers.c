/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "handlers.h"
#include "capabilities.h"
#include "ept.h"
#include "guest_calls.h"
#include "print.h"

#define INTERRUPTION_SOFTWARE_EXCEPTION 6
#define QUALIFICATION_FROM_DR (1u << 4)

void skip_instruction(const struct vm_exit *exit)
{
    vmwrite(GUEST_RIP, exit->rip + exit->length);
}

uint64_t get_register(const struct guest *guest, unsigned number)
{
    return number == RSP ? vmread(GUEST_RSP) : guest->registers[number];
}

void set_register(struct guest *guest, unsigned number, uint64_t value)
{
    if (number == RSP)
        vmwrite(GUEST_RSP, value);
    else
        guest->registers[number] = value;
}

static void set_edx_eax(struct guest *guest, uint64_t value)
{
    guest->registers[RAX] = (uint32_t)value;
    guest->registers[RDX] = value >> 32;
}

/* Exceptions are provoked to be seen: the guest goes on behind the instruction, whose length only some report. */
static void handle_exception(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)guest;
    if ((exit->interruption >> 8 & 7) == INTERRUPTION_SOFTWARE_EXCEPTION)
        skip_instruction(exit);
    else
        vmwrite(GUEST_RIP, expected->end);
}

static void handle_triple_fault(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)exit, (void)expected;
    guest->finished = 1;
}

static void handle_cpuid(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    uint32_t leaf = (uint32_t)guest->registers[RAX];
    struct cpuid answer = {TOUR_LEAF, TOUR_SIGNATURE, TOUR_SIGNATURE, TOUR_SIGNATURE};
    if (leaf != TOUR_LEAF)
        answer = cpuid(leaf, (uint32_t)guest->registers[RCX]);
    guest->registers[RAX] = answer.eax;
    guest->registers[RBX] = answer.ebx;
    guest->registers[RCX] = answer.ecx;
    guest->registers[RDX] = answer.edx;
    skip_instruction(exit);
}

static void handle_rdtsc(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    set_edx_eax(guest, TOUR_TSC);
    skip_instruction(exit);
}

static void handle_by_skipping(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)guest, (void)expected;
    skip_instruction(exit);
}

static void handle_invlpg(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    vmx_invalidate_vpid(guest->vpid);
    skip_instruction(exit);
}

static void handle_vmcall(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    skip_instruction(exit);
    switch ((uint32_t)guest->registers[RAX]) {
    case CALL_GREET:
        guest->registers[RAX] = CALL_GREETING;
        break;
    case CALL_SEND_INTERRUPT:
        send_interrupt();
        break;
    case CALL_EXPIRE_TIMER:
        expire_timer();
        break;
    case CALL_FINISHED:
        guest->finished = 1;
        break;
    default:
        fail("VMCALL with request 0x%lx", guest->registers[RAX]);
    }
}

/* The guest has no VMX of its own: its VMX instructions end as they do without a current VMCS. */
static void handle_vmx_instruction(struct guest *guest, const struct vm_exit *exit,
                                   const struct expected_exit *expected)
{
    (void)guest, (void)expected;
    vmwrite(GUEST_RFLAGS, (vmread(GUEST_RFLAGS) & ~RFLAGS_ZF) | RFLAGS_CF);
    skip_instruction(exit);
}

static void handle_mov_dr(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    uint64_t *debug_register = &guest->debug_register[exit->qualification & 7];
    unsigned number = exit->qualification >> 8 & 15;
    if (exit->qualification & QUALIFICATION_FROM_DR)
        set_register(guest, number, *debug_register);
    else
        *debug_register = get_register(guest, number);
    skip_instruction(exit);
}

static void handle_rdmsr(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    int is_kept = (uint32_t)guest->registers[RCX] == MSR_SYSENTER_CS;
    set_edx_eax(guest, is_kept ? vmread(GUEST_IA32_SYSENTER_CS) : 0);
    skip_instruction(exit);
}

static void handle_wrmsr(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    uint64_t value = guest->registers[RDX] << 32 | (uint32_t)guest->registers[RAX];
    if ((uint32_t)guest->registers[RCX] == MSR_SYSENTER_CS)
        vmwrite(GUEST_IA32_SYSENTER_CS, value);
    skip_instruction(exit);
}

/* The instruction runs again, now allowed. */
static void handle_ept(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)guest, (void)expected;
    ept_allow(exit->physical);
}

exit_handler *const handlers[EXIT_REASONS] = {
    [EXIT_EXCEPTION_OR_NMI] = handle_exception,
    [EXIT_EXTERNAL_INTERRUPT] = handle_external_interrupt,
    [EXIT_TRIPLE_FAULT] = handle_triple_fault,
    [EXIT_CPUID] = handle_cpuid,
    [EXIT_HLT] = handle_by_skipping,
    [EXIT_INVLPG] = handle_invlpg,
    [EXIT_RDTSC] = handle_rdtsc,
    [EXIT_VMCALL] = handle_vmcall,
    [EXIT_VMCLEAR] = handle_vmx_instruction,
    [EXIT_VMLAUNCH] = handle_vmx_instruction,
    [EXIT_VMPTRLD] = handle_vmx_instruction,
    [EXIT_VMPTRST] = handle_vmx_instruction,
    [EXIT_VMREAD] = handle_vmx_instruction,
    [EXIT_VMRESUME] = handle_vmx_instruction,
    [EXIT_VMWRITE] = handle_vmx_instruction,
    [EXIT_VMXOFF] = handle_vmx_instruction,
    [EXIT_VMXON] = handle_vmx_instruction,
    [EXIT_CR_ACCESS] = handle_cr_access,
    [EXIT_MOV_DR] = handle_mov_dr,
    [EXIT_IO_INSTRUCTION] = handle_io_instruction,
    [EXIT_RDMSR] = handle_rdmsr,
    [EXIT_WRMSR] = handle_wrmsr,
    [EXIT_EPT_VIOLATION] = handle_ept,
    [EXIT_EPT_MISCONFIGURATION] = handle_ept,
    [EXIT_INVEPT] = handle_vmx_instruction,
    [EXIT_PREEMPTION_TIMER] = handle_preemption_timer,
    [EXIT_INVVPID] = handle_vmx_instruction,
};
