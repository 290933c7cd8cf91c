/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.Arrays;
import java.util.Objects;

import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.memory.HostReservation;
import org.exitpoint.mmu.memory.PageFlagListener;

/**
 * Translations to host addresses in a shape for translated code: banks of {@link #ENTRIES} direct-mapped entries, one
 * bank for each context and class of access. A subset of the architectural TLB; any part may be dropped at any time.
 *
 * <p>An access of <i>n</i> bytes at a linear address looks like this, for a read:
 * <pre>{@code
 *   entry = bank + (linear >>> INDEX_SHIFT & INDEX_MASK)
 *   difference = linear ^ [entry + OFFSET_READ]
 *   if (difference unsigned<= 0x1000 - n)  the byte stands at difference + [entry + OFFSET_HOST_PAGE]
 * }</pre>
 * The comparison fails for another page, for an access that crosses the page's end, and for a tag that is not valid:
 * such a tag is the address of a page whose index is another entry's, so no address that comes to the entry matches.
 * Hence a bank of zeros is empty, but for its first entry.
 *
 * <p>What must not be accessed in place has no tag: pages that are no RAM, loads from watched pages, stores to pages
 * with any flag of {@link PhysicalMemory#STORE_SLOW}, first stores to pages that are not dirty. Machine's thread only.
 */
public final class FastTlb implements TlbListener, PageFlagListener, AutoCloseable {
    /** log2 of the entries in a bank. */
    public static final int ENTRIES_LOG = 12;
    /** Entries in a bank. */
    public static final int ENTRIES = 1 << ENTRIES_LOG;
    /** Bytes in an entry. */
    public static final int ENTRY_BYTES = 32;
    /** Offset of the 64-bit tag for loads. */
    public static final int OFFSET_READ = 0;
    /** Offset of the 64-bit tag for stores and read-modify-writes. */
    public static final int OFFSET_WRITE = 8;
    /** Offset of the 64-bit host address of the page. */
    public static final int OFFSET_HOST_PAGE = 16;
    /** Offset of the 64-bit tag for instruction fetches. */
    public static final int OFFSET_FETCH = 24;
    /** How far a linear address is shifted right, before masking, to give the offset of its entry. */
    public static final int INDEX_SHIFT = PhysicalMemory.PAGE_SHIFT - 5;
    /** The mask that then gives the offset. */
    public static final int INDEX_MASK = ENTRIES - 1 << 5;
    /** Bytes in a bank. */
    public static final int BANK_BYTES = ENTRIES * ENTRY_BYTES;
    /** Banks in the pool. */
    public static final int BANKS = 32;

    private static final long PAGE_MASK = -PhysicalMemory.PAGE_SIZE;
    private static final long INVALID_IN_FIRST = PhysicalMemory.PAGE_SIZE;
    private static final int MEMO_LOG = 6;

    private final PhysicalMemory memory;
    private final HostReservation storage;
    private final InstalledPages pages = new InstalledPages(BANKS, ENTRIES_LOG);
    private final FastContext[] contexts = new FastContext[BANKS];
    private final long[] keys = new long[BANKS];
    private final int[] memo = new int[1 << MEMO_LOG];
    private final long[] lastUse = new long[BANKS];
    private final long[][] rights = new long[BANKS][];
    private BankListener[] listeners = {};
    private long uses;

    /** A TLB with all banks free. */
    public FastTlb(PhysicalMemory memory) {
        this.memory = memory;
        storage = HostReservation.zeroed((long) BANKS * BANK_BYTES);
        for (int bank = 0; bank < BANKS; bank++) {
            for (int offset : new int[] {OFFSET_READ, OFFSET_WRITE, OFFSET_FETCH}) {
                HostMemory.putLong(address(bank) + offset, INVALID_IN_FIRST);
            }
        }
    }

    /** Registers who must hear of changes to executable mappings. Never removed while the machine runs. */
    public void onExecutableChanged(BankListener listener) {
        BankListener[] more = Arrays.copyOf(listeners, listeners.length + 1);
        more[listeners.length] = Objects.requireNonNull(listener);
        listeners = more;
    }

    /** Host address of a bank. */
    public long address(int bank) {
        return storage.address() + (long) bank * BANK_BYTES;
    }

    /**
     * The bank for accesses in a context; the one least recently asked for is taken if there is none.
     *
     * @param paged    whether linear addresses go through ordinary paging
     * @param vpid     VPID
     * @param pcid     PCID
     * @param ep4ta    address of the EPT root table, or -1 without EPT
     * @param controls CONTROL bits of {@link Permission}
     * @param access   bits of {@link Access}
     */
    public int bank(boolean paged, int vpid, int pcid, long ep4ta, int controls, int access) {
        long key = FastContext.key(paged, vpid, pcid, controls, access);
        int slot = (int) ((key ^ ep4ta) * 0x9E37_79B9_7F4A_7C15L >>> 64 - MEMO_LOG);
        int bank = memo[slot];
        if (keys[bank] != key || contexts[bank] == null || contexts[bank].ep4ta() != ep4ta) {
            bank = findOrAssign(FastContext.of(key, ep4ta), key);
            memo[slot] = bank;
        }
        lastUse[bank] = ++uses;
        return bank;
    }

    /**
     * The host address of an access, if the bank knows it.
     *
     * @param bank   host address of a bank
     * @param offset of the tag: {@link #OFFSET_READ}, {@link #OFFSET_WRITE} or {@link #OFFSET_FETCH}
     * @param bytes  1 to 4096
     * @return the host address, or 0
     */
    public static long lookup(long bank, long linear, int offset, int bytes) {
        long entry = bank + (linear >>> INDEX_SHIFT & INDEX_MASK);
        long difference = linear ^ HostMemory.getLong(entry + offset);
        return Long.compareUnsigned(difference, PhysicalMemory.PAGE_SIZE - bytes) <= 0
                ? difference + HostMemory.getLong(entry + OFFSET_HOST_PAGE) : 0;
    }

    /**
     * Enters the 4-KByte page around an address, for all accesses that its permissions and flags allow in place.
     *
     * @param bank        number of the bank
     * @param linear      any address in the page
     * @param physical    what it translates to
     * @param permissions of {@link Permission}, as cached architecturally
     * @param global      whether the translation is global
     */
    public void install(int bank, long linear, long physical, int permissions, boolean global) {
        int flags = memory.pageFlags(physical);
        if ((flags & PhysicalMemory.RAM) == 0) {
            return;
        }
        int node = node(bank, linear);
        if (pages.isInstalled(node)) {
            pages.remove(node);
        }
        long page = linear & PAGE_MASK;
        long physicalPage = physical & PAGE_MASK;
        long none = invalidTag(node);
        long entry = entry(node);
        long[] allowed = rights[bank];
        boolean read = (allowed[0] >>> permissions & 1) != 0 && (flags & PhysicalMemory.WATCHED_LOAD) == 0;
        boolean write = (allowed[1] >>> permissions & 1) != 0 && (flags & PhysicalMemory.STORE_SLOW) == 0;
        boolean fetch = (allowed[2] >>> permissions & 1) != 0;
        HostMemory.putLong(entry + OFFSET_READ, read ? page : none);
        HostMemory.putLong(entry + OFFSET_WRITE, write && read ? page : none);
        HostMemory.putLong(entry + OFFSET_FETCH, fetch ? page : none);
        HostMemory.putLong(entry + OFFSET_HOST_PAGE, memory.base() + physicalPage);
        pages.add(node, page, physicalPage, global);
    }

    /** Empties every bank. */
    public void drop() {
        for (int bank = 0; bank < BANKS; bank++) {
            empty(bank);
        }
    }

    @Override
    public void dropped(TlbTag tag) {
        for (int bank = 0; bank < BANKS; bank++) {
            if (contexts[bank] != null && contexts[bank].uses(tag)) {
                for (int n = pages.count(bank) - 1; n >= 0; n--) {
                    int node = pages.node(bank, n);
                    if (pages.isGlobal(node) == tag.global()) {
                        remove(node);
                    }
                }
                tellExecutableChanged(bank);
            }
        }
    }

    @Override
    public void pageDropped(TlbTag tag, long address, int shift, boolean executable) {
        for (int bank = 0; bank < BANKS; bank++) {
            if (contexts[bank] != null && contexts[bank].uses(tag)) {
                dropRange(bank, address, shift);
                if (executable) {
                    tellExecutableChanged(bank);
                }
            }
        }
    }

    @Override
    public void allDropped() {
        for (int bank = 0; bank < BANKS; bank++) {
            empty(bank);
            tellExecutableChanged(bank);
        }
    }

    @Override
    public void flagsAdded(long address, int added) {
        for (int node = pages.firstTo(address); node >= 0; node = pages.nextTo(node, address)) {
            restrict(node, added);
        }
    }

    @Override
    public void flagsAddedEverywhere(int added) {
        for (int bank = 0; bank < BANKS; bank++) {
            for (int n = 0; n < pages.count(bank); n++) {
                restrict(pages.node(bank, n), added);
            }
        }
    }

    @Override
    public void close() {
        storage.close();
    }

    /** Whether a page is entered in a bank. */
    boolean isInstalled(int bank, long linear) {
        int node = node(bank, linear);
        return pages.isInstalled(node) && pages.linear(node) == (linear & PAGE_MASK);
    }

    private int findOrAssign(FastContext context, long key) {
        int oldest = 0;
        for (int bank = 0; bank < BANKS; bank++) {
            if (context.equals(contexts[bank])) {
                return bank;
            }
            if (lastUse[bank] < lastUse[oldest]) {
                oldest = bank;
            }
        }
        assign(oldest, context);
        keys[oldest] = key;
        return oldest;
    }

    private void assign(int bank, FastContext context) {
        empty(bank);
        contexts[bank] = context;
        int mode = context.accessBits();
        rights[bank] = new long[] {Permission.rights(Access.READ | mode, context.controls()),
                Permission.rights(Access.WRITE | mode, context.controls()),
                Permission.rights(Access.FETCH | mode, context.controls())};
        tellExecutableChanged(bank);
    }

    private void dropRange(int bank, long address, int shift) {
        if (1L << shift - PhysicalMemory.PAGE_SHIFT <= pages.count(bank)) {
            for (long at = 0; at < 1L << shift; at += PhysicalMemory.PAGE_SIZE) {
                int node = node(bank, address + at);
                if (pages.isInstalled(node) && pages.linear(node) == address + at) {
                    remove(node);
                }
            }
            return;
        }
        for (int n = pages.count(bank) - 1; n >= 0; n--) {
            int node = pages.node(bank, n);
            if ((pages.linear(node) ^ address) >>> shift == 0) {
                remove(node);
            }
        }
    }

    private void restrict(int node, int added) {
        if ((added & PhysicalMemory.STORE_SLOW) != 0) {
            HostMemory.putLong(entry(node) + OFFSET_WRITE, invalidTag(node));
        }
        if ((added & PhysicalMemory.WATCHED_LOAD) != 0) {
            HostMemory.putLong(entry(node) + OFFSET_READ, invalidTag(node));
            HostMemory.putLong(entry(node) + OFFSET_WRITE, invalidTag(node));
        }
    }

    private void empty(int bank) {
        for (int n = pages.count(bank) - 1; n >= 0; n--) {
            remove(pages.node(bank, n));
        }
    }

    private void remove(int node) {
        long entry = entry(node);
        long none = invalidTag(node);
        HostMemory.putLong(entry + OFFSET_READ, none);
        HostMemory.putLong(entry + OFFSET_WRITE, none);
        HostMemory.putLong(entry + OFFSET_FETCH, none);
        pages.remove(node);
    }

    private void tellExecutableChanged(int bank) {
        for (BankListener listener : listeners) {
            listener.executableChanged(bank);
        }
    }

    private long entry(int node) {
        return storage.address() + (long) node * ENTRY_BYTES;
    }

    private static int node(int bank, long linear) {
        return bank << ENTRIES_LOG | (int) (linear >>> PhysicalMemory.PAGE_SHIFT) & ENTRIES - 1;
    }

    private static long invalidTag(int node) {
        return (node & ENTRIES - 1) == 0 ? INVALID_IN_FIRST : 0;
    }
}
