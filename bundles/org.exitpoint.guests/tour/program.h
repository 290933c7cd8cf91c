/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The two programs that the images are: `tour` (tour.c) and `tour-broken` (broken.c). */
#ifndef TOUR_PROGRAM_H
#define TOUR_PROGRAM_H

/* Runs in VMX operation, with guest memory and EPT built; its result is the value at the exit port. */
unsigned program(const char *command_line);

#endif
