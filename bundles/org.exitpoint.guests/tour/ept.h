/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The guest's memory as EPT gives it. */
#ifndef TOUR_EPT_H
#define TOUR_EPT_H

#include <stdint.h>

#define EPT_READ 1ul
#define EPT_WRITE 2ul
#define EPT_EXECUTE 4ul

/* Builds the EPT paging structures; fails where the processor lacks what they need. */
void ept_build(void);

/* The EPT pointer to what ept_build() made. */
uint64_t ept_pointer(void);

/* Allows everything in the 4-KByte page at `guest_physical`. */
void ept_allow(uint64_t guest_physical);

#endif
