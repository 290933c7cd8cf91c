/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* What guest and root agree on; read by C and assembly. */
#ifndef TOUR_GUEST_CALLS_H
#define TOUR_GUEST_CALLS_H

/* VMCALL: the request in EAX. */
#define CALL_GREET 1             /* answers CALL_GREETING in RAX */
#define CALL_SEND_INTERRUPT 2    /* INTERRUPT_VECTOR is pending when the guest goes on */
#define CALL_EXPIRE_TIMER 3      /* the preemption timer is 0 when the guest goes on */
#define CALL_FINISHED 4
#define CALL_WRONG 5             /* the guest found a wrong value before the address in RBX */

#define CALL_GREETING 0x7443217

#define INTERRUPT_VECTOR 0x41
#define GUEST_TRAP_VECTOR 0x80

/* CPUID leaf that root answers itself, with this in EBX. */
#define TOUR_LEAF 0x40000000
#define TOUR_SIGNATURE 0x72756f74

/* What root answers to RDTSC and to IN. */
#define TOUR_TSC 0x123456789
#define TOUR_PORT_INPUT 0x5aa5c33c

#define FEATURE_PREEMPTION_TIMER 1
#define FEATURE_INVEPT 2
#define FEATURE_INVVPID 4

/* Ports of no device. In the guest's second part PORT_LOW and PORT_HIGH exit, PORT_OPEN reaches the machine. */
#define PORT_OPEN 0x80
#define PORT_LOW 0x5a5
#define PORT_HIGH 0x9000

/* MSRs the guest touches. */
#define MSR_SYSENTER_CS 0x174
#define MSR_LSTAR 0xc0000082
#define MSR_OUT_OF_BITMAPS 0x40000000

#endif
