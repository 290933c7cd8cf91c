/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "capabilities.h"
#include "exits.h"
#include "guest_data.h"
#include "print.h"
#include "program.h"

#define ERROR_INVALID_CONTROL_FIELD 7
#define ERROR_INVALID_HOST_STATE_FIELD 8

#define PIN_DEFAULT1_BIT (1u << 1)
#define ACCESS_RIGHTS_DEFAULT_SIZE (1u << 14)
#define RFLAGS_RESERVED_BIT (1u << 15)
#define EPTP_MEMORY_TYPE_AND_WALK_LENGTH 0x3f
#define EPTP_RESERVED_BIT (1u << 11)
#define MEMORY_TYPE_RESERVED 2
#define WALK_LENGTH_2 (1u << 3)

struct change {
    uint32_t field;
    uint32_t clear;
    uint32_t set;
};

/* One way to fail VM entry. README.md, "tour-broken", names the rules that each breaks. */
struct broken_case {
    const char *name;
    struct change changes[2];
    unsigned change_count;
    const char *rule;
    const char *section;
    /* The VM-instruction error that follows, or 0 for a VM exit with reason ENTRY_FAILURE_GUEST_STATE. */
    uint64_t error;
};

static const struct broken_case cases[] = {
    {"pin-controls", {{PIN_BASED_VM_EXECUTION_CONTROLS, PIN_DEFAULT1_BIT, 0}}, 1,
     "pin-based VM-execution controls: reserved bit 1 is 0", "VM-Execution Control Fields",
     ERROR_INVALID_CONTROL_FIELD},
    {"host-cr4", {{HOST_CR4, CR4_VMXE, 0}}, 1,
     "host CR4: VMXE is 0", "Checks on Host Control Registers and MSRs", ERROR_INVALID_HOST_STATE_FIELD},
    {"guest-cs-ar", {{GUEST_CS_ACCESS_RIGHTS, 0, ACCESS_RIGHTS_DEFAULT_SIZE}}, 1,
     "guest CS access rights: D/B is 1 with L = 1 in an IA-32e mode guest", "Checks on Guest Segment Registers", 0},
    {"guest-rflags", {{GUEST_RFLAGS, 0, RFLAGS_RESERVED_BIT}}, 1,
     "guest RFLAGS: reserved bit 15 is 1", "Checks on Guest RIP and RFLAGS", 0},
    {"ept-pointer",
     {{EPT_POINTER, EPTP_MEMORY_TYPE_AND_WALK_LENGTH, MEMORY_TYPE_RESERVED | WALK_LENGTH_2 | EPTP_RESERVED_BIT},
      {VIRTUAL_PROCESSOR_IDENTIFIER, 0xffff, 0}}, 2,
     "EPT pointer: memory type 2, page-walk length 2, reserved bit 11 is 1; VPID: 0 with \"enable VPID\"",
     "VM-Execution Control Fields", ERROR_INVALID_CONTROL_FIELD},
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

static struct page vmcs_region;
static struct guest guest = {.name = "halt", .vpid = 1, .vmcs = &vmcs_region, .entry = guest_halt};

/* Whether `line`, words separated by spaces, has `word`. */
static int has_word(const char *line, const char *word)
{
    while (*line) {
        const char *rest = word;
        while (*rest && *line == *rest)
            line++, rest++;
        if (!*rest && (!*line || *line == ' '))
            return 1;
        while (*line && *line != ' ')
            line++;
        while (*line == ' ')
            line++;
    }
    return 0;
}

static const struct broken_case *find_case(const char *command_line)
{
    for (unsigned i = 0; i < CASES; i++)
        if (has_word(command_line, cases[i].name))
            return &cases[i];
    print("tour-broken: the command line must name one of");
    for (unsigned i = 0; i < CASES; i++)
        print(" %s", cases[i].name);
    print("\n");
    return 0;
}

static void break_fields(const struct broken_case *broken, uint64_t good[])
{
    for (unsigned i = 0; i < broken->change_count; i++) {
        const struct change *change = &broken->changes[i];
        good[i] = vmread(change->field);
        vmwrite(change->field, (good[i] & ~(uint64_t)change->clear) | change->set);
    }
}

static void repair_fields(const struct broken_case *broken, const uint64_t good[])
{
    for (unsigned i = 0; i < broken->change_count; i++)
        vmwrite(broken->changes[i].field, good[i]);
}

/* Enters once and prints what came of it; the result is whether that is what `broken` leads to. */
static int fails_as_expected(const struct broken_case *broken)
{
    enum vmx_result result = vmx_enter(guest.registers, 0);
    if (result == VM_SUCCEED) {
        struct vm_exit exit = exit_read();
        exit_print(&exit, broken->name);
        return !broken->error && exit.entry_failed && exit.reason == EXIT_ENTRY_FAILURE_GUEST_STATE
            && !exit.qualification;
    }
    uint64_t error = result == VM_FAIL_VALID ? vmread(VM_INSTRUCTION_ERROR) : 0;
    print("vmlaunch: %s, VM-instruction error %lu\n", result == VM_FAIL_VALID ? "VMfailValid" : "VMfailInvalid", error);
    return broken->error && error == broken->error;
}

/* With the fields repaired the same VMCS can be launched: nothing else was wrong. */
static int succeeds_repaired(void)
{
    vmx_expect_success("VMLAUNCH", vmx_enter(guest.registers, 0), (uint64_t)guest.vmcs);
    struct vm_exit exit = exit_read();
    exit_print(&exit, "repaired");
    return !exit.entry_failed && exit.reason == EXIT_HLT;
}

unsigned program(const char *command_line)
{
    const struct broken_case *broken = find_case(command_line);
    if (!broken)
        return 1;
    uint64_t good[2];
    vmcs_setup(&guest);
    if (!guest.vpid)
        fail("\"enable VPID\" may not be 1");
    break_fields(broken, good);
    print("tour-broken: case %s\nbreaks: %s (%s)\n", broken->name, broken->rule, broken->section);
    int failed_right = fails_as_expected(broken);
    repair_fields(broken, good);
    int succeeded = succeeds_repaired();
    print("tour-broken: %s\n", failed_right && succeeded ? "as the manual says, ok" : "not what the manual says");
    return !(failed_right && succeeded);
}
