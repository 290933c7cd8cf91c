/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "guest_calls.h"
#include "guest_data.h"
#include "handlers.h"

#define IN (1u << 3)
#define STRING (1u << 4)
#define REP (1u << 5)

/* INS fills memory with TOUR_PORT_INPUT; what OUTS writes goes nowhere. DF is 0, guest memory is mapped identically. */
static void move_string(struct guest *guest, const struct vm_exit *exit, unsigned size)
{
    uint32_t input = TOUR_PORT_INPUT;
    uint64_t count = exit->qualification & REP ? guest->registers[RCX] : 1;
    if (exit->qualification & IN)
        for (uint64_t i = 0; i < count; i++)
            memcpy((void *)(exit->linear + i * size), &input, size);
    guest->registers[exit->qualification & IN ? RDI : RSI] += count * size;
    if (exit->qualification & REP)
        guest->registers[RCX] = 0;
}

static void read_port(struct guest *guest, unsigned size)
{
    uint32_t input = TOUR_PORT_INPUT;
    if (size == sizeof(input))
        guest->registers[RAX] = 0;
    memcpy(&guest->registers[RAX], &input, size);
}

void handle_io_instruction(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)expected;
    unsigned size = (exit->qualification & 7) + 1;
    if (exit->qualification & STRING)
        move_string(guest, exit, size);
    else if (exit->qualification & IN)
        read_port(guest, size);
    skip_instruction(exit);
}
