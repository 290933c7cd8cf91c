/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "serial.h"
#include "x86.h"

#define COM1 0x3f8
#define INTERRUPT_ENABLE (COM1 + 1)
#define FIFO_CONTROL (COM1 + 2)
#define LINE_CONTROL (COM1 + 3)
#define MODEM_CONTROL (COM1 + 4)
#define LINE_STATUS (COM1 + 5)

#define LINE_8N1 0x03
#define LINE_DIVISOR_ACCESS 0x80
#define LINE_STATUS_HOLDING_EMPTY 0x20
#define LINE_STATUS_TRANSMITTER_EMPTY 0x40

void serial_start(void)
{
    out8(INTERRUPT_ENABLE, 0);
    out8(LINE_CONTROL, LINE_DIVISOR_ACCESS | LINE_8N1);
    out8(COM1, 1);
    out8(COM1 + 1, 0);
    out8(LINE_CONTROL, LINE_8N1);
    out8(FIFO_CONTROL, 0x07);
    out8(MODEM_CONTROL, 0x03);
}

void serial_put(char c)
{
    while (!(in8(LINE_STATUS) & LINE_STATUS_HOLDING_EMPTY))
        ;
    out8(COM1, (uint8_t)c);
}

void serial_drain(void)
{
    while (!(in8(LINE_STATUS) & LINE_STATUS_TRANSMITTER_EMPTY))
        ;
}
