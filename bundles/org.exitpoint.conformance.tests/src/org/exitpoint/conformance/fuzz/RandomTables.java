/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.util.SplittableRandom;

import org.exitpoint.machine.PhysicalMemory;

/**
 * Random tables of paging: the 2 MB of memory are mapped one to one by 4-KByte pages, the local APIC behind them,
 * and all other entries point to tables (loops and self-maps among them), memory, holes, or nowhere, with random rights
 * and reserved bits. In some guests every entry is random.
 */
final class RandomTables {
    private static final int PAGE = 4096;
    private static final long TABLE_4K = FuzzLayout.PAGING + 3 * PAGE;
    private static final long DIRECTORY = FuzzLayout.PAGING + 2 * PAGE;
    private static final long POINTERS = FuzzLayout.PAGING + PAGE;
    private static final long PRESENT_ALL = 7;
    private static final long LARGE = 0x80;
    private static final long NO_EXECUTE = 1L << 63;

    private final SplittableRandom random;
    private final PhysicalMemory memory;

    RandomTables(SplittableRandom random, PhysicalMemory memory) {
        this.random = random;
        this.memory = memory;
    }

    /** Writes the tables; gives the physical address of the top table. Only sane ones map memory where it is. */
    long write(StartMode mode, boolean sane) {
        boolean wide = mode.hasWideEntries();
        for (long at = 0; at < (long) FuzzLayout.TABLES * PAGE; at += 8) {
            if (random.nextInt(3) == 0) {
                memory.write(FuzzLayout.PAGING + at, 8, wide ? entry() : entry() & 0xFFFF_FFFFL | entry() << 32);
            }
        }
        int bytes = wide ? 8 : 4;
        for (int page = 0; sane && page < FuzzLayout.MEMORY / PAGE; page++) {
            long rights = random.nextInt(64) == 0 ? random.nextInt(0x1000) & ~LARGE : PRESENT_ALL;
            boolean data = (long) page * PAGE >= FuzzLayout.DATA;
            memory.write(TABLE_4K + (long) page * bytes, bytes, (long) page * PAGE | (data ? rights : PRESENT_ALL));
        }
        return switch (mode) {
            case PAGED_32 -> legacy(sane);
            case PAE -> pae(sane);
            default -> longMode(sane);
        };
    }

    private long legacy(boolean sane) {
        if (sane) {
            memory.write(DIRECTORY, 4, TABLE_4K | PRESENT_ALL);
            memory.write(DIRECTORY + 4 * (FuzzLayout.APIC >>> 22), 4, FuzzLayout.APIC & -0x40_0000 | LARGE
                | PRESENT_ALL);
        }
        return DIRECTORY;
    }

    private long pae(boolean sane) {
        for (int i = 0; i < 4; i++) {
            memory.write(POINTERS + 8 * i, 8, DIRECTORY | 1);
        }
        directory(sane);
        return POINTERS;
    }

    private long longMode(boolean sane) {
        if (sane) {
            memory.write(FuzzLayout.PAGING, 8, POINTERS | PRESENT_ALL);
            memory.write(POINTERS, 8, DIRECTORY | PRESENT_ALL);
        }
        directory(sane);
        return FuzzLayout.PAGING;
    }

    private void directory(boolean sane) {
        if (sane) {
            memory.write(DIRECTORY, 8, TABLE_4K | PRESENT_ALL);
            memory.write(DIRECTORY + 8, 8, FuzzLayout.APIC | LARGE | PRESENT_ALL);
        }
    }

    private long entry() {
        long flags = random.nextInt(4) == 0 ? random.nextInt(0x1000) : random.nextInt(0x1000) & ~LARGE | PRESENT_ALL;
        long target = switch (random.nextInt(8)) {
            case 0 -> FuzzLayout.APIC;
            case 1 -> random.nextLong(1L << 52);
            case 2 -> 0xA_0000;
            case 3 -> FuzzLayout.MEMORY;
            case 4 -> random.nextLong(FuzzLayout.MEMORY);
            default -> FuzzLayout.PAGING + random.nextInt(FuzzLayout.TABLES) * PAGE;
        };
        return target & -PAGE | flags | (random.nextInt(16) == 0 ? NO_EXECUTE : 0);
    }
}
