/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Root's interrupt entry points: one stub per exception vector, all leading to root_exception(). */
#define VECTORS_WITH_ERROR_CODE 0x60227d00      /* #DF #TS #NP #SS #GP #PF #AC #CP #VC #SX */

    .text
    .altmacro
    .macro stub vector
stub_\vector:
    .if ((VECTORS_WITH_ERROR_CODE >> \vector) & 1) == 0
    pushq $0
    .endif
    pushq $\vector
    jmp exception_common
    .endm

    .macro stub_address vector
    .quad stub_\vector
    .endm

    .set i, 0
    .rept 32
    stub %i
    .set i, i + 1
    .endr

    .type exception_common, @function
exception_common:
    popq %rdi
    popq %rsi
    movq %rsp, %rdx
    call root_exception
    .size exception_common, . - exception_common

    .section .rodata
    .balign 8
    .global exception_stubs
exception_stubs:
    .set i, 0
    .rept 32
    stub_address %i
    .set i, i + 1
    .endr
