/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "descriptors.h"
#include "guest_calls.h"
#include "guest_data.h"
#include "guest_map.h"
#include "segments.h"

#define PAGE_PRESENT 1ul
#define PAGE_WRITABLE 2ul
#define PAGE_USER 4ul
#define VECTOR_GENERAL_PROTECTION 13

static struct tables paging = {guest_tables, 1, GUEST_TABLES};

static void map_part(const uint8_t *from, const uint8_t *to, uint64_t bits)
{
    for (uint64_t at = (uint64_t)from; at < (uint64_t)to; at += PAGE_SIZE)
        *table_entry(&paging, at, LEVEL_4K) = at | bits;
}

static void build_paging(void)
{
    map_part(guest_code, guest_code_end, PAGE_PRESENT);
    map_part(guest_user_code, guest_user_code_end, PAGE_PRESENT | PAGE_USER);
    map_part(guest_data, guest_data_end, PAGE_PRESENT | PAGE_WRITABLE);
    map_part(guest_user_data, guest_user_data_end, PAGE_PRESENT | PAGE_WRITABLE | PAGE_USER);
    for (uint64_t at = LARGE_MEMORY; at < LARGE_MEMORY_END; at += LARGE_PAGE_SIZE)
        *table_entry(&paging, at, LEVEL_2M) = at | TABLE_LARGE | PAGE_PRESENT | PAGE_WRITABLE;
    for (uint64_t at = WINDOW; at < WINDOW + LARGE_MEMORY_END; at += LARGE_PAGE_SIZE)
        *table_entry(&paging, at, LEVEL_2M) = at | TABLE_LARGE | PAGE_PRESENT;
    for (uint64_t at = 0; at < PROBE_PAGES * PAGE_SIZE; at += PAGE_SIZE)
        *table_entry(&paging, PROBE_LINEAR + at, LEVEL_4K) = (PROBE_PHYSICAL + at) | PAGE_PRESENT | PAGE_WRITABLE;
    *table_entry(&paging, HIDDEN_LINEAR, LEVEL_2M) = (uint64_t)&guest_hidden_table | TABLE_ALLOW_ALL;
    guest_hidden_table.word[0] = (PROBE_PHYSICAL + PROBE_PLAIN) | PAGE_PRESENT | PAGE_WRITABLE;
}

void guest_memory_build(void)
{
    build_paging();
    guest_task.rsp[0] = (uint64_t)guest_interrupt_stack_top;
    write_task_descriptor(&guest_gdt[GUEST_TASK / 8], &guest_task);
    write_gate(guest_idt[VECTOR_GENERAL_PROTECTION], (uint64_t)guest_general_protection, GUEST_CODE, 0);
    write_gate(guest_idt[GUEST_TRAP_VECTOR], (uint64_t)guest_trap, GUEST_CODE, 3);
}
