/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "descriptors.h"
#include "end.h"
#include "ept.h"
#include "guest_data.h"
#include "multiboot.h"
#include "program.h"
#include "serial.h"
#include "vmx.h"

#define PIC_MASK_FIRST 0x21
#define PIC_MASK_SECOND 0xa1

/* Firmware may have left a timer running; the only interrupt of the tour is the one it sends itself. */
static void mask_pic(void)
{
    out8(PIC_MASK_FIRST, 0xff);
    out8(PIC_MASK_SECOND, 0xff);
}

_Noreturn void root_main(uint32_t magic, const struct multiboot_information *information)
{
    serial_start();
    const char *command_line = multiboot_command_line(magic, information);
    descriptors_load();
    mask_pic();
    vmx_start();
    guest_memory_build();
    ept_build();
    end(program(command_line));
}
