/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* What the images use of the Multiboot information. */
#ifndef TOUR_MULTIBOOT_H
#define TOUR_MULTIBOOT_H

#include <stdint.h>

struct multiboot_information {
    uint32_t flags;
    uint32_t memory_lower;
    uint32_t memory_upper;
    uint32_t boot_device;
    uint32_t command_line;
};

/* The command line, empty if there is none; fails unless EAX had the loader's `magic` at the entry point. */
const char *multiboot_command_line(uint32_t magic, const struct multiboot_information *information);

#endif
