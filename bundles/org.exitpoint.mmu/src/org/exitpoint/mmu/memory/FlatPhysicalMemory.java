/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;

/**
 * Physical memory as one host reservation: physical address {@code a} is host address {@code base() + a}. Only pages
 * made RAM are accessible to the host; holes are recognised by their flags and never touched.
 *
 * <p>Stores that are dropped (holes, ROM) reach no listener. Before the first {@link #clearDirty()} every RAM page
 * counts as written. {@link #CODE} set through {@link #addPageFlags} stands for a page full of code; engines that know
 * better use {@link #codeGranules()}.
 */
public final class FlatPhysicalMemory implements PhysicalMemory, AutoCloseable {
    /** The largest span that can be asked for, in bytes: a quarter of a Linux process's address space. */
    public static final long MAX_SPAN = 1L << 45;

    private static final long PAGE_MASK = PAGE_SIZE - 1L;
    private static final long LOW_HOLE = 1L << 32;
    private static final long CLEAN_IN_EACH_BYTE = 0x0101_0101_0101_0101L * CLEAN;

    private final HostReservation ram;
    private final HostReservation flags;
    private final HostReservation granuleWords;
    private final long base;
    private final long flagsBase;
    private final long span;
    private final CodeGranules granules;
    private final List<Range> ranges = new ArrayList<>();
    private StoreListener[] storeListeners = {};
    private int[] storeListenerFlags = {};
    private PageFlagListener[] flagListeners = {};

    private record Range(long start, long end) {
    }

    /**
     * Reserves physical addresses 0 to {@code span}, with no RAM in them yet.
     *
     * @param span bytes, a positive multiple of the page size up to {@link #MAX_SPAN}
     * @throws IllegalArgumentException for any other span
     * @throws IllegalStateException    if the host cannot reserve that much address space
     */
    public FlatPhysicalMemory(long span) {
        if (span <= 0 || span > MAX_SPAN || (span & PAGE_MASK) != 0) {
            throw new IllegalArgumentException(("physical memory of %,d bytes cannot be had: "
                    + "it must be a positive multiple of 4096, at most %,d").formatted(span, MAX_SPAN));
        }
        this.span = span;
        long pages = span >>> PAGE_SHIFT;
        flags = HostReservation.zeroed(roundUp(pages));
        granuleWords = HostReservation.zeroed(roundUp(pages << 3));
        ram = HostReservation.inaccessible(span);
        base = ram.address();
        flagsBase = flags.address();
        granules = new CodeGranules(this, granuleWords.address());
    }

    /** The span for a board with so many bytes of RAM: the RAM and a hole below 4 GiB for devices. */
    public static long spanFor(long ramBytes) {
        if (ramBytes <= 0 || ramBytes > MAX_SPAN - LOW_HOLE) {
            throw new IllegalArgumentException("RAM of %,d bytes cannot be had: at least 4096, at most %,d bytes"
                    .formatted(ramBytes, MAX_SPAN - LOW_HOLE));
        }
        return roundUp(ramBytes) + LOW_HOLE;
    }

    /** Which granules of code pages hold code. */
    public CodeGranules codeGranules() {
        return granules;
    }

    /** Registers who must hear of flags added to pages. Never removed while the machine runs. */
    public void onFlagsAdded(PageFlagListener listener) {
        flagListeners = Arrays.copyOf(flagListeners, flagListeners.length + 1);
        flagListeners[flagListeners.length - 1] = Objects.requireNonNull(listener);
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public long span() {
        return span;
    }

    @Override
    public long flagsBase() {
        return flagsBase;
    }

    @Override
    public int pageFlags(long address) {
        return Long.compareUnsigned(address, span) < 0 ? HostMemory.getByte(flagAddress(address)) & 0xFF : 0;
    }

    @Override
    public void addPageFlags(long address, int added) {
        checkAddress(address);
        if ((added & CODE) != 0) {
            granules.fill(address);
        }
        setFlags(address, added);
    }

    @Override
    public void removePageFlags(long address, int removed) {
        checkAddress(address);
        if ((removed & RAM) != 0) {
            throw new IllegalArgumentException("RAM cannot be taken out of a running machine");
        }
        if ((removed & CODE) != 0) {
            granules.empty(address);
        }
        clearFlags(address, removed);
    }

    @Override
    public boolean isRam(long address, int bytes) {
        long last = address + bytes - 1;
        return (pageFlags(address) & pageFlags(last) & RAM) != 0
                && (last - address <= PAGE_MASK || middleIsRam(address, last));
    }

    @Override
    public void addRam(long address, long bytes) {
        if (address < 0 || bytes <= 0 || (address & PAGE_MASK) != 0 || (bytes & PAGE_MASK) != 0
                || bytes > span - address) {
            throw new IllegalArgumentException("RAM of %,d bytes at 0x%x does not fit a span of 0x%x bytes in pages"
                    .formatted(bytes, address, span));
        }
        for (Range range : ranges) {
            if (address < range.end() && range.start() < address + bytes) {
                throw new IllegalArgumentException("there is RAM at 0x%x already"
                        .formatted(Math.max(address, range.start())));
            }
        }
        ram.makeAccessible(address, bytes);
        ranges.add(new Range(address, address + bytes));
        HostMemory.segment(flagAddress(address), bytes >>> PAGE_SHIFT).fill((byte) RAM);
    }

    @Override
    public long read(long address, int bytes) {
        if ((address & PAGE_MASK) + bytes <= PAGE_SIZE) {
            return (pageFlags(address) & RAM) != 0 ? HostMemory.get(base + address, bytes) : -1L >>> 64 - bytes * 8;
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= read(address + i, 1) << i * 8;
        }
        return value;
    }

    @Override
    public void write(long address, int bytes, long value) {
        if ((address & PAGE_MASK) + bytes > PAGE_SIZE) {
            for (int i = 0; i < bytes; i++) {
                write(address + i, 1, value >>> i * 8);
            }
            return;
        }
        int page = pageFlags(address);
        if (page != RAM) {
            if ((page & (RAM | READ_ONLY)) != RAM) {
                return;
            }
            tell(address, bytes, page);
        }
        HostMemory.put(base + address, bytes, value);
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int done = 0;
        while (done < length) {
            long at = address + done;
            int here = withinPage(at, length - done);
            if ((pageFlags(at) & RAM) != 0) {
                MemorySegment.copy(HostMemory.segment(base + at, here), ValueLayout.JAVA_BYTE, 0, into, offset + done,
                        here);
            } else {
                Arrays.fill(into, offset + done, offset + done + here, (byte) 0xFF);
            }
            done += here;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        int done = 0;
        while (done < length) {
            long at = address + done;
            int here = withinPage(at, length - done);
            int page = pageFlags(at);
            if ((page & (RAM | READ_ONLY)) == RAM) {
                tell(at, here, page);
                MemorySegment.copy(from, offset + done, HostMemory.segment(base + at, here), ValueLayout.JAVA_BYTE, 0,
                        here);
            }
            done += here;
        }
    }

    @Override
    public void stored(long address, int bytes) {
        int done = 0;
        while (done < bytes) {
            long at = address + done;
            int here = withinPage(at, bytes - done);
            tell(at, here, pageFlags(at));
            done += here;
        }
    }

    @Override
    public void onStore(int mask, StoreListener listener) {
        storeListeners = Arrays.copyOf(storeListeners, storeListeners.length + 1);
        storeListenerFlags = Arrays.copyOf(storeListenerFlags, storeListeners.length);
        storeListeners[storeListeners.length - 1] = Objects.requireNonNull(listener);
        storeListenerFlags[storeListeners.length - 1] = mask;
    }

    @Override
    public void clearDirty() {
        for (Range range : ranges) {
            long at = flagAddress(range.start());
            long end = flagAddress(range.end());
            for (; at < end && (at & 7) != 0; at++) {
                HostMemory.putByte(at, (byte) (HostMemory.getByte(at) | CLEAN));
            }
            for (; at + 8 <= end; at += 8) {
                HostMemory.putLong(at, HostMemory.getLong(at) | CLEAN_IN_EACH_BYTE);
            }
            for (; at < end; at++) {
                HostMemory.putByte(at, (byte) (HostMemory.getByte(at) | CLEAN));
            }
        }
        for (PageFlagListener listener : flagListeners) {
            listener.flagsAddedEverywhere(CLEAN);
        }
    }

    @Override
    public long[] dirtyPages() {
        long[] pages = new long[64];
        int count = 0;
        List<Range> ascending = new ArrayList<>(ranges);
        ascending.sort((a, b) -> Long.compare(a.start(), b.start()));
        for (Range range : ascending) {
            for (long at = range.start(); at < range.end(); at += PAGE_SIZE) {
                if ((HostMemory.getByte(flagAddress(at)) & CLEAN) == 0) {
                    if (count == pages.length) {
                        pages = Arrays.copyOf(pages, count * 2);
                    }
                    pages[count++] = at >>> PAGE_SHIFT;
                }
            }
        }
        return Arrays.copyOf(pages, count);
    }

    /** Gives all memory back to the host. No method may be called afterwards, no address used. */
    @Override
    public void close() {
        ram.close();
        flags.close();
        granuleWords.close();
    }

    /** Sets flags of the page without touching its granules. */
    void setFlags(long address, int added) {
        checkAddress(address);
        long at = flagAddress(address);
        int before = HostMemory.getByte(at) & 0xFF;
        int fresh = added & ~before;
        if (fresh == 0) {
            return;
        }
        HostMemory.putByte(at, (byte) (before | added));
        for (PageFlagListener listener : flagListeners) {
            listener.flagsAdded(address & -PAGE_SIZE, fresh);
        }
    }

    /** Clears flags of the page without touching its granules. */
    void clearFlags(long address, int removed) {
        long at = flagAddress(address);
        HostMemory.putByte(at, (byte) (HostMemory.getByte(at) & ~removed));
    }

    static int withinPage(long address, int bytes) {
        return (int) Math.min(bytes, PAGE_SIZE - (address & PAGE_MASK));
    }

    private void tell(long address, int bytes, int page) {
        if ((page & STORE_SLOW) == 0) {
            return;
        }
        int heard = (page & CODE) != 0 && !granules.holdCode(address, bytes) ? page & ~CODE : page;
        if ((page & CLEAN) != 0) {
            clearFlags(address, CLEAN);
        }
        for (int i = 0; i < storeListeners.length; i++) {
            if ((storeListenerFlags[i] & heard) != 0) {
                storeListeners[i].stored(address, bytes);
            }
        }
    }

    private boolean middleIsRam(long address, long last) {
        for (long at = (address | PAGE_MASK) + 1; at < last; at += PAGE_SIZE) {
            if ((pageFlags(at) & RAM) == 0) {
                return false;
            }
        }
        return true;
    }

    private long flagAddress(long address) {
        return flagsBase + (address >>> PAGE_SHIFT);
    }

    private void checkAddress(long address) {
        if (Long.compareUnsigned(address, span) >= 0) {
            throw new IllegalArgumentException("no page at 0x%x in a span of 0x%x bytes".formatted(address, span));
        }
    }

    private static long roundUp(long bytes) {
        return bytes + PAGE_MASK & ~PAGE_MASK;
    }
}
