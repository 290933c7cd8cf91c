/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/*
 * A kernel without virtualization for timing and comparing engines: `R` on the serial port, rounds of work whose
 * result is known, `r`. Its command line may end with the number of rounds.
 */
#include "end.h"
#include "multiboot.h"
#include "serial.h"

#define DEFAULT_ROUNDS 20000
#define RESULT 0x535137bb71137d75ul

/* One round from fixed numbers; the same result each time. */
uint64_t registers_round(void);

/* The last word of `line` as a number, or the default if it is none. */
static uint64_t count_rounds(const char *line)
{
    uint64_t value = 0;
    int digits = 0;
    for (; *line; line++) {
        if (*line == ' ') {
            value = 0;
            digits = 0;
        } else if (*line >= '0' && *line <= '9' && digits >= 0) {
            value = value * 10 + (uint64_t)(*line - '0');
            digits++;
        } else {
            digits = -1;
        }
    }
    return digits > 0 ? value : DEFAULT_ROUNDS;
}

_Noreturn void root_main(uint32_t magic, const struct multiboot_information *information)
{
    uint64_t rounds = count_rounds(multiboot_command_line(magic, information));
    unsigned wrong = 0;
    serial_start();
    serial_put('R');
    for (uint64_t i = 0; i < rounds; i++)
        wrong |= registers_round() != RESULT;
    serial_put('r');
    serial_put('\n');
    end(wrong);
}
