/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The end of a run. */
#ifndef TOUR_END_H
#define TOUR_END_H

/* Ends the machine with `value` at the exit port: the status of the command is value << 1 | 1. */
_Noreturn void end(unsigned value);

/* Prints "fail: …" as a line and ends with value 1. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
