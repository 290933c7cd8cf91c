/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* What root knows of the guest's part of the image (guest_data.S, tour.lds). */
#ifndef TOUR_GUEST_DATA_H
#define TOUR_GUEST_DATA_H

#include "tables.h"
#include <stddef.h>

/* Bounds of the guest's part, whole pages; its user-mode code and data are within. */
extern uint8_t guest_code[], guest_code_end[], guest_data[], guest_data_end[];
extern uint8_t guest_user_code[], guest_user_code_end[], guest_user_data[], guest_user_data_end[];

/* First instructions and initial stack. */
extern uint8_t guest_instructions[], guest_events[], guest_halt[], guest_stack_top[], guest_interrupt_stack_top[];

/* Instructions that return to the caller, for a page to be filled with. */
extern const uint8_t guest_returns[], guest_returns_end[];

extern uint64_t guest_gdt[], guest_idt[][2];
extern uint8_t guest_idt_end[], guest_general_protection[], guest_trap[];
extern struct task_state guest_task;

/* Which optional steps the guest shall take: bits FEATURE_… of guest_calls.h. */
extern uint64_t guest_features;

#define GUEST_TABLES 8
extern struct page guest_tables[GUEST_TABLES], guest_hidden_table;

/* Fills the guest's tables: paging, segments, interrupts. */
void guest_memory_build(void);

void *memset(void *to, int value, size_t n);
void *memcpy(void *to, const void *from, size_t n);

#endif
