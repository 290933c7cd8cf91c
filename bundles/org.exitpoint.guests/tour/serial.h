/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The first serial port, polled. */
#ifndef TOUR_SERIAL_H
#define TOUR_SERIAL_H

void serial_start(void);
void serial_put(char c);

/* Waits until the last character has left the port. */
void serial_drain(void);

#endif
