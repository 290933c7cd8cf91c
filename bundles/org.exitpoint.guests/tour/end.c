/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "end.h"
#include "print.h"
#include "serial.h"
#include "x86.h"

#define EXIT_PORT 0xf4
#define BOCHS_POWER_PORT 0x8900

_Noreturn void end(unsigned value)
{
    out32(EXIT_PORT, value);
    /* Only a machine without the exit port gets here; Bochs ends when it reads this word. */
    serial_drain();
    for (const char *word = "Shutdown"; *word; word++)
        out8(BOCHS_POWER_PORT, (uint8_t)*word);
    for (;;)
        __asm__ volatile("cli; hlt");
}

_Noreturn void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print("fail: ");
    print_list(format, arguments);
    print("\n");
    end(1);
}
