/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* What the guest's two parts share, and the guest that only halts. */
#include "guest_calls.h"
#include "guest_map.h"
#include "segments.h"

    .section .guest.text, "ax"

/* Tells root of a wrong value found before the return address. */
    .global guest_wrong
    .type guest_wrong, @function
guest_wrong:
    popq %rbx
    movl $CALL_WRONG, %eax
    vmcall
    .size guest_wrong, . - guest_wrong

/* The guest of tour-broken: all it does is show that it was entered. */
    .global guest_halt
    .type guest_halt, @function
guest_halt:
    hlt
    jmp guest_halt
    .size guest_halt, . - guest_halt

/* Ring 3 may not HLT: the handler steps over it and counts. The error code is 0. */
    .global guest_general_protection
    .type guest_general_protection, @function
guest_general_protection:
    popq %rbp
    incq (%rsp)
    incl %ebp
    iretq
    .size guest_general_protection, . - guest_general_protection

    .section .rodata
    .global guest_returns, guest_returns_end
guest_returns:
    movl $PROBE_RETURN, %eax
    ret
guest_returns_end:

    .section .guest.data, "aw"
    .balign 8
    .global guest_gdt
guest_gdt:
    .quad 0, DESCRIPTOR_CODE, DESCRIPTOR_DATA, DESCRIPTOR_USER_DATA, DESCRIPTOR_USER_CODE, 0, 0
    .global guest_task
guest_task:
    .skip 102
    .word 104                           /* no I/O permission bitmap */
    .balign 8
    .global guest_features
guest_features:
    .quad 0

    .section .guest.bss, "aw", @nobits
    .balign 4096
    .global guest_tables, guest_hidden_table
guest_tables:       .skip 8 * 4096
guest_hidden_table: .skip 4096
    .global guest_idt, guest_idt_end
guest_idt:          .skip 16 * (GUEST_TRAP_VECTOR + 1)
guest_idt_end:
    .balign 16
    .skip 2048
    .global guest_interrupt_stack_top
guest_interrupt_stack_top:
    .skip 2048
    .global guest_stack_top
guest_stack_top:
