/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* A guest: what root keeps of it beside its VMCS. */
#ifndef TOUR_GUEST_H
#define TOUR_GUEST_H

#include "vmx.h"

/* General registers by the manual's numbers; RSP is in the VMCS. */
enum general_register { RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI, GENERAL_REGISTERS = 16 };

struct guest {
    uint64_t registers[GENERAL_REGISTERS];
    const char *name;
    uint64_t vpid;
    const uint8_t *entry;
    uint32_t exception_bitmap;
    /* Primary VM-execution controls beside those that every guest has. */
    uint32_t primary_controls;
    /* Set by the first VM entry that succeeded: the next is a VMRESUME. */
    int launched;
    int finished;
    /* Registers that root keeps for the guest and the processor does not. */
    uint64_t cr8;
    uint64_t debug_register[8];
    struct page *vmcs;
};

/* Makes a VMCS for `guest` current and fills every field that its controls make valid. */
void vmcs_setup(struct guest *guest);

/*
 * Enters the guest by VMLAUNCH or, if `resume`, VMRESUME. Returns VM_SUCCEED after the next VM exit, which stores the
 * guest's registers, else how the instruction failed.
 */
enum vmx_result vmx_enter(uint64_t registers[GENERAL_REGISTERS], uint64_t resume);

/* Where VM exits arrive: HOST_RIP. */
extern uint8_t exit_stub[];

#endif
