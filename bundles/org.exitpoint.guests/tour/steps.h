/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/*
 * How the guest's steps are written (assembly only). An instruction that exits is written as an argument of `exits`,
 * with what the manual says root will find in the VMCS. That expectation goes to the table that exits.c checks each
 * exit against, in the order of the source, which is the order of execution.
 */
#ifndef TOUR_STEPS_H
#define TOUR_STEPS_H

#include "exit_reasons.h"
#include "guest_calls.h"
#include "guest_map.h"

/* VM-exit instruction-information fields; registers by number. */
#define RCX 1
#define RBX 3
#define RSP 4
#define RSI 6
#define RDI 7
#define SEGMENT_SS 2
#define SEGMENT_DS 3
#define INFO_SCALE(log2) (log2)
#define INFO_REGISTER1(r) (1 << 10 | (r) << 3)
#define INFO_ADDRESS64 (2 << 7)
#define INFO_SEGMENT(s) ((s) << 15)
#define INFO_INDEX(r) ((r) << 18)
#define INFO_NO_INDEX (1 << 22)
#define INFO_BASE(r) ((r) << 23)
#define INFO_NO_BASE (1 << 27)
#define INFO_REGISTER2(r) ((r) << 28)

/* Exit qualifications. */
#define IO_WORD 1
#define IO_DOUBLEWORD 3
#define IO_IN (1 << 3)
#define IO_STRING (1 << 4)
#define IO_REP (1 << 5)
#define IO_IMMEDIATE (1 << 6)
#define IO_PORT(p) ((p) << 16)
#define QUALIFICATION_FROM_CR (1 << 4)
#define QUALIFICATION_CLTS (2 << 4)
#define QUALIFICATION_LMSW (3 << 4)
#define QUALIFICATION_LMSW_MEMORY (1 << 6)
#define QUALIFICATION_LMSW_SOURCE(s) ((s) << 16)
#define QUALIFICATION_FROM_DR (1 << 4)
#define QUALIFICATION_REGISTER(r) ((r) << 8)
#define EPT_READ (1 << 0)
#define EPT_WRITE (1 << 1)
#define EPT_FETCH (1 << 2)
#define EPT_READABLE (1 << 3)
#define EPT_WRITABLE (1 << 4)
#define EPT_LINEAR (1 << 7)
#define EPT_FINAL (1 << 8)

/* VM-exit interruption information. */
#define INTERRUPTION_EXTERNAL(v) (1 << 31 | (v))
#define INTERRUPTION_EXCEPTION(v) (1 << 31 | 3 << 8 | (v))
#define INTERRUPTION_EXCEPTION_WITH_ERROR(v) (1 << 31 | 1 << 11 | 3 << 8 | (v))
#define INTERRUPTION_SOFTWARE_EXCEPTION(v) (1 << 31 | 6 << 8 | (v))

    /* Begins the step `guest_NAME`; `needs` names the feature without which root skips its exits. */
    .macro step name, needs=0
    .section .rodata
.Lname_\name:
    .asciz "\name"
    .section .guest.text, "ax"
    .set step_name, .Lname_\name
    .set step_needs, \needs
    .global guest_\name
    .type guest_\name, @function
guest_\name:
    .endm

    .macro end_step name
    .size guest_\name, . - guest_\name
    .endm

    /* The next exit is at `begin`, of an instruction that ends before `end`; fields left out are 0 or not valid. */
    .macro expect_exit begin, end, reason, qualification=0, linear=0, physical=0, information=0, interruption=0, error=0
    .pushsection .tour.expected, "a"
    .quad \begin, \end, step_name
    .quad \qualification, \linear, \physical
    .long \reason, \information, \interruption, \error, step_needs, 0
    .popsection
    .endm

    .macro exits reason, instruction, qualification=0, linear=0, physical=0, information=0, interruption=0, error=0
.Lbegin\@:
    \instruction
.Lend\@:
    expect_exit .Lbegin\@, .Lend\@, \reason, \qualification, \linear, \physical, \information, \interruption, \error
    .endm

    /* Tells root that a value is wrong unless the flags say `condition`. */
    .macro must condition
    j\condition .Lright\@
    call guest_wrong
.Lright\@:
    .endm

    /* Jumps to `where` unless root said that the processor has `feature`. */
    .macro unless_feature feature, where
    testb $\feature, guest_features
    jz \where
    .endm

#endif
