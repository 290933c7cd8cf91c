/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Formatted output on the serial port. */
#ifndef TOUR_PRINT_H
#define TOUR_PRINT_H

#include <stdarg.h>

/* Conversions: %s, %u, %x, %lu, %lx. */
void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
void print_list(const char *format, va_list arguments);

#endif
