/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* VM entry and VM exit as one C function: vmx_enter() returns through exit_stub. */
#include "vmcs_fields.h"

#define SLOT(n) (8 * (n))
#define VM_FAIL_INVALID 1
#define VM_FAIL_VALID 2

    .cfi_sections .debug_frame
    .text
    .global vmx_enter
    .type vmx_enter, @function
vmx_enter:
    .cfi_startproc
    .irp register, rbp, rbx, r12, r13, r14, r15, rdi
    pushq %\register
    .cfi_adjust_cfa_offset 8
    .endr
    movl $HOST_RSP, %eax
    vmwrite %rsp, %rax
    jbe vmx_failed
    testq %rsi, %rsi
    movq SLOT(0)(%rdi), %rax
    movq SLOT(1)(%rdi), %rcx
    movq SLOT(2)(%rdi), %rdx
    movq SLOT(3)(%rdi), %rbx
    movq SLOT(5)(%rdi), %rbp
    movq SLOT(6)(%rdi), %rsi
    movq SLOT(8)(%rdi), %r8
    movq SLOT(9)(%rdi), %r9
    movq SLOT(10)(%rdi), %r10
    movq SLOT(11)(%rdi), %r11
    movq SLOT(12)(%rdi), %r12
    movq SLOT(13)(%rdi), %r13
    movq SLOT(14)(%rdi), %r14
    movq SLOT(15)(%rdi), %r15
    movq SLOT(7)(%rdi), %rdi
    jnz vmx_resume
vmx_launch:
    vmlaunch
    jmp vmx_failed
vmx_resume:
    vmresume
vmx_failed:
    movl $VM_FAIL_INVALID, %eax
    jc enter_return
    movl $VM_FAIL_VALID, %eax
    jmp enter_return

    .global exit_stub
exit_stub:
    pushq %rdi
    .cfi_adjust_cfa_offset 8
    movq 8(%rsp), %rdi
    movq %rax, SLOT(0)(%rdi)
    movq %rcx, SLOT(1)(%rdi)
    movq %rdx, SLOT(2)(%rdi)
    movq %rbx, SLOT(3)(%rdi)
    movq %rbp, SLOT(5)(%rdi)
    movq %rsi, SLOT(6)(%rdi)
    movq %r8, SLOT(8)(%rdi)
    movq %r9, SLOT(9)(%rdi)
    movq %r10, SLOT(10)(%rdi)
    movq %r11, SLOT(11)(%rdi)
    movq %r12, SLOT(12)(%rdi)
    movq %r13, SLOT(13)(%rdi)
    movq %r14, SLOT(14)(%rdi)
    movq %r15, SLOT(15)(%rdi)
    popq SLOT(7)(%rdi)
    .cfi_adjust_cfa_offset -8
    xorl %eax, %eax

enter_return:
    .irp register, rdi, r15, r14, r13, r12, rbx, rbp
    popq %\register
    .cfi_adjust_cfa_offset -8
    .endr
    ret
    .cfi_endproc
    .size vmx_enter, . - vmx_enter
