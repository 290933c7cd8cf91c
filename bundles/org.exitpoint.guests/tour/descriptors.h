/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Root's task-state segment and interrupt descriptor table. */
#ifndef TOUR_DESCRIPTORS_H
#define TOUR_DESCRIPTORS_H

#include "x86.h"

extern struct task_state root_task;

/* Loads TR and IDTR. Root runs with interrupts off; whatever arrives there ends the tour with a message. */
void descriptors_load(void);

struct descriptor_table root_gdtr(void);
struct descriptor_table root_idtr(void);

/* Writes the 16-byte descriptor of a 64-bit TSS at `slot`. */
void write_task_descriptor(uint64_t slot[2], const struct task_state *task);

/* Writes a 64-bit interrupt gate with descriptor privilege level `dpl` at `slot`. */
void write_gate(uint64_t slot[2], uint64_t handler, uint16_t selector, unsigned dpl);

#endif
