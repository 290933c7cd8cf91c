/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/*
 * The work: loops that need all sixteen general registers, flags that stay alive across loads, carry chains with INC
 * and DEC in between, RSP as a pointer into data, and calls whose returns follow one another.
 */
#define ITERATIONS 1000
#define TREE_DEPTH 10
#define WORDS 8

    .text
    .global registers_round
    .type registers_round, @function
registers_round:
    .irp register, rbx, rbp, r12, r13, r14, r15
    pushq %\register
    .endr
    call set_numbers
    call carry_loop
    call pop_loop
    call call_loop
    .irp register, r15, r14, r13, r12, rbp, rbx
    popq %\register
    .endr
    ret
    .size registers_round, . - registers_round

    .type set_numbers, @function
set_numbers:
    movabsq $0x9e3779b97f4a7c15, %rdx
    movl $1, %eax
    xorl %ecx, %ecx
1:  imulq %rdx, %rax
    rolq $29, %rax
    incq %rax
    movq %rax, numbers(, %rcx, 8)
    incl %ecx
    cmpl $2 * WORDS, %ecx
    jne 1b
    .irp n, 8, 9, 10, 11, 12, 13, 14, 15
    leaq \n(%rax, %rax, 4), %r\n
    .endr
    movl %eax, %ebp
    ret
    .size set_numbers, . - set_numbers

/* Sixteen registers: RSI, RDI and RSP point, RCX counts, the other twelve hold numbers. */
    .type carry_loop, @function
carry_loop:
    movl $numbers, %esi
    movl $numbers + 8 * WORDS, %edi
    movl $ITERATIONS, %ecx
    .balign 16
1:  movq (%rsi), %rax
    addq (%rdi), %rax
    movq %rax, (%rsi)
    movq 8(%rsi), %rbx
    adcq 8(%rdi), %rbx
    movq %rbx, 8(%rsi)
    movq 16(%rsi), %rdx
    adcq 16(%rdi), %rdx
    movq %rdx, 16(%rsi)
    movq 24(%rsi), %rbp
    adcq %rbp, 24(%rdi)
    movl $0, %r8d
    adcq $0, %r8
    cmpq %rbx, %rax
    movq 32(%rsi), %r9
    setb %r10b
    cmovaq %r9, %rbp
    movq 40(%rsi), %r11
    ja 2f
    addq %r11, %r12
2:  movq 48(%rsi), %rax
    sbbq %r13, %r14
    incq %r9
    movq 56(%rsi), %rbx
    decq %r11
    sbbq %rbx, %r15
    adcq $7, %r13
    pushq %r15
    pushq %r14
    movzbl %r10b, %r10d
    leaq (%rbp, %r10, 8), %rbp
    xorq 8(%rsp), %r12
    popq %rdx
    addq %rdx, (%rsp)
    movq 24(%rdi), %r8
    popq %r9
    jno 3f
    xorq %r8, %r13
3:  btq %rcx, %r9
    movq %r12, 32(%rsi)
    rclq $1, %r14
    addq %r9, 40(%rsi)
    movq %r13, %r11
    adcq %r14, 48(%rsi)
    movq %rbp, %rax
    sbbq %rax, 56(%rsi)
    rolq $11, %r11
    xorq %r11, (%rdi)
    decq %rcx
    jnz 1b
    xorq %r15, %r14
    addq %r14, %r13
    leaq (%r12, %r13, 2), %rax
    xorq %rbp, %rax
    ret
    .size carry_loop, . - carry_loop

/* RSP walks over the numbers: POP reads them, PUSH writes them back. RAX carries the result on. */
    .type pop_loop, @function
pop_loop:
    movq %rsp, %rbp
    movl $ITERATIONS, %ecx
    .balign 16
1:  movl $numbers, %esp
    popq %rbx
    popq %rdx
    popq %r8
    popq %r9
    cmpq %rdx, %rbx
    popq %r10
    sbbq %r8, %rax
    popq %r11
    adcq %r9, %rax
    leaq -16(%rsp), %rsp
    pushq %rax
    addq %r10, %r11
    pushq %r11
    adcq 8(%rsp), %rbx
    movq %rsp, %rsi
    subq $numbers, %rsi
    addq %rsi, %rbx
    xorq %rbx, numbers
    rolq $7, %rax
    loop 1b
    movq %rbp, %rsp
    ret
    .size pop_loop, . - pop_loop

/* A tree of calls, then a chain: each level returns into the next return. */
    .type call_loop, @function
call_loop:
    movl $TREE_DEPTH, %edi
    call tree
    movl $ITERATIONS, %ecx
1:  call chain_1
    decl %ecx
    jnz 1b
    ret
    .size call_loop, . - call_loop

    .type tree, @function
tree:
    decl %edi
    js 1f
    pushq %rdi
    rolq $3, %rax
    call tree
    movq (%rsp), %rdi
    addq %rdi, %rax
    call tree
    popq %rdi
1:  leaq 1(%rax, %rax, 2), %rax
    ret
    .size tree, . - tree

    .macro chain from, to
    .type chain_\from, @function
chain_\from:
    addq $\from, %rax
    call chain_\to
    ret
    .size chain_\from, . - chain_\from
    .endm

    chain 1, 2
    chain 2, 3
    chain 3, 4
    chain 4, 5
    chain 5, 6
    chain 6, 7

    .type chain_7, @function
chain_7:
    rolq $1, %rax
    cmpq %rax, numbers
    adcq $0, %rax
    ret
    .size chain_7, . - chain_7

    .bss
    .balign 64
numbers:
    .skip 16 * WORDS
