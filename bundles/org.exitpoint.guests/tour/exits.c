/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "exits.h"
#include "capabilities.h"
#include "guest_data.h"
#include "print.h"

#define CR_QUALIFICATION_LMSW_MEMORY 0x70ul
#define IO_QUALIFICATION_STRING (1ul << 4)
#define EPT_QUALIFICATION_LINEAR (1ul << 7)
#define EPT_QUALIFICATION_BASIC 0x1bful
#define INTERRUPTION_VALID (1u << 31)
#define INTERRUPTION_ERROR (1u << 11)
#define INTERRUPTION_TYPE(i) ((i) >> 8 & 7)
#define TYPE_SOFTWARE_INTERRUPT 4

#define INFORMATION_SCALE 0x3u
#define INFORMATION_REGISTER1 (0xfu << 3)
#define INFORMATION_ADDRESS_SIZE (7u << 7)
#define INFORMATION_IS_REGISTER (1u << 10)
#define INFORMATION_SEGMENT (7u << 15)
#define INFORMATION_INDEX (0xfu << 18)
#define INFORMATION_NO_INDEX (1u << 22)
#define INFORMATION_BASE (0xfu << 23)
#define INFORMATION_NO_BASE (1u << 27)
#define INFORMATION_REGISTER2 (0xfu << 28)

extern const struct expected_exit expected_exits[], expected_exits_end[];

static const struct expected_exit *next = expected_exits;
static const char *last_skipped;
static unsigned exits_seen;
static uint64_t reasons_seen;

static const char *const names[EXIT_REASONS] = {
    [EXIT_EXCEPTION_OR_NMI] = "EXCEPTION_OR_NMI",
    [EXIT_EXTERNAL_INTERRUPT] = "EXTERNAL_INTERRUPT",
    [EXIT_TRIPLE_FAULT] = "TRIPLE_FAULT",
    [EXIT_CPUID] = "CPUID",
    [EXIT_HLT] = "HLT",
    [EXIT_INVLPG] = "INVLPG",
    [EXIT_RDTSC] = "RDTSC",
    [EXIT_VMCALL] = "VMCALL",
    [EXIT_VMCLEAR] = "VMCLEAR",
    [EXIT_VMLAUNCH] = "VMLAUNCH",
    [EXIT_VMPTRLD] = "VMPTRLD",
    [EXIT_VMPTRST] = "VMPTRST",
    [EXIT_VMREAD] = "VMREAD",
    [EXIT_VMRESUME] = "VMRESUME",
    [EXIT_VMWRITE] = "VMWRITE",
    [EXIT_VMXOFF] = "VMXOFF",
    [EXIT_VMXON] = "VMXON",
    [EXIT_CR_ACCESS] = "CR_ACCESS",
    [EXIT_MOV_DR] = "MOV_DR",
    [EXIT_IO_INSTRUCTION] = "IO_INSTRUCTION",
    [EXIT_RDMSR] = "RDMSR",
    [EXIT_WRMSR] = "WRMSR",
    [EXIT_ENTRY_FAILURE_GUEST_STATE] = "ENTRY_FAILURE_GUEST_STATE",
    [EXIT_EPT_VIOLATION] = "EPT_VIOLATION",
    [EXIT_EPT_MISCONFIGURATION] = "EPT_MISCONFIGURATION",
    [EXIT_INVEPT] = "INVEPT",
    [EXIT_PREEMPTION_TIMER] = "PREEMPTION_TIMER",
    [EXIT_INVVPID] = "INVVPID",
};

static const char *exit_name(uint32_t reason)
{
    return reason < EXIT_REASONS && names[reason] ? names[reason] : "UNEXPECTED";
}

static int is_string_io(const struct vm_exit *exit)
{
    return exit->reason == EXIT_IO_INSTRUCTION && (exit->qualification & IO_QUALIFICATION_STRING);
}

/* Manual: "Information for VM Exits Due to Instruction Execution". */
static int has_length(const struct vm_exit *exit)
{
    switch (exit->reason) {
    case EXIT_EXCEPTION_OR_NMI:
        return INTERRUPTION_TYPE(exit->interruption) >= TYPE_SOFTWARE_INTERRUPT;
    case EXIT_INVEPT:
    case EXIT_INVVPID:
        return 1;
    default:
        return exit->reason >= EXIT_CPUID && exit->reason <= EXIT_WRMSR;
    }
}

static int has_information(const struct vm_exit *exit)
{
    switch (exit->reason) {
    case EXIT_VMCLEAR:
    case EXIT_VMPTRLD:
    case EXIT_VMPTRST:
    case EXIT_VMREAD:
    case EXIT_VMWRITE:
    case EXIT_VMXON:
    case EXIT_INVEPT:
    case EXIT_INVVPID:
        return 1;
    default:
        return is_string_io(exit) && string_io_reports_information();
    }
}

/* Manual: "Basic VM-Exit Information". */
static int has_linear(const struct vm_exit *exit)
{
    return is_string_io(exit)
        || (exit->reason == EXIT_EPT_VIOLATION && (exit->qualification & EPT_QUALIFICATION_LINEAR))
        || (exit->reason == EXIT_CR_ACCESS
            && (exit->qualification & CR_QUALIFICATION_LMSW_MEMORY) == CR_QUALIFICATION_LMSW_MEMORY);
}

static int has_physical(const struct vm_exit *exit)
{
    return exit->reason == EXIT_EPT_VIOLATION || exit->reason == EXIT_EPT_MISCONFIGURATION;
}

static int has_interruption(const struct vm_exit *exit)
{
    return exit->reason == EXIT_EXCEPTION_OR_NMI || exit->reason == EXIT_EXTERNAL_INTERRUPT;
}

static int has_error(const struct vm_exit *exit)
{
    uint32_t both = INTERRUPTION_VALID | INTERRUPTION_ERROR;
    return (exit->interruption & both) == both;
}

struct vm_exit exit_read(void)
{
    struct vm_exit exit = {0};
    uint32_t reason = (uint32_t)vmread(EXIT_REASON);
    exit.reason = (uint16_t)reason;
    exit.entry_failed = (reason & EXIT_IS_ENTRY_FAILURE) != 0;
    exit.qualification = vmread(EXIT_QUALIFICATION);
    exit.rip = vmread(GUEST_RIP);
    if (has_interruption(&exit))
        exit.interruption = (uint32_t)vmread(VM_EXIT_INTERRUPTION_INFORMATION);
    if (has_error(&exit))
        exit.error = (uint32_t)vmread(VM_EXIT_INTERRUPTION_ERROR_CODE);
    if (has_length(&exit))
        exit.length = vmread(VM_EXIT_INSTRUCTION_LENGTH);
    if (has_linear(&exit))
        exit.linear = vmread(GUEST_LINEAR_ADDRESS);
    if (has_physical(&exit))
        exit.physical = vmread(GUEST_PHYSICAL_ADDRESS);
    if (has_information(&exit))
        exit.information = (uint32_t)vmread(VM_EXIT_INSTRUCTION_INFORMATION);
    return exit;
}

void exit_print(const struct vm_exit *exit, const char *step)
{
    print("exit %u %s qual=0x%lx rip=0x%lx", exit->reason, exit_name(exit->reason), exit->qualification, exit->rip);
    if (has_length(exit))
        print(" len=%lu", exit->length);
    if (has_linear(exit))
        print(" linear=0x%lx", exit->linear);
    if (has_physical(exit))
        print(" physical=0x%lx", exit->physical);
    if (has_interruption(exit))
        print(" interruption=0x%x", exit->interruption);
    if (has_error(exit))
        print(" error=0x%x", exit->error);
    if (has_information(exit))
        print(" info=0x%x", exit->information);
    print(" step=%s\n", step);
}

/* The bits that the manual defines in an instruction information equal to `expected`. */
static uint32_t defined_information(const struct vm_exit *exit, uint32_t expected)
{
    if (exit->reason == EXIT_IO_INSTRUCTION)
        return INFORMATION_ADDRESS_SIZE | (expected & INFORMATION_SEGMENT);
    uint32_t bits = INFORMATION_IS_REGISTER;
    if (exit->reason == EXIT_VMREAD || exit->reason == EXIT_VMWRITE || exit->reason == EXIT_INVEPT
        || exit->reason == EXIT_INVVPID)
        bits |= INFORMATION_REGISTER2;
    if (expected & INFORMATION_IS_REGISTER)
        return bits | INFORMATION_REGISTER1;
    bits |= INFORMATION_ADDRESS_SIZE | INFORMATION_SEGMENT | INFORMATION_NO_INDEX | INFORMATION_NO_BASE;
    if (!(expected & INFORMATION_NO_INDEX))
        bits |= INFORMATION_INDEX | INFORMATION_SCALE;
    if (!(expected & INFORMATION_NO_BASE))
        bits |= INFORMATION_BASE;
    return bits;
}

static void must_equal(const char *field, uint64_t seen, uint64_t expected)
{
    if (seen != expected)
        fail("%s is 0x%lx where the manual says 0x%lx", field, seen, expected);
}

static void check(const struct vm_exit *exit, const struct expected_exit *expected)
{
    must_equal("exit reason", exit->reason, expected->reason);
    must_equal("VM-entry failure", (uint64_t)exit->entry_failed, 0);
    must_equal("guest RIP", exit->rip, expected->begin);
    if (exit->reason == EXIT_EPT_VIOLATION)
        must_equal("exit qualification", exit->qualification & EPT_QUALIFICATION_BASIC, expected->qualification);
    else
        must_equal("exit qualification", exit->qualification, expected->qualification);
    if (has_length(exit))
        must_equal("VM-exit instruction length", exit->length, expected->end - expected->begin);
    must_equal("guest-linear address", exit->linear, expected->linear);
    must_equal("guest-physical address", exit->physical, expected->physical);
    must_equal("VM-exit interruption information", exit->interruption, expected->interruption);
    must_equal("VM-exit interruption error code", exit->error, expected->error);
    uint32_t defined = defined_information(exit, expected->information);
    if (has_information(exit))
        must_equal("VM-exit instruction information", exit->information & defined, expected->information);
}

static void skip_what_is_not_there(void)
{
    for (; next < expected_exits_end && (next->needs & ~guest_features); next++) {
        if (next->step != last_skipped)
            print("skip: %s\n", next->step);
        last_skipped = next->step;
    }
}

void exit_report(const struct vm_exit *exit, const char *step)
{
    exits_seen++;
    reasons_seen |= 1ul << (exit->reason & 63);
    exit_print(exit, step);
}

const struct expected_exit *exit_expect(const struct vm_exit *exit)
{
    skip_what_is_not_there();
    if (next == expected_exits_end) {
        exit_print(exit, "none");
        fail("no further exit was expected");
    }
    exit_report(exit, next->step);
    check(exit, next);
    return next++;
}

void exit_summary(void)
{
    skip_what_is_not_there();
    if (next != expected_exits_end)
        fail("step %s did not exit", next->step);
    unsigned reasons = 0;
    for (uint64_t left = reasons_seen; left; left &= left - 1)
        reasons++;
    print("tour: %u exits, %u reasons, ok\n", exits_seen, reasons);
}
