/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Multiboot entry: 32-bit protected mode without paging, to 64-bit mode on root's own tables, to C. */
#include "segments.h"

#define MULTIBOOT_MAGIC 0x1badb002
#define MULTIBOOT_FLAGS 0

#define PRESENT_WRITABLE 0x3
#define LARGE_PAGE 0x83
#define UNCACHED 0x18
#define LOCAL_APIC_LARGE_PAGE (0xfee00000 >> 21)

    .section .multiboot, "a"
    .balign 4
    .long MULTIBOOT_MAGIC, MULTIBOOT_FLAGS, -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

    .text
    .code32
    .global start
    .type start, @function
start:
    cli
    cld
    movl $root_stack_top, %esp
    movl %eax, %esi
    movl %ebx, %ebp

    movl $0x80000000, %eax
    cpuid
    cmpl $0x80000001, %eax
    jb no_long_mode
    movl $0x80000001, %eax
    cpuid
    btl $29, %edx
    jnc no_long_mode

    call map_four_gigabytes
    movl $root_pml4, %eax
    movl %eax, %cr3
    movl $0x20, %eax                    /* PAE */
    movl %eax, %cr4
    movl $0xc0000080, %ecx              /* IA32_EFER.LME */
    rdmsr
    orl $0x100, %eax
    wrmsr
    movl %cr0, %eax
    andl $0x9fffffff, %eax              /* CD = NW = 0 */
    orl $0x80010021, %eax               /* PG, WP, NE, PE */
    movl %eax, %cr0
    lgdt root_gdt_pointer
    ljmp $ROOT_CODE, $start64
    .size start, . - start

/* Identity mapping with 2-MByte pages; the one that holds the local APIC is not cached. */
    .type map_four_gigabytes, @function
map_four_gigabytes:
    movl $root_pdpt + PRESENT_WRITABLE, root_pml4
    movl $root_pdpt, %edi
    movl $root_pd + PRESENT_WRITABLE, %eax
    movl $4, %ecx
1:  movl %eax, (%edi)
    addl $8, %edi
    addl $0x1000, %eax
    decl %ecx
    jnz 1b
    movl $root_pd, %edi
    movl $LARGE_PAGE, %eax
    movl $4 * 512, %ecx
2:  movl %eax, (%edi)
    addl $8, %edi
    addl $0x200000, %eax
    decl %ecx
    jnz 2b
    orl $UNCACHED, root_pd + 8 * LOCAL_APIC_LARGE_PAGE
    ret
    .size map_four_gigabytes, . - map_four_gigabytes

/* The serial driver is 64-bit code, so this one message is written without it. */
    .type no_long_mode, @function
no_long_mode:
    movl $no_long_mode_text, %esi
    movl $0x3f8, %edx
1:  lodsb
    testb %al, %al
    jz 2f
    outb %al, %dx
    jmp 1b
2:  movl $1, %eax
    outl %eax, $0xf4
3:  hlt
    jmp 3b
    .size no_long_mode, . - no_long_mode

    .code64
    .type start64, @function
start64:
    movl $ROOT_DATA, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs
    movl $root_stack_top, %esp
    movl %esi, %edi
    movl %ebp, %esi
    xorl %ebp, %ebp
    call root_main
1:  hlt
    jmp 1b
    .size start64, . - start64

    .section .rodata
no_long_mode_text:
    .asciz "fail: CPUID.80000001H:EDX.LM[29] is 0, the tour needs 64-bit mode\n"

    .data
    .balign 8
    .global root_gdt
root_gdt:
    .quad 0, DESCRIPTOR_CODE, DESCRIPTOR_DATA, 0, 0
    .global root_gdt_end
root_gdt_end:
root_gdt_pointer:
    .word root_gdt_end - root_gdt - 1
    .long root_gdt

    .bss
    .balign 4096
root_pml4:  .skip 4096
root_pdpt:  .skip 4096
root_pd:    .skip 4 * 4096
    .skip 16384
root_stack_top:
