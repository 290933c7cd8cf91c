/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* 4-level tables, built alike for the guest's paging and for EPT: in both, bits 2:0 = 7 allow everything. */
#ifndef TOUR_TABLES_H
#define TOUR_TABLES_H

#include "vmx.h"

#define TABLE_ALLOW_ALL 7ul
#define TABLE_LARGE (1ul << 7)
#define TABLE_ADDRESS 0x000ffffffffff000ul

/* Pages to build tables of; page[0] is the top one. */
struct tables {
    struct page *page;
    unsigned used;
    unsigned capacity;
};

enum table_level { LEVEL_4K = 0, LEVEL_2M = 1, LEVEL_1G = 2, LEVEL_TOP = 3 };

/* The entry for `address` at `level`; tables above it that do not exist are added. */
uint64_t *table_entry(struct tables *tables, uint64_t address, enum table_level level);

#endif
