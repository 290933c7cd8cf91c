/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "ept.h"
#include "capabilities.h"
#include "guest_data.h"
#include "guest_map.h"
#include "print.h"
#include "tables.h"

#define EPT_WRITE_BACK (6ul << 3)
#define EPTP_WRITE_BACK 6ul
#define EPTP_WALK_LENGTH_4 (3ul << 3)

#define EPT_TABLES 10

static struct page table_pages[EPT_TABLES];
static struct tables ept = {table_pages, 1, EPT_TABLES};
static struct page probe_pages[PROBE_PAGES];

static void check_capabilities(void)
{
    uint64_t required = EPT_CAPABLE_WALK_LENGTH_4 | EPT_CAPABLE_WRITE_BACK | EPT_CAPABLE_2M;
    if (!control_allowed(&secondary, SECONDARY_ENABLE_EPT))
        fail("\"enable EPT\" may not be 1");
    if ((ept_vpid_capabilities() & required) != required)
        fail("EPT without walk length 4, write-back tables or 2-MByte pages (IA32_VMX_EPT_VPID_CAP = 0x%lx)",
             ept_vpid_capabilities());
}

static void map_page(uint64_t guest_physical, uint64_t physical, uint64_t permissions)
{
    *table_entry(&ept, guest_physical, LEVEL_4K) = physical | EPT_WRITE_BACK | permissions;
}

static void map_identically(const uint8_t *from, const uint8_t *to, uint64_t permissions)
{
    for (uint64_t at = (uint64_t)from; at < (uint64_t)to; at += PAGE_SIZE)
        map_page(at, at, permissions);
}

static void map_window(void)
{
    uint64_t leaf = EPT_WRITE_BACK | TABLE_LARGE | EPT_READ;
    if (ept_vpid_capabilities() & EPT_CAPABLE_1G) {
        *table_entry(&ept, WINDOW, LEVEL_1G) = leaf;
        return;
    }
    print("skip: 1-GByte EPT pages\n");
    for (uint64_t at = 0; at < HUGE_PAGE_SIZE; at += LARGE_PAGE_SIZE)
        *table_entry(&ept, WINDOW + at, LEVEL_2M) = at | leaf;
}

static void map_probes(void)
{
    static const struct {
        uint64_t offset, permissions;
    } probes[PROBE_PAGES] = {
        {PROBE_ABSENT, 0},
        {PROBE_READ_ONLY, EPT_READ},
        {PROBE_NO_EXECUTE, EPT_READ | EPT_WRITE},
        {PROBE_MISCONFIGURED, EPT_WRITE},
        {PROBE_PLAIN, EPT_READ | EPT_WRITE},
    };
    for (unsigned i = 0; i < PROBE_PAGES; i++) {
        map_page(PROBE_PHYSICAL + probes[i].offset, (uint64_t)&probe_pages[i], probes[i].permissions);
        probe_pages[i].word[0] = PROBE_WORD;
    }
    memcpy(&probe_pages[PROBE_NO_EXECUTE / PAGE_SIZE], guest_returns, guest_returns_end - guest_returns);
}

void ept_build(void)
{
    check_capabilities();
    map_identically(guest_code, guest_code_end, EPT_READ | EPT_EXECUTE);
    map_identically(guest_data, guest_data_end, EPT_READ | EPT_WRITE);
    map_page((uint64_t)&guest_hidden_table, (uint64_t)&guest_hidden_table, 0);
    for (uint64_t at = LARGE_MEMORY; at < LARGE_MEMORY_END; at += LARGE_PAGE_SIZE)
        *table_entry(&ept, at, LEVEL_2M) = at | EPT_WRITE_BACK | TABLE_LARGE | EPT_READ | EPT_WRITE;
    map_window();
    map_probes();
}

uint64_t ept_pointer(void)
{
    return (uint64_t)table_pages | EPTP_WALK_LENGTH_4 | EPTP_WRITE_BACK;
}

void ept_allow(uint64_t guest_physical)
{
    *table_entry(&ept, guest_physical, LEVEL_4K) |= TABLE_ALLOW_ALL;
    vmx_invalidate_ept(ept_pointer());
}
