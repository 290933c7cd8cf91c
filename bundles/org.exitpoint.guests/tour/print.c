/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "print.h"
#include "serial.h"
#include <stdint.h>

static void put_text(const char *text)
{
    while (*text)
        serial_put(*text++);
}

static void put_number(uint64_t value, unsigned base)
{
    char digits[24];
    unsigned n = 0;
    do {
        digits[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);
    while (n)
        serial_put(digits[--n]);
}

void print_list(const char *format, va_list arguments)
{
    for (; *format; format++) {
        if (*format != '%') {
            serial_put(*format);
            continue;
        }
        int wide = *++format == 'l';
        format += wide;
        if (*format == 's') {
            put_text(va_arg(arguments, const char *));
        } else {
            uint64_t value = wide ? va_arg(arguments, unsigned long) : va_arg(arguments, unsigned);
            put_number(value, *format == 'x' ? 16 : 10);
        }
    }
}

void print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_list(format, arguments);
    va_end(arguments);
}
