/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.memory;

import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;

/**
 * Which 64-byte granules of physical memory hold code that an engine has decoded: one 64-bit word a page, bit <i>n</i>
 * for bytes {@code [64 n, 64 n + 64)} of the page. A store beside code in the same page then invalidates nothing.
 *
 * <p>A page is flagged {@link PhysicalMemory#CODE} while its word is not zero. Machine's thread only.
 */
public final class CodeGranules {
    /** log2 of the bytes in a granule. */
    public static final int GRANULE_SHIFT = 6;

    private final FlatPhysicalMemory memory;
    private final long base;

    CodeGranules(FlatPhysicalMemory memory, long base) {
        this.memory = memory;
        this.base = base;
    }

    /**
     * Host address of the words: the word of the page at physical address {@code a} is at {@code base + (a >> 12) * 8}.
     */
    public long base() {
        return base;
    }

    /** Notes that bytes {@code [address, address + bytes)}, of any pages of RAM, hold code. */
    public void mark(long address, int bytes) {
        long at = address;
        int left = bytes;
        while (left > 0) {
            int here = FlatPhysicalMemory.withinPage(at, left);
            long word = wordAddress(at);
            HostMemory.putLong(word, HostMemory.getLong(word) | granules(at, here));
            memory.setFlags(at, PhysicalMemory.CODE);
            at += here;
            left -= here;
        }
    }

    /** Notes that granules of the page at the address hold code no more; mask as {@link #of} gives it. */
    public void clear(long address, long granules) {
        long word = wordAddress(address);
        long remaining = HostMemory.getLong(word) & ~granules;
        HostMemory.putLong(word, remaining);
        if (remaining == 0) {
            memory.clearFlags(address, PhysicalMemory.CODE);
        }
    }

    /** The granules of the page at the address that hold code. */
    public long of(long address) {
        return HostMemory.getLong(wordAddress(address));
    }

    /** Whether a granule of {@code [address, address + bytes)}, within one page, holds code. */
    public boolean holdCode(long address, int bytes) {
        return (of(address) & granules(address, bytes)) != 0;
    }

    /** The granules that {@code [address, address + bytes)}, within one page, touches. */
    public static long granules(long address, int bytes) {
        int first = (int) (address & PhysicalMemory.PAGE_SIZE - 1) >>> GRANULE_SHIFT;
        int last = (int) (address + bytes - 1 & PhysicalMemory.PAGE_SIZE - 1) >>> GRANULE_SHIFT;
        return -1L >>> 63 - (last - first) << first;
    }

    void fill(long address) {
        HostMemory.putLong(wordAddress(address), -1L);
    }

    void empty(long address) {
        HostMemory.putLong(wordAddress(address), 0);
    }

    private long wordAddress(long address) {
        return base + (address >>> PhysicalMemory.PAGE_SHIFT << 3);
    }
}
