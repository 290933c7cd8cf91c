/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu;

import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;

/** A small machine whose paging structures tests write by hand, with the bits as the manual numbers them. */
public final class GuestTables implements AutoCloseable {
    /** Entry bit P, and EPT read. */
    public static final long P = 1;
    /** Entry bit R/W, and EPT write. */
    public static final long W = 1 << 1;
    /** Entry bit U/S. */
    public static final long U = 1 << 2;
    /** Entry bit A. */
    public static final long A = 1 << 5;
    /** Entry bit D. */
    public static final long D = 1 << 6;
    /** Entry bit PS. */
    public static final long PS = 1 << 7;
    /** Entry bit G. */
    public static final long G = 1 << 8;
    /** Entry bit XD. */
    public static final long XD = 1L << 63;
    /** EPT entry: read, write, execute. */
    public static final long RWX = 7;
    /** EPT entry: write-back memory. */
    public static final long WB = 6 << 3;
    /** EPT pointer of a 4-level write-back hierarchy. */
    public static final long EPTP_4_LEVEL_WB = 3 << 3 | 6;

    /** CR0.PG, CR0.PE. */
    public static final long CR0_PAGING = 0x8000_0001L;
    /** CR0.WP. */
    public static final long CR0_WP = 1 << 16;
    /** CR4.PAE. */
    public static final long CR4_PAE = 1 << 5;
    /** CR4.PGE. */
    public static final long CR4_PGE = 1 << 7;
    /** CR4.PCIDE. */
    public static final long CR4_PCIDE = 1 << 17;
    /** IA32_EFER.LMA and LME. */
    public static final long EFER_LONG = 0x500;
    /** IA32_EFER.NXE. */
    public static final long EFER_NXE = 1 << 11;

    /** Features of the processor. */
    public static final PagingFeatures FEATURES = new PagingFeatures(39, true, 3, true);

    /** Physical memory: 64 MBytes. */
    public final FlatPhysicalMemory memory = new FlatPhysicalMemory(1L << 32);
    private long nextTable = 0x10_0000;

    /** The machine. */
    public GuestTables() {
        memory.addRam(0, 64 << 20);
    }

    /** Address of a fresh zeroed table. */
    public long table() {
        long table = nextTable;
        nextTable += 0x1000;
        return table;
    }

    /** Writes an 8-byte entry and gives its address. */
    public long entry(long table, long index, long value) {
        memory.write(table + index * 8, 8, value);
        return table + index * 8;
    }

    /**
     * Maps a page with permissive entries on the way, making tables as needed, and gives the address of its entry.
     *
     * @param root  root table
     * @param at    address to map
     * @param shift 12, 21 or 30
     * @param leaf  the leaf entry, PS not included
     * @param way   bits of the entries that reference tables
     */
    public long map(long root, long at, int shift, long leaf, long way) {
        long table = root;
        for (int level = 4;; level--) {
            int levelShift = 12 + 9 * (level - 1);
            long address = table + (at >>> levelShift & 511) * 8;
            if (levelShift == shift) {
                memory.write(address, 8, leaf | (shift > 12 ? PS : 0));
                return address;
            }
            if (memory.read(address, 8) == 0) {
                memory.write(address, 8, table() | way);
            }
            table = memory.read(address, 8) & 0x000F_FFFF_FFFF_F000L;
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
