/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* VM exits: reading, printing and checking them. */
#ifndef TOUR_EXITS_H
#define TOUR_EXITS_H

#include "exit_reasons.h"
#include "guest.h"

/* An entry of the table that the guest's sources fill (steps.h). */
struct expected_exit {
    uint64_t begin;
    uint64_t end;
    const char *step;
    uint64_t qualification;
    uint64_t linear;
    uint64_t physical;
    uint32_t reason;
    uint32_t information;
    uint32_t interruption;
    uint32_t error;
    uint32_t needs;
    uint32_t padding;
};

/* What a VM exit left in the VMCS; a part without meaning for this exit is 0. */
struct vm_exit {
    uint32_t reason;
    int entry_failed;
    uint64_t qualification;
    uint64_t rip;
    uint64_t length;
    uint64_t linear;
    uint64_t physical;
    uint32_t information;
    uint32_t interruption;
    uint32_t error;
};

/* The exit information of the current VMCS. */
struct vm_exit exit_read(void);

/* One line: number and name of the reason, then `name=value` of every field that is valid, then the step's name. */
void exit_print(const struct vm_exit *exit, const char *step);

/* Prints `exit`, counts it and checks it against the next entry of the table, which it returns. */
const struct expected_exit *exit_expect(const struct vm_exit *exit);

/* Prints and counts an exit that is not in the table. */
void exit_report(const struct vm_exit *exit, const char *step);

/* Checks that the table is used up and prints how many exits and reasons there were. */
void exit_summary(void);

#endif
