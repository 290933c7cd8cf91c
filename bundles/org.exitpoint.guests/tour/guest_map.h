/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/*
 * Where things are for the guest; read by C and assembly. What is not named here is mapped identically,
 * from the guest's linear to guest-physical to physical addresses.
 */
#ifndef TOUR_GUEST_MAP_H
#define TOUR_GUEST_MAP_H

/* Four pages that EPT denies in four ways until the guest has touched them, and a fifth it never denies. */
#define PROBE_LINEAR 0xffff800000000000
#define PROBE_PHYSICAL 0x80000000
#define PROBE_ABSENT 0x0000
#define PROBE_READ_ONLY 0x1000
#define PROBE_NO_EXECUTE 0x2000
#define PROBE_MISCONFIGURED 0x3000
#define PROBE_PLAIN 0x4000
#define PROBE_PAGES 5

/* Linear address that the guest's own tables do not map. */
#define UNMAPPED_LINEAR 0xffff800000005000

/* Mapped to PROBE_PLAIN by a guest page table that EPT hides at first. */
#define HIDDEN_LINEAR 0xffff800000200000

/* All machine memory below 1 GByte, read-only, by one 1-GByte EPT page where the processor has them. */
#define WINDOW 0x40000000

/* Guest memory in 2-MByte EPT pages. */
#define LARGE_MEMORY 0x400000
#define LARGE_MEMORY_END 0x800000

/* What root leaves in the probe pages. */
#define PROBE_WORD 0x7072

/* What the instructions in the page PROBE_NO_EXECUTE return. */
#define PROBE_RETURN 0x6578

#endif
