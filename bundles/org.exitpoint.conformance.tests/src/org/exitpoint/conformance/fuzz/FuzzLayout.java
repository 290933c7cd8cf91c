/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.util.SplittableRandom;

/** Where a random guest has what. Physical addresses, in 2 MB of memory. */
final class FuzzLayout {
    static final long MEMORY = 2 << 20;
    static final long GDT = 0x1000;
    static final int GDT_ENTRIES = 32;
    static final long IDT = 0x2000;
    static final long TSS = 0x3000;
    /** Tables of paging, {@link #TABLES} pages. */
    static final long PAGING = 0x4000;
    static final int TABLES = 8;
    static final long CODE = 0x2_0000;
    static final int CODE_BYTES = 0x2000;
    static final long DATA = 0x3_0000;
    static final int DATA_BYTES = 0x4000;
    static final long STACK = 0x7_0000;
    /** Where the local APIC's registers are. */
    static final long APIC = 0xFEE0_0000L;
    private static final long ADAPTERS = 0xA_0000;
    private static final long PAGE = 0x1000;

    private FuzzLayout() {
    }

    /** An address that a program may come to use: mostly one of memory. */
    static long address(SplittableRandom random) {
        return switch (random.nextInt(16)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextLong(1L << 40);
            case 2 -> APIC + random.nextInt(0x400);
            case 3 -> ADAPTERS + random.nextInt(-8, 0x100);
            case 4 -> MEMORY + random.nextInt(-8, 8);
            case 5 -> CODE + random.nextInt(CODE_BYTES);
            case 6 -> PAGING + random.nextInt((int) (TABLES * PAGE));
            case 7 -> GDT + random.nextInt((int) (PAGING - GDT));
            case 8 -> DATA + PAGE * random.nextInt(1, 4) - random.nextInt(1, 8);
            default -> DATA + random.nextInt(DATA_BYTES);
        };
    }
}
