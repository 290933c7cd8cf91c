/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/* Selectors of root's GDT (start.S) and of the guest's (guest_data.S); read by C and assembly. */
#ifndef TOUR_SEGMENTS_H
#define TOUR_SEGMENTS_H

#define ROOT_CODE 0x08
#define ROOT_DATA 0x10
#define ROOT_TASK 0x18

#define GUEST_CODE 0x08
#define GUEST_DATA 0x10
#define GUEST_USER_DATA 0x1b
#define GUEST_USER_CODE 0x23
#define GUEST_TASK 0x28
#define GUEST_GDT_LIMIT 0x37

#define DESCRIPTOR_CODE 0x00af9b000000ffff
#define DESCRIPTOR_DATA 0x00cf93000000ffff
#define DESCRIPTOR_USER_DATA 0x00cff3000000ffff
#define DESCRIPTOR_USER_CODE 0x00affb000000ffff

#endif
