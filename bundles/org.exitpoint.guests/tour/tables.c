/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "tables.h"

static uint64_t *next_table(struct tables *tables, uint64_t *entry)
{
    if (!*entry) {
        if (tables->used == tables->capacity)
            fail("all %u pages for tables are used", tables->capacity);
        *entry = (uint64_t)&tables->page[tables->used++] | TABLE_ALLOW_ALL;
    }
    return (uint64_t *)(*entry & TABLE_ADDRESS);
}

uint64_t *table_entry(struct tables *tables, uint64_t address, enum table_level level)
{
    uint64_t *table = tables->page[0].word;
    for (int at = LEVEL_TOP;; at--) {
        uint64_t *entry = &table[address >> (12 + 9 * at) & 511];
        if (at == (int)level)
            return entry;
        table = next_table(tables, entry);
    }
}
