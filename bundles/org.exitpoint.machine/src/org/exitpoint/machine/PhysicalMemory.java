/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/**
 * Host-physical memory of the simulated machine: the one funnel that every store by processor helpers, DMA, the
 * debugger and page-walk accessed/dirty updates passes.
 *
 * <p>RAM is reserved one to one: the byte at physical address {@code a} stands at host address {@code base() + a},
 * holes included. One byte of {@link #pageFlags(long) flags} per 4-KByte page says what the page is and who must hear
 * of stores to it. Addresses are host-physical (the simulated machine's), 0 up to {@link #span()}.
 *
 * <p>All accesses are little-endian and of any alignment. Except where a method says otherwise they need
 * {@link #isRam(long, int)} to hold for every byte; reads elsewhere give all ones and writes elsewhere are dropped, as
 * on a bus nobody answers. Called by the machine's thread only.
 */
public interface PhysicalMemory {
    /** log2 of the page that flags are kept for. */
    int PAGE_SHIFT = 12;
    /** Bytes in the page that flags are kept for. */
    int PAGE_SIZE = 1 << PAGE_SHIFT;

    /** Page flag: the page is readable RAM or ROM backed by host memory. */
    int RAM = 1;
    /** Page flag: stores are dropped (with {@link #RAM}: ROM). */
    int READ_ONLY = 1 << 1;
    /** Page flag: an engine holds decoded or translated code of this page. */
    int CODE = 1 << 2;
    /** Page flag: a debugger watches stores to this page. */
    int WATCHED_STORE = 1 << 3;
    /** Page flag: a debugger watches loads from this page. */
    int WATCHED_LOAD = 1 << 4;
    /** Page flag: the first store to this page since {@link #clearDirty()} has not yet happened. */
    int CLEAN = 1 << 5;
    /** The flags under which an engine must not store directly, without {@link #write}. */
    int STORE_SLOW = READ_ONLY | CODE | WATCHED_STORE | CLEAN;

    /** Host address of physical address 0. */
    long base();

    /** Bytes reserved: no physical address at or above this has memory. */
    long span();

    /** Host address of the flag bytes, one a page, {@code span() >> PAGE_SHIFT} of them. */
    long flagsBase();

    /** Flags of the page that holds the physical address; 0 beyond {@link #span()}. */
    int pageFlags(long address);

    /** Sets flags of the page that holds the physical address. */
    void addPageFlags(long address, int flags);

    /** Clears flags of the page that holds the physical address. */
    void removePageFlags(long address, int flags);

    /** Whether all the bytes are RAM or ROM. */
    boolean isRam(long address, int bytes);

    /** Makes {@code [address, address + bytes)} RAM, both page-aligned, zeroed. */
    void addRam(long address, long bytes);

    /** A value of 1, 2, 4 or 8 bytes, zero-extended. */
    long read(long address, int bytes);

    /** Stores the low 1, 2, 4 or 8 bytes of a value and tells the listeners that the page's flags call for. */
    void write(long address, int bytes, long value);

    /** Copies bytes out; bytes that no memory answers for read as 0xFF. */
    void read(long address, byte[] into, int offset, int length);

    /** Copies bytes in, page by page, telling listeners as {@link #write(long, int, long)} does. */
    void write(long address, byte[] from, int offset, int length);

    /** Tells the listeners of a store that an engine is about to do, or did, in place. */
    void stored(long address, int bytes);

    /** Registers a listener for stores to pages with any of the flags. Never removed while the machine runs. */
    void onStore(int flags, StoreListener listener);

    /** Marks every RAM page {@link #CLEAN}. */
    void clearDirty();

    /**
     * The page numbers (address &gt;&gt; {@link #PAGE_SHIFT}) of RAM pages written since {@link #clearDirty()},
     * ascending.
     */
    long[] dirtyPages();

    /** Hears of stores to flagged pages, before the stored bytes are visible to the next guest instruction. */
    @FunctionalInterface
    interface StoreListener {
        /** Bytes {@code [address, address + bytes)}, within one page, were or are being stored to. */
        void stored(long address, int bytes);
    }
}
