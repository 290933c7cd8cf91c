/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "root.h"
#include "descriptors.h"
#include "end.h"
#include "ept.h"
#include "guest_data.h"
#include "serial.h"
#include "vmx.h"

#define MULTIBOOT_LOADED 0x2badb002
#define MULTIBOOT_HAS_COMMAND_LINE (1u << 2)

#define PIC_MASK_FIRST 0x21
#define PIC_MASK_SECOND 0xa1

struct multiboot_information {
    uint32_t flags;
    uint32_t memory_lower;
    uint32_t memory_upper;
    uint32_t boot_device;
    uint32_t command_line;
};

/* Firmware may have left a timer running; the only interrupt of the tour is the one it sends itself. */
static void mask_pic(void)
{
    out8(PIC_MASK_FIRST, 0xff);
    out8(PIC_MASK_SECOND, 0xff);
}

_Noreturn void root_main(uint32_t magic, const struct multiboot_information *information)
{
    serial_start();
    descriptors_load();
    if (magic != MULTIBOOT_LOADED)
        fail("not started by a Multiboot loader (EAX = 0x%x)", magic);
    const char *command_line = "";
    if (information->flags & MULTIBOOT_HAS_COMMAND_LINE)
        command_line = (const char *)(uint64_t)information->command_line;
    mask_pic();
    vmx_start();
    guest_memory_build();
    ept_build();
    end(program(command_line));
}
