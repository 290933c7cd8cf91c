/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
#include "capabilities.h"
#include "descriptors.h"
#include "ept.h"
#include "guest.h"
#include "guest_calls.h"
#include "guest_data.h"
#include "print.h"
#include "segments.h"

#define ACCESS_CODE 0xa09b
#define ACCESS_DATA 0xc093
#define ACCESS_BUSY_TASK 0x008b
#define ACCESS_UNUSABLE 0x10000

#define DR7_FIXED 0x400
#define NO_LINK (~0ul)

/* Bits of CR0 and CR4 that root owns. */
#define OWNED_CR0 (CR0_WP | CR0_NE | CR0_TS)
#define OWNED_CR4 (CR4_VMXE | CR4_PGE)

#define ALL_GUESTS_PIN (PIN_EXTERNAL_INTERRUPT_EXITING | PIN_NMI_EXITING)
#define ALL_GUESTS_PRIMARY (PRIMARY_HLT_EXITING | PRIMARY_SECONDARY_CONTROLS)

static uint8_t io_bitmap[2][PAGE_SIZE] __attribute__((aligned(4096)));
static uint8_t msr_bitmap[PAGE_SIZE] __attribute__((aligned(4096)));

/* The fields of one kind stand in the order ES, CS, SS, DS, FS, GS, LDTR, TR. */
static void write_segment(unsigned index, uint64_t selector, uint64_t base, uint64_t limit, uint64_t access_rights)
{
    vmwrite(GUEST_ES_SELECTOR + 2 * index, selector);
    vmwrite(GUEST_ES_BASE + 2 * index, base);
    vmwrite(GUEST_ES_LIMIT + 2 * index, limit);
    vmwrite(GUEST_ES_ACCESS_RIGHTS + 2 * index, access_rights);
}

static void write_guest_segments(void)
{
    enum { ES, CS, SS, DS, FS, GS, LDTR, TR };
    for (unsigned index = ES; index <= GS; index++)
        write_segment(index, GUEST_DATA, 0, 0xffffffff, ACCESS_DATA);
    write_segment(CS, GUEST_CODE, 0, 0xffffffff, ACCESS_CODE);
    write_segment(LDTR, 0, 0, 0, ACCESS_UNUSABLE);
    write_segment(TR, GUEST_TASK, (uint64_t)&guest_task, sizeof(guest_task) - 1, ACCESS_BUSY_TASK);
    vmwrite(GUEST_GDTR_BASE, (uint64_t)guest_gdt);
    vmwrite(GUEST_GDTR_LIMIT, GUEST_GDT_LIMIT);
    vmwrite(GUEST_IDTR_BASE, (uint64_t)guest_idt);
    vmwrite(GUEST_IDTR_LIMIT, (uint64_t)guest_idt_end - (uint64_t)guest_idt - 1);
}

static void write_guest_state(const struct guest *guest)
{
    uint64_t cr0 = cr0_fixed(CR0_PG | CR0_WP | CR0_NE | CR0_PE);
    vmwrite(GUEST_CR0, cr0);
    vmwrite(GUEST_CR3, (uint64_t)guest_tables);
    vmwrite(GUEST_CR4, cr4_fixed(CR4_PAE));
    vmwrite(CR0_GUEST_HOST_MASK, OWNED_CR0);
    vmwrite(CR0_READ_SHADOW, (cr0 | CR0_TS) & ~CR0_NE);
    vmwrite(CR4_GUEST_HOST_MASK, OWNED_CR4);
    vmwrite(CR4_READ_SHADOW, CR4_PAE);
    vmwrite(GUEST_DR7, DR7_FIXED);
    vmwrite(GUEST_RSP, (uint64_t)guest_stack_top);
    vmwrite(GUEST_RIP, (uint64_t)guest->entry);
    vmwrite(GUEST_RFLAGS, RFLAGS_FIXED);
    vmwrite(GUEST_IA32_DEBUGCTL, 0);
    vmwrite(GUEST_IA32_SYSENTER_CS, 0);
    vmwrite(GUEST_IA32_SYSENTER_ESP, 0);
    vmwrite(GUEST_IA32_SYSENTER_EIP, 0);
    vmwrite(GUEST_INTERRUPTIBILITY_STATE, 0);
    vmwrite(GUEST_ACTIVITY_STATE, 0);
    vmwrite(GUEST_PENDING_DEBUG_EXCEPTIONS, 0);
    vmwrite(VMCS_LINK_POINTER, NO_LINK);
    write_guest_segments();
}

static void write_host_state(void)
{
    vmwrite(HOST_CR0, read_cr0());
    vmwrite(HOST_CR3, read_cr3());
    vmwrite(HOST_CR4, read_cr4());
    vmwrite(HOST_CS_SELECTOR, ROOT_CODE);
    vmwrite(HOST_SS_SELECTOR, ROOT_DATA);
    vmwrite(HOST_DS_SELECTOR, ROOT_DATA);
    vmwrite(HOST_ES_SELECTOR, ROOT_DATA);
    vmwrite(HOST_FS_SELECTOR, 0);
    vmwrite(HOST_GS_SELECTOR, 0);
    vmwrite(HOST_TR_SELECTOR, ROOT_TASK);
    vmwrite(HOST_FS_BASE, read_msr(MSR_IA32_FS_BASE));
    vmwrite(HOST_GS_BASE, read_msr(MSR_IA32_GS_BASE));
    vmwrite(HOST_TR_BASE, (uint64_t)&root_task);
    vmwrite(HOST_GDTR_BASE, root_gdtr().base);
    vmwrite(HOST_IDTR_BASE, root_idtr().base);
    vmwrite(HOST_IA32_SYSENTER_CS, read_msr(MSR_IA32_SYSENTER_CS));
    vmwrite(HOST_IA32_SYSENTER_ESP, read_msr(MSR_IA32_SYSENTER_ESP));
    vmwrite(HOST_IA32_SYSENTER_EIP, read_msr(MSR_IA32_SYSENTER_EIP));
    vmwrite(HOST_RIP, (uint64_t)exit_stub);
}

static void write_controls(const struct control_word *word, uint32_t wanted)
{
    vmwrite(word->field, control_value(word, wanted));
}

static void write_execution_controls(struct guest *guest)
{
    uint32_t second = SECONDARY_ENABLE_EPT;
    if (control_allowed(&secondary, SECONDARY_ENABLE_VPID))
        second |= SECONDARY_ENABLE_VPID;
    else
        guest->vpid = 0;
    write_controls(&pin_based, ALL_GUESTS_PIN);
    write_controls(&primary, ALL_GUESTS_PRIMARY | guest->primary_controls);
    write_controls(&secondary, second);
    if (guest->vpid)
        vmwrite(VIRTUAL_PROCESSOR_IDENTIFIER, guest->vpid);
    vmwrite(EPT_POINTER, ept_pointer());
    vmwrite(EXCEPTION_BITMAP, guest->exception_bitmap);
    vmwrite(PAGE_FAULT_ERROR_CODE_MASK, 0);
    vmwrite(PAGE_FAULT_ERROR_CODE_MATCH, 0);
    vmwrite(CR3_TARGET_COUNT, 0);
}

static void set_bit(uint8_t *bitmap, uint32_t bit)
{
    bitmap[bit / 8] |= (uint8_t)(1u << bit % 8);
}

static void write_bitmaps(const struct guest *guest)
{
    enum { READ_LOW = 0, WRITE_HIGH = 3 * 1024 };
    if (guest->primary_controls & PRIMARY_USE_IO_BITMAPS) {
        set_bit(io_bitmap[0], PORT_LOW);
        set_bit(io_bitmap[1], PORT_HIGH - 0x8000);
        vmwrite(ADDRESS_OF_IO_BITMAP_A, (uint64_t)io_bitmap[0]);
        vmwrite(ADDRESS_OF_IO_BITMAP_B, (uint64_t)io_bitmap[1]);
    }
    if (guest->primary_controls & PRIMARY_USE_MSR_BITMAPS) {
        set_bit(msr_bitmap + READ_LOW, MSR_SYSENTER_CS);
        set_bit(msr_bitmap + WRITE_HIGH, MSR_LSTAR - 0xc0000000);
        vmwrite(ADDRESS_OF_MSR_BITMAPS, (uint64_t)msr_bitmap);
    }
}

/* EFER switches with the guest where the processor can; else it stays, but for LME and LMA, which always switch. */
static void write_transition_controls(void)
{
    uint32_t on_exit = EXIT_HOST_ADDRESS_SPACE_SIZE | EXIT_ACKNOWLEDGE_INTERRUPT;
    uint32_t on_entry = ENTRY_IA32E_MODE_GUEST;
    if (control_allowed(&exit_controls, EXIT_SAVE_EFER | EXIT_LOAD_EFER)
        && control_allowed(&entry_controls, ENTRY_LOAD_EFER)) {
        on_exit |= EXIT_SAVE_EFER | EXIT_LOAD_EFER;
        on_entry |= ENTRY_LOAD_EFER;
        vmwrite(GUEST_IA32_EFER, EFER_LME | EFER_LMA);
        vmwrite(HOST_IA32_EFER, read_msr(MSR_IA32_EFER));
    }
    write_controls(&exit_controls, on_exit);
    write_controls(&entry_controls, on_entry);
    vmwrite(VM_EXIT_MSR_STORE_COUNT, 0);
    vmwrite(VM_EXIT_MSR_LOAD_COUNT, 0);
    vmwrite(VM_ENTRY_MSR_LOAD_COUNT, 0);
    vmwrite(VM_ENTRY_INTERRUPTION_INFORMATION, 0);
}

void vmcs_setup(struct guest *guest)
{
    vmx_use_fresh(guest->vmcs);
    guest->launched = 0;
    write_execution_controls(guest);
    write_bitmaps(guest);
    write_transition_controls();
    write_host_state();
    write_guest_state(guest);
}
