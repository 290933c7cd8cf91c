/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Basic exit reasons (manual: "VMX Basic Exit Reasons"); read by C and assembly. */
#ifndef TOUR_EXIT_REASONS_H
#define TOUR_EXIT_REASONS_H

#define EXIT_EXCEPTION_OR_NMI 0
#define EXIT_EXTERNAL_INTERRUPT 1
#define EXIT_TRIPLE_FAULT 2
#define EXIT_CPUID 10
#define EXIT_HLT 12
#define EXIT_INVLPG 14
#define EXIT_RDTSC 16
#define EXIT_VMCALL 18
#define EXIT_VMCLEAR 19
#define EXIT_VMLAUNCH 20
#define EXIT_VMPTRLD 21
#define EXIT_VMPTRST 22
#define EXIT_VMREAD 23
#define EXIT_VMRESUME 24
#define EXIT_VMWRITE 25
#define EXIT_VMXOFF 26
#define EXIT_VMXON 27
#define EXIT_CR_ACCESS 28
#define EXIT_MOV_DR 29
#define EXIT_IO_INSTRUCTION 30
#define EXIT_RDMSR 31
#define EXIT_WRMSR 32
#define EXIT_ENTRY_FAILURE_GUEST_STATE 33
#define EXIT_EPT_VIOLATION 48
#define EXIT_EPT_MISCONFIGURATION 49
#define EXIT_INVEPT 50
#define EXIT_PREEMPTION_TIMER 52
#define EXIT_INVVPID 53
#define EXIT_REASONS 54

/* Bit 31 of the exit-reason field. */
#define EXIT_IS_ENTRY_FAILURE 0x80000000u

#endif
