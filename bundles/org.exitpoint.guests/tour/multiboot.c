/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "multiboot.h"
#include "end.h"

#define LOADED_MAGIC 0x2badb002
#define HAS_COMMAND_LINE (1u << 2)

const char *multiboot_command_line(uint32_t magic, const struct multiboot_information *information)
{
    if (magic != LOADED_MAGIC)
        fail("not started by a Multiboot loader (EAX = 0x%x)", magic);
    return information->flags & HAS_COMMAND_LINE ? (const char *)(uint64_t)information->command_line : "";
}
