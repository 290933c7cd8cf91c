/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The guest's first part, in ring 0: instructions that exit because root asked for it or because they always do. */
#include "segments.h"
#include "steps.h"

#define CR0_TS 0x8
#define CR0_WP 0x10000
#define CR4_PGE 0x80
#define MISSING_SELECTOR 0x58
#define PAGE_FAULT_WRITE 0x2

/* The preprocessor does not look into the strings that `exits` takes. */
    .set port_open, PORT_OPEN

    .section .guest.text, "ax"
    .global guest_instructions
    .type guest_instructions, @function
guest_instructions:
    call guest_cpuid
    call guest_hlt
    call guest_invlpg
    call guest_rdtsc
    call guest_vmcall
    call guest_vmclear
    call guest_vmptrld
    call guest_vmptrst
    call guest_vmread
    call guest_vmwrite
    call guest_vmlaunch
    call guest_vmresume
    call guest_vmxon
    call guest_vmxoff
    call guest_invept
    call guest_invvpid
    call guest_mov_to_cr0
    call guest_clts
    call guest_lmsw
    call guest_lmsw_memory
    call guest_mov_cr3
    call guest_mov_to_cr4
    call guest_mov_cr8
    call guest_mov_dr
    call guest_out
    call guest_in
    call guest_outs
    call guest_ins
    call guest_msr
    call guest_breakpoint
    call guest_invalid_opcode
    call guest_bad_selector
    call guest_page_fault
    call guest_instructions_end
    .size guest_instructions, . - guest_instructions

    step cpuid
    movl $TOUR_LEAF, %eax
    exits EXIT_CPUID, "cpuid"
    cmpl $TOUR_SIGNATURE, %ebx
    must e
    ret
    end_step cpuid

    step hlt
    exits EXIT_HLT, "hlt"
    ret
    end_step hlt

    step invlpg
    movabsq $PROBE_LINEAR, %rbx
    exits EXIT_INVLPG, "invlpg 0x123(%rbx)", PROBE_LINEAR+0x123
    ret
    end_step invlpg

    step rdtsc
    exits EXIT_RDTSC, "rdtsc"
    shlq $32, %rdx
    orq %rdx, %rax
    movabsq $TOUR_TSC, %rcx
    cmpq %rcx, %rax
    must e
    ret
    end_step rdtsc

    step vmcall
    movl $CALL_GREET, %eax
    exits EXIT_VMCALL, "vmcall"
    cmpl $CALL_GREETING, %eax
    must e
    ret
    end_step vmcall

/* Root answers the other VMX instructions with VMfailInvalid: CF. Their operands exist only as exit information. */
    step vmclear
    exits EXIT_VMCLEAR, "vmclear 0x10(%rbx,%rcx,2)", 0x10, \
        information=INFO_SCALE(1)|INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_INDEX(RCX)|INFO_BASE(RBX)
    must c
    ret
    end_step vmclear

    step vmptrld
    exits EXIT_VMPTRLD, "vmptrld guest_buffer(%rip)", guest_buffer, \
        information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_NO_INDEX|INFO_NO_BASE
    must c
    ret
    end_step vmptrld

    step vmptrst
    exits EXIT_VMPTRST, "vmptrst -0x20(%rsp)", -0x20, \
        information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_SS)|INFO_NO_INDEX|INFO_BASE(RSP)
    must c
    ret
    end_step vmptrst

    step vmread
    exits EXIT_VMREAD, "vmread %rsi, %rdi", information=INFO_REGISTER1(RDI)|INFO_REGISTER2(RSI)
    must c
    ret
    end_step vmread

    step vmwrite
    exits EXIT_VMWRITE, "vmwrite 0x8(%r9), %r10", 0x8, \
        information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_NO_INDEX|INFO_BASE(9)|INFO_REGISTER2(10)
    must c
    ret
    end_step vmwrite

    step vmlaunch
    exits EXIT_VMLAUNCH, "vmlaunch"
    must c
    ret
    end_step vmlaunch

    step vmresume
    exits EXIT_VMRESUME, "vmresume"
    must c
    ret
    end_step vmresume

    step vmxon
    exits EXIT_VMXON, "vmxon (%rbx)", \
        information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_NO_INDEX|INFO_BASE(RBX)
    must c
    ret
    end_step vmxon

    step vmxoff
    exits EXIT_VMXOFF, "vmxoff"
    must c
    ret
    end_step vmxoff

    step invept, FEATURE_INVEPT
    unless_feature FEATURE_INVEPT, 1f
    exits EXIT_INVEPT, "invept (%rbx), %rcx", \
        information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_NO_INDEX|INFO_BASE(RBX)|INFO_REGISTER2(RCX)
    must c
1:  ret
    end_step invept

    step invvpid, FEATURE_INVVPID
    unless_feature FEATURE_INVVPID, 1f
    exits EXIT_INVVPID, "invvpid 0x40(%r8,%r12,8), %r13", 0x40, \
        information=INFO_SCALE(3)|INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)|INFO_INDEX(12)|INFO_BASE(8)|INFO_REGISTER2(13)
    must c
1:  ret
    end_step invvpid

/* Root shows TS = 1 at first, and owns WP, NE and TS: only a write that changes one of them exits. */
    step mov_to_cr0
    movq %cr0, %rdx
    testl $CR0_TS, %edx
    must nz
    movq %rdx, %cr0
    andq $~CR0_WP, %rdx
    exits EXIT_CR_ACCESS, "movq %rdx, %cr0", QUALIFICATION_REGISTER(2)
    movq %cr0, %rax
    cmpq %rax, %rdx
    must e
    ret
    end_step mov_to_cr0

    step clts
    exits EXIT_CR_ACCESS, "clts", QUALIFICATION_CLTS
    clts
    movq %cr0, %rax
    testl $CR0_TS, %eax
    must z
    ret
    end_step clts

    step lmsw
    movl $9, %ebx                       /* TS, PE */
    exits EXIT_CR_ACCESS, "lmsw %bx", QUALIFICATION_LMSW|QUALIFICATION_LMSW_SOURCE(9)
    smsww %ax
    testl $CR0_TS, %eax
    must nz
    ret
    end_step lmsw

    step lmsw_memory
    movw $1, guest_buffer               /* PE */
    exits EXIT_CR_ACCESS, "lmsw guest_buffer(%rip)", \
        QUALIFICATION_LMSW|QUALIFICATION_LMSW_MEMORY|QUALIFICATION_LMSW_SOURCE(1), linear=guest_buffer
    movq %cr0, %rax
    testl $CR0_TS, %eax
    must z
    ret
    end_step lmsw_memory

    step mov_cr3
    exits EXIT_CR_ACCESS, "movq %cr3, %rdi", 3|QUALIFICATION_FROM_CR|QUALIFICATION_REGISTER(7)
    movq %rdi, %rsi
    exits EXIT_CR_ACCESS, "movq %rsi, %cr3", 3|QUALIFICATION_REGISTER(6)
    ret
    end_step mov_cr3

    step mov_to_cr4
    movq %cr4, %rcx
    movq %rcx, %cr4
    xorq $CR4_PGE, %rcx
    exits EXIT_CR_ACCESS, "movq %rcx, %cr4", 4|QUALIFICATION_REGISTER(1)
    movq %cr4, %rax
    cmpq %rax, %rcx
    must e
    ret
    end_step mov_to_cr4

    step mov_cr8
    movl $5, %r10d
    exits EXIT_CR_ACCESS, "movq %r10, %cr8", 8|QUALIFICATION_REGISTER(10)
    exits EXIT_CR_ACCESS, "movq %cr8, %r11", 8|QUALIFICATION_FROM_CR|QUALIFICATION_REGISTER(11)
    cmpq %r11, %r10
    must e
    ret
    end_step mov_cr8

    step mov_dr
    movl $guest_mov_dr, %r12d
    exits EXIT_MOV_DR, "movq %r12, %dr3", 3|QUALIFICATION_REGISTER(12)
    exits EXIT_MOV_DR, "movq %dr3, %r13", 3|QUALIFICATION_FROM_DR|QUALIFICATION_REGISTER(13)
    cmpq %r13, %r12
    must e
    ret
    end_step mov_dr

    step out
    exits EXIT_IO_INSTRUCTION, "outb %al, $port_open", IO_IMMEDIATE|IO_PORT(PORT_OPEN)
    movl $PORT_LOW, %edx
    exits EXIT_IO_INSTRUCTION, "outw %ax, %dx", IO_WORD|IO_PORT(PORT_LOW)
    exits EXIT_IO_INSTRUCTION, "outl %eax, %dx", IO_DOUBLEWORD|IO_PORT(PORT_LOW)
    ret
    end_step out

    step in
    movq $-1, %rax
    exits EXIT_IO_INSTRUCTION, "inb $port_open, %al", \
        IO_IN|IO_IMMEDIATE|IO_PORT(PORT_OPEN)
    cmpq $~0xff|(TOUR_PORT_INPUT&0xff), %rax
    must e
    movl $PORT_LOW, %edx
    exits EXIT_IO_INSTRUCTION, "inl %dx, %eax", \
        IO_DOUBLEWORD|IO_IN|IO_PORT(PORT_LOW)
    cmpq $TOUR_PORT_INPUT, %rax
    must e
    ret
    end_step in

    step outs
    movl $PORT_LOW, %edx
    movl $guest_buffer, %esi
    exits EXIT_IO_INSTRUCTION, "outsb", IO_STRING|IO_PORT(PORT_LOW), \
        linear=guest_buffer, information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)
    movl $3, %ecx
    exits EXIT_IO_INSTRUCTION, "rep outsw", \
        IO_WORD|IO_STRING|IO_REP|IO_PORT(PORT_LOW), \
        linear=guest_buffer+1, information=INFO_ADDRESS64|INFO_SEGMENT(SEGMENT_DS)
    cmpq $guest_buffer + 7, %rsi
    must e
    testq %rcx, %rcx
    must z
    ret
    end_step outs

    step ins
    movl $PORT_LOW, %edx
    movl $guest_buffer, %edi
    movl $2, %ecx
    exits EXIT_IO_INSTRUCTION, "rep insl", \
        IO_DOUBLEWORD|IO_IN|IO_STRING|IO_REP|IO_PORT(PORT_LOW), \
        linear=guest_buffer, information=INFO_ADDRESS64
    cmpl $TOUR_PORT_INPUT, guest_buffer + 4
    must e
    cmpq $guest_buffer + 8, %rdi
    must e
    ret
    end_step ins

    step msr
    movl $MSR_SYSENTER_CS, %ecx
    movl $GUEST_CODE, %eax
    xorl %edx, %edx
    exits EXIT_WRMSR, "wrmsr"
    movq $-1, %rax
    exits EXIT_RDMSR, "rdmsr"
    cmpq $GUEST_CODE, %rax
    must e
    ret
    end_step msr

    step breakpoint
    exits EXIT_EXCEPTION_OR_NMI, "int3", interruption=INTERRUPTION_SOFTWARE_EXCEPTION(3)
    ret
    end_step breakpoint

    step invalid_opcode
    exits EXIT_EXCEPTION_OR_NMI, "ud2", interruption=INTERRUPTION_EXCEPTION(6)
    ret
    end_step invalid_opcode

    step bad_selector
    movl $MISSING_SELECTOR, %eax
    exits EXIT_EXCEPTION_OR_NMI, "movl %eax, %es", \
        interruption=INTERRUPTION_EXCEPTION_WITH_ERROR(13), error=MISSING_SELECTOR
    ret
    end_step bad_selector

    step page_fault
    movabsq $UNMAPPED_LINEAR, %rbx
    exits EXIT_EXCEPTION_OR_NMI, "movl %eax, 0x8(%rbx)", UNMAPPED_LINEAR+8, \
        interruption=INTERRUPTION_EXCEPTION_WITH_ERROR(14), error=PAGE_FAULT_WRITE
    ret
    end_step page_fault

    step instructions_end
    movl $CALL_FINISHED, %eax
    exits EXIT_VMCALL, "vmcall"
    end_step instructions_end

    .section .guest.data, "aw"
    .balign 8
    .global guest_buffer
guest_buffer:
    .quad 0x0807060504030201, 0
