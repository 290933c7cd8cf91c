/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The guest's second part: events, bitmaps, memory that EPT denies, ring 3 and a triple fault. */
#include "segments.h"
#include "steps.h"

#define RFLAGS_AT_RING_3 0x2

    .section .guest.text, "ax"
    .global guest_events
    .type guest_events, @function
guest_events:
    call guest_external_interrupt
    call guest_preemption_timer
    call guest_io_bitmap
    call guest_msr_bitmap
    call guest_large_pages
    call guest_read_absent
    call guest_write_read_only
    call guest_fetch_no_execute
    call guest_walk_hidden_table
    call guest_misconfigured
    call guest_ring_3
    jmp guest_triple_fault
    .size guest_events, . - guest_events

/* The interrupt is pending at VM entry: it exits before the next instruction, and the guest's IDT is not asked. */
    step external_interrupt
    sti
    nop
    movl $CALL_SEND_INTERRUPT, %eax
    exits EXIT_VMCALL, "vmcall"
    exits EXIT_EXTERNAL_INTERRUPT, "", interruption=INTERRUPTION_EXTERNAL(INTERRUPT_VECTOR)
    cli
    ret
    end_step external_interrupt

    step preemption_timer, FEATURE_PREEMPTION_TIMER
    unless_feature FEATURE_PREEMPTION_TIMER, 1f
    movl $CALL_EXPIRE_TIMER, %eax
    exits EXIT_VMCALL, "vmcall"
    exits EXIT_PREEMPTION_TIMER, ""
1:  ret
    end_step preemption_timer

    step io_bitmap
    outb %al, $PORT_OPEN
    movl $PORT_LOW, %edx
    exits EXIT_IO_INSTRUCTION, "outb %al, %dx", IO_PORT(PORT_LOW)
    subl $2, %edx
    outw %ax, %dx
    exits EXIT_IO_INSTRUCTION, "outl %eax, %dx", IO_DOUBLEWORD|IO_PORT(PORT_LOW - 2)
    movl $PORT_HIGH, %edx
    exits EXIT_IO_INSTRUCTION, "inb %dx, %al", IO_IN|IO_PORT(PORT_HIGH)
    ret
    end_step io_bitmap

/* Bits are set for reads of IA32_SYSENTER_CS and writes of IA32_LSTAR; the other direction does not exit. */
    step msr_bitmap
    movl $MSR_SYSENTER_CS, %ecx
    movl $GUEST_CODE, %eax
    xorl %edx, %edx
    wrmsr
    exits EXIT_RDMSR, "rdmsr"
    cmpl $GUEST_CODE, %eax
    must e
    movl $MSR_LSTAR, %ecx
    rdmsr
    exits EXIT_WRMSR, "wrmsr"
    movl $MSR_OUT_OF_BITMAPS, %ecx
    exits EXIT_RDMSR, "rdmsr"
    ret
    end_step msr_bitmap

/* No exit: through a 1-GByte EPT page the guest sees what it wrote through another mapping. */
    step large_pages
    movq %rsp, LARGE_MEMORY+0x1008
    cmpq %rsp, WINDOW + LARGE_MEMORY+0x1008
    must e
    ret
    end_step large_pages

    step read_absent
    movabsq $PROBE_LINEAR + PROBE_ABSENT, %rsi
    exits EXIT_EPT_VIOLATION, "movl (%rsi), %eax", \
        EPT_READ|EPT_LINEAR|EPT_FINAL, \
        linear=PROBE_LINEAR+PROBE_ABSENT, physical=PROBE_PHYSICAL+PROBE_ABSENT
    cmpl $PROBE_WORD, %eax
    must e
    ret
    end_step read_absent

    step write_read_only
    movabsq $PROBE_LINEAR + PROBE_READ_ONLY, %rdi
    cmpl $PROBE_WORD, (%rdi)
    must e
    exits EXIT_EPT_VIOLATION, "movl %edi, 0x10(%rdi)", \
        EPT_WRITE|EPT_READABLE|EPT_LINEAR|EPT_FINAL, \
        linear=PROBE_LINEAR+PROBE_READ_ONLY+0x10, physical=PROBE_PHYSICAL+PROBE_READ_ONLY+0x10
    cmpl %edi, 0x10(%rdi)
    must e
    ret
    end_step write_read_only

/* The exit is at the call's target, in the probe page. */
    step fetch_no_execute
    movabsq $PROBE_LINEAR + PROBE_NO_EXECUTE, %rbx
    expect_exit PROBE_LINEAR+PROBE_NO_EXECUTE, 0, EXIT_EPT_VIOLATION, \
        EPT_FETCH|EPT_READABLE|EPT_WRITABLE|EPT_LINEAR|EPT_FINAL, \
        linear=PROBE_LINEAR+PROBE_NO_EXECUTE, physical=PROBE_PHYSICAL+PROBE_NO_EXECUTE
    call *%rbx
    cmpl $PROBE_RETURN, %eax
    must e
    ret
    end_step fetch_no_execute

    step walk_hidden_table
    movabsq $HIDDEN_LINEAR, %rbx
    exits EXIT_EPT_VIOLATION, "movl 0x20(%rbx), %eax", \
        EPT_READ|EPT_LINEAR, \
        linear=HIDDEN_LINEAR+0x20, physical=guest_hidden_table
    ret
    end_step walk_hidden_table

    step misconfigured
    movabsq $PROBE_LINEAR + PROBE_MISCONFIGURED, %rbx
    exits EXIT_EPT_MISCONFIGURATION, "movl 0x18(%rbx), %eax", \
        physical=PROBE_PHYSICAL+PROBE_MISCONFIGURED+0x18
    movl (%rbx), %eax
    cmpl $PROBE_WORD, %eax
    must e
    ret
    end_step misconfigured

/* Ring 3 exits like ring 0 for CPUID and VMCALL; its HLT is a #GP, which the guest handles without an exit. */
    step ring_3
    movq %rsp, guest_saved_rsp
    pushq $GUEST_USER_DATA
    pushq $guest_user_stack_top
    pushq $RFLAGS_AT_RING_3
    pushq $GUEST_USER_CODE
    pushq $guest_user
    iretq
    end_step ring_3

/* Gate GUEST_TRAP_VECTOR: back from ring 3 to the caller of guest_ring_3. */
    .global guest_trap
    .type guest_trap, @function
guest_trap:
    movl $GUEST_DATA, %eax
    movl %eax, %ss
    movq guest_saved_rsp, %rsp
    cmpl $1, %ebp                       /* one #GP was handled */
    must e
    ret
    .size guest_trap, . - guest_trap

    .section .guest.user.text, "ax"
    .balign 4096
    .global guest_user
    .type guest_user, @function
guest_user:
    xorl %ebp, %ebp
    movl $TOUR_LEAF, %eax
    exits EXIT_CPUID, "cpuid"
    cmpl $TOUR_SIGNATURE, %ebx
    jne 1f
    movl $CALL_GREET, %eax
    exits EXIT_VMCALL, "vmcall"
    cmpl $CALL_GREETING, %eax
    jne 1f
    hlt
    pushq %rax
    popq guest_user_word
1:  int $GUEST_TRAP_VECTOR
    .size guest_user, . - guest_user

/* An empty IDT: #UD leads to #GP, that to a double fault, that to shutdown. */
    step triple_fault
    lidt guest_no_idt
    exits EXIT_TRIPLE_FAULT, "ud2"
    end_step triple_fault

    .section .guest.data, "aw"
    .balign 8
guest_saved_rsp:
    .quad 0
guest_no_idt:
    .word 0
    .quad 0

    .section .guest.user.bss, "aw", @nobits
    .balign 4096
guest_user_word:
    .quad 0
    .balign 4096
guest_user_stack_top:
