/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "descriptors.h"
#include "end.h"
#include "print.h"
#include "segments.h"

#define EXCEPTIONS 32
#define GATE_PRESENT_INTERRUPT 0x8e00ul
#define DESCRIPTOR_AVAILABLE_TASK 0x89ul

extern uint64_t root_gdt[];
extern uint64_t root_gdt_end[];
extern const uint64_t exception_stubs[EXCEPTIONS];

struct task_state root_task = {.io_map_base = sizeof(struct task_state)};
static uint64_t root_idt[EXCEPTIONS][2];
static uint8_t fault_stack[PAGE_SIZE] __attribute__((aligned(16)));

struct interrupt_frame {
    uint64_t rip, cs, rflags, rsp, ss;
};

_Noreturn void root_exception(uint64_t vector, uint64_t error_code, const struct interrupt_frame *frame)
{
    fail("exception %lu in root: error=0x%lx rip=0x%lx rsp=0x%lx cr2=0x%lx", vector, error_code, frame->rip,
         frame->rsp, read_cr2());
}

void write_task_descriptor(uint64_t slot[2], const struct task_state *task)
{
    uint64_t base = (uint64_t)task;
    slot[0] = (sizeof(*task) - 1) | (base & 0xffffff) << 16 | DESCRIPTOR_AVAILABLE_TASK << 40
        | (base >> 24 & 0xff) << 56;
    slot[1] = base >> 32;
}

void write_gate(uint64_t slot[2], uint64_t handler, uint16_t selector, unsigned dpl)
{
    slot[0] = (handler & 0xffff) | (uint64_t)selector << 16 | (GATE_PRESENT_INTERRUPT | dpl << 13) << 32
        | (handler >> 16 & 0xffff) << 48;
    slot[1] = handler >> 32;
}

static struct descriptor_table read_table(int interrupt)
{
    struct descriptor_table table;
    if (interrupt)
        __asm__ volatile("sidt %0" : "=m"(table));
    else
        __asm__ volatile("sgdt %0" : "=m"(table));
    return table;
}

struct descriptor_table root_gdtr(void)
{
    return read_table(0);
}

struct descriptor_table root_idtr(void)
{
    return read_table(1);
}

void descriptors_load(void)
{
    root_task.ist[0] = (uint64_t)(fault_stack + sizeof(fault_stack));
    write_task_descriptor(&root_gdt[ROOT_TASK / 8], &root_task);
    for (int vector = 0; vector < EXCEPTIONS; vector++) {
        write_gate(root_idt[vector], exception_stubs[vector], ROOT_CODE, 0);
        root_idt[vector][0] |= 1ul << 32;
    }
    struct descriptor_table gdtr = {(uint16_t)((uint64_t)root_gdt_end - (uint64_t)root_gdt - 1), (uint64_t)root_gdt};
    struct descriptor_table idtr = {sizeof(root_idt) - 1, (uint64_t)root_idt};
    __asm__ volatile("lgdt %0; lidt %1; ltr %w2" : : "m"(gdtr), "m"(idtr), "r"(ROOT_TASK) : "memory");
}
