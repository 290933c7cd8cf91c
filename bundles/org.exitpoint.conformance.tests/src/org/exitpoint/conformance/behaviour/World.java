/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

/**
 * Where the guests of the suite have what: physical addresses, to which linear ones are equal unless a test maps more.
 */
final class World {
    static final long MEMORY = 4 << 20;
    /** Boot code, in 32-bit protected mode without paging. */
    static final long BOOT = 0x10_0100;
    static final long GDT = 0x10_1000;
    static final long IDT = 0x10_2000;
    static final long TSS = 0x10_3000;
    /** The task state segment has an I/O map of all ones, so no port may be used by force of it. */
    static final int TSS_LIMIT = 0x67;
    /** Entry code of the handlers, 16 bytes a vector. */
    static final long ENTRIES = 0x10_4000;
    static final long RECORDER = 0x10_5800;
    static final long PML4 = 0x11_0000;
    static final long PDPT = 0x11_1000;
    static final long DIRECTORY = 0x11_2000;
    /** The tables for the first 4 MB, 4-KByte pages, read, write and user. */
    static final long TABLES = 0x11_3000;
    static final long CODE = 0x12_0000;
    /** Further pages of code. */
    static final long MORE_CODE = 0x12_4000;
    /** Number of exceptions and interrupts recorded; {@link #RESUME} follows. */
    static final long LOG = 0x13_0000;
    /** Where recorded events return to; 0 to return to where they came from. */
    static final long RESUME = LOG + 8;
    static final long RECORDS = LOG + 0x100;
    static final int RECORD = 64;
    static final long STACK = 0x14_8000;
    /** RSP0. */
    static final long KERNEL_STACK = 0x14_4000;
    /** IST1, IST2 and so on stand this far apart from here. */
    static final long IST = 0x14_5000;
    static final int IST_DISTANCE = 0x400;
    static final long DATA = 0x20_0000;
    /** Linear addresses of 2 MB for the local APIC. */
    static final long APIC = 0x60_0000_0000L;
    /** Linear addresses that tests map to what they need. */
    static final long FREE = 0x40_0000_0000L;
    static final int CODE64 = 0x08;
    static final int DATA0 = 0x10;
    static final int CODE32 = 0x18;
    static final int USER32 = 0x28 | 3;
    static final int USER_DATA = 0x30 | 3;
    static final int USER64 = 0x38 | 3;
    static final int TASK = 0x40;
    static final int PRESENT = 1;
    static final int WRITE = 2;
    static final int USER = 4;
    static final int ACCESSED = 0x20;
    static final int DIRTY = 0x40;
    static final int LARGE = 0x80;
    static final int GLOBAL = 0x100;
    static final long NO_EXECUTE = 1L << 63;
    static final int ALL = PRESENT | WRITE | USER;

    private World() {
    }

    /** Physical address of the entry that maps a page of the first 4 MB. */
    static long entry(long linear) {
        return TABLES + 8 * (linear >>> 12);
    }
}
