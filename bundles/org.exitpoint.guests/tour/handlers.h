/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* What root does about a VM exit. */
#ifndef TOUR_HANDLERS_H
#define TOUR_HANDLERS_H

#include "exits.h"

typedef void exit_handler(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected);

/* By basic exit reason; null where the tour has none. */
extern exit_handler *const handlers[EXIT_REASONS];

/* Lets the guest go on after the instruction that exited. */
void skip_instruction(const struct vm_exit *exit);

/* The value of a general register of the guest, RSP included, by the manual's number. */
uint64_t get_register(const struct guest *guest, unsigned number);
void set_register(struct guest *guest, unsigned number, uint64_t value);

exit_handler handle_cr_access, handle_io_instruction, handle_external_interrupt, handle_preemption_timer;

/* Makes an interrupt pending in the local APIC; root takes none, so the next VM entry meets it. */
void send_interrupt(void);

/* Makes the next VM entry exit before the guest's first instruction. */
void expire_timer(void);

#endif
