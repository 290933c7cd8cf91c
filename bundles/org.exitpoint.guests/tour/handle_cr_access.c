/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "capabilities.h"
#include "handlers.h"

#define LMSW_BITS 0xful

/* What the guest wrote becomes what it reads; what holds is that, with the bits that VMX operation fixes. */
static void set_cr0(uint64_t value)
{
    vmwrite(CR0_READ_SHADOW, value);
    vmwrite(GUEST_CR0, cr0_fixed(value));
}

static void set_cr4(uint64_t value)
{
    vmwrite(CR4_READ_SHADOW, value);
    vmwrite(GUEST_CR4, cr4_fixed(value));
}

static uint64_t visible_cr0(void)
{
    uint64_t owned = vmread(CR0_GUEST_HOST_MASK);
    return (vmread(CR0_READ_SHADOW) & owned) | (vmread(GUEST_CR0) & ~owned);
}

static void move_to(struct guest *guest, unsigned cr, uint64_t value)
{
    switch (cr) {
    case 0:
        set_cr0(value);
        break;
    case 3:
        vmwrite(GUEST_CR3, value);
        vmx_invalidate_vpid(guest->vpid);
        break;
    case 4:
        set_cr4(value);
        vmx_invalidate_vpid(guest->vpid);
        break;
    default:
        guest->cr8 = value;
    }
}

/* LMSW sets the low four bits of CR0, but cannot clear PE. */
static void load_machine_status_word(uint64_t source)
{
    uint64_t cr0 = visible_cr0();
    set_cr0((cr0 & ~(LMSW_BITS & ~CR0_PE)) | (source & LMSW_BITS));
}

void handle_cr_access(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    enum { MOV_TO, MOV_FROM, CLTS, LMSW };
    unsigned cr = exit->qualification & 15;
    unsigned number = exit->qualification >> 8 & 15;
    switch (exit->qualification >> 4 & 3) {
    case MOV_TO:
        move_to(guest, cr, get_register(guest, number));
        break;
    case MOV_FROM:
        set_register(guest, number, cr == 3 ? vmread(GUEST_CR3) : guest->cr8);
        break;
    case CLTS:
        set_cr0(visible_cr0() & ~CR0_TS);
        break;
    case LMSW:
        load_machine_status_word(exit->qualification >> 16);
        break;
    }
    skip_instruction(exit);
}
