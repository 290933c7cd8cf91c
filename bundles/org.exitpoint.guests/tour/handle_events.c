/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* The two exits that no instruction of the guest causes: root provokes them when the guest asks. */
#include "capabilities.h"
#include "guest_calls.h"
#include "handlers.h"

#define APIC_BASE_ENABLE (1ul << 11)
#define APIC_BASE_X2APIC (1ul << 10)
#define APIC_BASE_ADDRESS 0xffffff000ul

#define APIC_END_OF_INTERRUPT 0xb0
#define APIC_SPURIOUS_VECTOR 0xf0
#define APIC_INTERRUPT_COMMAND 0x300
#define APIC_SOFTWARE_ENABLE 0x1ff
#define APIC_TO_SELF_FIXED (1u << 18 | 1u << 14)

static volatile uint32_t *apic_register(unsigned offset)
{
    uint64_t base = read_msr(MSR_IA32_APIC_BASE);
    if ((base & (APIC_BASE_ENABLE | APIC_BASE_X2APIC)) != APIC_BASE_ENABLE)
        fail("IA32_APIC_BASE = 0x%lx: the local APIC is not in xAPIC mode", base);
    return (volatile uint32_t *)((base & APIC_BASE_ADDRESS) + offset);
}

void send_interrupt(void)
{
    *apic_register(APIC_SPURIOUS_VECTOR) = APIC_SOFTWARE_ENABLE;
    *apic_register(APIC_INTERRUPT_COMMAND) = APIC_TO_SELF_FIXED | INTERRUPT_VECTOR;
}

void handle_external_interrupt(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)guest, (void)exit, (void)expected;
    *apic_register(APIC_END_OF_INTERRUPT) = 0;
}

void expire_timer(void)
{
    vmwrite(PIN_BASED_VM_EXECUTION_CONTROLS, vmread(PIN_BASED_VM_EXECUTION_CONTROLS) | PIN_PREEMPTION_TIMER);
    vmwrite(VMX_PREEMPTION_TIMER_VALUE, 0);
}

void handle_preemption_timer(struct guest *guest, const struct vm_exit *exit, const struct expected_exit *expected)
{
    (void)guest, (void)exit, (void)expected;
    vmwrite(PIN_BASED_VM_EXECUTION_CONTROLS, vmread(PIN_BASED_VM_EXECUTION_CONTROLS) & ~(uint64_t)PIN_PREEMPTION_TIMER);
}
