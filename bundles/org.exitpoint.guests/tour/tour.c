/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "capabilities.h"
#include "ept.h"
#include "guest_calls.h"
#include "guest_data.h"
#include "handlers.h"
#include "print.h"
#include "program.h"

static struct page vmcs_regions[2];

static struct guest first = {
    .name = "instructions",
    .vpid = 1,
    .vmcs = &vmcs_regions[0],
    .entry = guest_instructions,
    .exception_bitmap = 1u << 3 | 1u << 6 | 1u << 13 | 1u << 14,
    .primary_controls = PRIMARY_INVLPG_EXITING | PRIMARY_RDTSC_EXITING | PRIMARY_CR3_LOAD_EXITING
        | PRIMARY_CR3_STORE_EXITING | PRIMARY_CR8_LOAD_EXITING | PRIMARY_CR8_STORE_EXITING | PRIMARY_MOV_DR_EXITING
        | PRIMARY_UNCONDITIONAL_IO_EXITING,
};

static struct guest second = {
    .name = "events",
    .vpid = 2,
    .vmcs = &vmcs_regions[1],
    .entry = guest_events,
    .primary_controls = PRIMARY_USE_IO_BITMAPS | PRIMARY_USE_MSR_BITMAPS,
};

static void find_features(void)
{
    uint64_t capabilities = ept_vpid_capabilities();
    if (control_allowed(&pin_based, PIN_PREEMPTION_TIMER))
        guest_features |= FEATURE_PREEMPTION_TIMER;
    if (capabilities & CAPABLE_INVEPT)
        guest_features |= FEATURE_INVEPT;
    if (capabilities & CAPABLE_INVVPID)
        guest_features |= FEATURE_INVVPID;
}

static void enter(struct guest *guest)
{
    enum vmx_result result = vmx_enter(guest->registers, (uint64_t)guest->launched);
    vmx_expect_success(guest->launched ? "VMRESUME" : "VMLAUNCH", result, (uint64_t)guest->vmcs);
}

static void check_guest_is_content(const struct guest *guest, const struct vm_exit *exit)
{
    if (exit->reason == EXIT_VMCALL && guest->registers[RAX] == CALL_WRONG)
        fail("the guest found a wrong value before 0x%lx", guest->registers[RBX]);
}

static void handle(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    exit_handler *handler = handlers[exit->reason];
    if (!handler)
        fail("no handler for exit reason %u", exit->reason);
    handler(guest, exit, expected);
}

static void run(struct guest *guest)
{
    print("guest: %s\n", guest->name);
    while (!guest->finished) {
        enter(guest);
        guest->launched = 1;
        struct vm_exit exit = exit_read();
        check_guest_is_content(guest, &exit);
        handle(guest, &exit, exit_expect(&exit));
    }
}

/* RFLAGS with bit 1 clear is no valid guest state: the entry fails, and leaves the VMCS as it was. */
static void fail_one_entry(struct guest *guest)
{
    vmwrite(GUEST_RFLAGS, 0);
    enter(guest);
    struct vm_exit exit = exit_read();
    exit_report(&exit, "entry_failure");
    if (exit.reason != EXIT_ENTRY_FAILURE_GUEST_STATE || !exit.entry_failed || exit.qualification)
        fail("the manual says a VM-entry failure due to invalid guest state, with qualification 0");
    vmwrite(GUEST_RFLAGS, RFLAGS_FIXED);
}

unsigned program(const char *command_line)
{
    (void)command_line;
    print("tour: in VMX root operation, VMCS revision 0x%x\n", vmcs_revision());
    find_features();
    vmcs_setup(&first);
    run(&first);
    vmcs_setup(&second);
    fail_one_entry(&second);
    run(&second);
    exit_summary();
    return 0;
}
