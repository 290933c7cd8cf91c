/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.memory.HostReservation;

/**
 * The TLB that the guest can observe: what its accesses cached, until an operation invalidates it. No mapping is
 * evicted; when one more than {@link #CAPACITY} would be live, all are dropped, at the same step in every run.
 *
 * <p>One off-heap hash table of {@link #ENTRY_BYTES}-byte entries with linear probing. An entry is live while the epoch
 * it carries is that of its tag, so a whole tag goes in constant time; dead entries are swept when the table fills.
 * Handles are host addresses of entries, valid until the next call that is not a query. Machine's thread only.
 */
public final class ArchitecturalTlb implements AutoCloseable {
    /** The most mappings at once. */
    public static final int CAPACITY = 1 << 18;
    /** Bytes in an entry. */
    public static final int ENTRY_BYTES = 32;
    /** Offset of the 64-bit key: address of the page, with an index of its size in the low bits. */
    public static final int OFFSET_KEY = 0;
    /** Offset of the 32-bit epoch; 0 in an entry never used. */
    public static final int OFFSET_EPOCH = 8;
    /** Offset of 32 bits of {@link org.exitpoint.mmu.format.Permission}. */
    public static final int OFFSET_PERMISSIONS = 12;
    /** Offset of the 64-bit host-physical address of the page. */
    public static final int OFFSET_FRAME = 16;
    /** Offset of the 64-bit guest-physical address of the page; the host-physical one without EPT. */
    public static final int OFFSET_GUEST_PHYSICAL = 24;

    private static final int[] SHIFTS = {12, 21, 22, 30};
    private static final int NEIGHBOURS = 7;
    private static final int SIZES = SHIFTS.length;
    private static final int PAGE_SIZES = (1 << SIZES) - 1;
    private static final int SIZE_MASK = 7;
    private static final int PROBED_PARTS_LOG = 10;
    private static final int REMOVED = -1;
    private static final int MIN_SLOTS_LOG = 12;
    private static final String SAVED_FIELD = "tlb";

    private final TlbTags tags = new TlbTags();
    private final TlbListener listener;
    private HostReservation table;
    private long base;
    private int slotsLog;
    private int used;
    private int live;

    /** An empty TLB that tells a listener of what it drops. */
    public ArchitecturalTlb(TlbListener listener) {
        this.listener = Objects.requireNonNull(listener);
        allocate(MIN_SLOTS_LOG);
    }

    /** Mappings now cached, with the marks that keep parts of large pages together. */
    public int size() {
        return live;
    }

    /** Changes whenever an index that {@link #tag} gave may have changed. */
    public int tagVersion() {
        return tags.version();
    }

    /** Index of a tag for {@link #find}, or a negative number if it has no mapping. */
    public int tag(MappingKind kind, int vpid, int pcid, boolean global, long ep4ta) {
        return tags.find(kind, vpid, pcid, global, ep4ta);
    }

    /**
     * Looks for the mapping of an address; of several, of different size, the smallest.
     *
     * @param tag as {@link #tag} gave it, at the current {@link #tagVersion()}
     * @return a handle, or 0
     */
    public long find(int tag, long address) {
        if (tag < 0) {
            return 0;
        }
        int epoch = tags.epoch(tag);
        for (int sizes = tags.sizes(tag) & PAGE_SIZES; sizes != 0; sizes &= sizes - 1) {
            int size = Integer.numberOfTrailingZeros(sizes);
            long slot = lookup(epoch, key(address, size));
            if (slot != 0) {
                return slot;
            }
        }
        return 0;
    }

    /** Permissions of a mapping. */
    public static int permissions(long handle) {
        return HostMemory.getInt(handle + OFFSET_PERMISSIONS);
    }

    /** Host-physical address of a mapping's page. */
    public static long frame(long handle) {
        return HostMemory.getLong(handle + OFFSET_FRAME);
    }

    /** Guest-physical address of a mapping's page. */
    public static long guestPhysical(long handle) {
        return HostMemory.getLong(handle + OFFSET_GUEST_PHYSICAL);
    }

    /** log2 of the size of a mapping's page. */
    public static int pageShift(long handle) {
        return SHIFTS[(int) HostMemory.getLong(handle + OFFSET_KEY) & SIZE_MASK];
    }

    /** The host-physical address that a mapping gives for an address it covers. */
    public static long translate(long handle, long address) {
        return frame(handle) | address & (1L << pageShift(handle)) - 1;
    }

    /**
     * Caches a mapping. One of the same tag, address and size is replaced; the listener is told only if it led
     * elsewhere or permitted more.
     *
     * @param tag         whose it is
     * @param address     any address in the page
     * @param pageShift   log2 of the size cached: 12, 21, 22 or 30
     * @param mappedShift log2 of the size that the guest's own tables give the page, if larger: INVLPG then takes all
     *                    parts of it
     * @param frame       host-physical address of the page
     * @param physical    guest-physical address of the page
     * @param permissions of {@link org.exitpoint.mmu.format.Permission}
     * @return a handle
     */
    public long insert(TlbTag tag, long address, int pageShift, int mappedShift, long frame, long physical,
            int permissions) {
        int index = makeRoomIn(tag);
        if (mappedShift > pageShift && mappedShift <= SHIFTS[SIZES - 1]) {
            put(index, key(address, sizeIndex(mappedShift)) + SIZES, 0, 0, 0);
            tags.addSize(index, sizeIndex(mappedShift) + SIZES);
        }
        int size = sizeIndex(pageShift);
        tags.addSize(index, size);
        return put(index, key(address, size), frame, physical, permissions);
    }

    /** Drops the mappings of a tag, of all sizes, that cover an address. */
    public void removeAddress(int tag, long address) {
        if (tag < 0) {
            return;
        }
        removePage(tag, address);
        if (tags.mappings(tag) == 0) {
            tags.remove(tag);
        }
    }

    /** The tag at an index. */
    public TlbTag tagAt(int tag) {
        return tags.tag(tag);
    }

    /** Invalidates what a rule calls for; parameters that the rule does not use are ignored. */
    public void invalidate(InvalidationRule rule, int vpid, int pcid, long ep4ta, long address) {
        for (int n = tags.liveCount() - 1; n >= 0; n--) {
            int i = tags.live(n);
            if (rule.concerns(tags.tag(i), vpid, pcid, ep4ta)) {
                if (rule.isForOneAddress()) {
                    removeAddress(i, address);
                } else {
                    removeTag(i);
                }
            }
        }
    }

    /** Drops everything. */
    public void clear() {
        HostMemory.segment(base, (long) ENTRY_BYTES << slotsLog).fill((byte) 0);
        tags.clear();
        used = 0;
        live = 0;
        listener.allDropped();
    }

    /** Writes all mappings, in an order that depends on them alone. */
    public void save(StateWriter out) {
        Map<Integer, TlbTag> byEpoch = new HashMap<>();
        for (int n = 0; n < tags.liveCount(); n++) {
            byEpoch.put(tags.epoch(tags.live(n)), tags.tag(tags.live(n)));
        }
        long[][] rows = new long[live][];
        int count = 0;
        for (long slot = base; slot < end(); slot += ENTRY_BYTES) {
            TlbTag tag = byEpoch.get(HostMemory.getInt(slot + OFFSET_EPOCH));
            if (tag != null) {
                rows[count++] = new long[] {TlbSnapshot.identity(tag), tag.ep4ta(),
                        HostMemory.getLong(slot + OFFSET_KEY), frame(slot), guestPhysical(slot), permissions(slot)};
            }
        }
        out.bytes(SAVED_FIELD, TlbSnapshot.encode(rows));
    }

    /** Reads what {@link #save} wrote, in place of what is cached. */
    public void restore(StateReader in) {
        clear();
        for (long[] row : TlbSnapshot.decode(in.bytes(SAVED_FIELD))) {
            int index = makeRoomIn(TlbSnapshot.tag(row[0], row[1]));
            tags.addSize(index, (int) row[2] & SIZE_MASK);
            put(index, row[2], row[3], row[4], (int) row[5]);
        }
    }

    @Override
    public void close() {
        table.close();
    }

    private void removeTag(int index) {
        TlbTag tag = tags.tag(index);
        live -= tags.mappings(index);
        tags.remove(index);
        listener.dropped(tag);
    }

    /** Removes the mappings of all sizes that cover an address, and all parts of a large page that covers it. */
    private void removePage(int index, long address) {
        for (int sizes = tags.sizes(index); sizes != 0; sizes &= sizes - 1) {
            int size = Integer.numberOfTrailingZeros(sizes);
            int shift = SHIFTS[size % SIZES];
            int permissions = remove(index, key(address, size % SIZES) + size / SIZES * SIZES);
            if (permissions >= 0 && size < SIZES) {
                listener.pageDropped(tags.tag(index), address & -(1L << shift), shift,
                        (permissions & Permission.EXECUTE) != 0);
            } else if (permissions >= 0) {
                removeParts(index, address, shift);
            }
        }
    }

    /** Removes the parts of a large page. */
    private void removeParts(int index, long address, int shift) {
        long start = address & -(1L << shift);
        for (int size = 0; SHIFTS[size] < shift; size++) {
            if ((tags.sizes(index) & 1 << size) == 0) {
                continue;
            }
            if (shift - SHIFTS[size] > PROBED_PARTS_LOG) {
                removeByScan(index, start, shift, size);
            } else {
                for (long at = 0; at < 1L << shift; at += 1L << SHIFTS[size]) {
                    remove(index, key(start + at, size));
                }
            }
        }
        listener.pageDropped(tags.tag(index), start, shift, true);
    }

    private void removeByScan(int index, long start, int shift, int size) {
        int epoch = tags.epoch(index);
        for (long slot = base; slot < end(); slot += ENTRY_BYTES) {
            long key = HostMemory.getLong(slot + OFFSET_KEY);
            if (HostMemory.getInt(slot + OFFSET_EPOCH) == epoch && (key & SIZE_MASK) == size
                    && (key ^ start) >>> shift == 0) {
                removeSlot(index, slot);
            }
        }
    }

    private void removeSlot(int index, long slot) {
        HostMemory.putInt(slot + OFFSET_EPOCH, REMOVED);
        tags.countMappings(index, -1);
        live--;
    }

    /** Removes one entry and gives its permissions; a negative number if there is none. */
    private int remove(int index, long key) {
        long slot = lookup(tags.epoch(index), key);
        if (slot == 0) {
            return -1;
        }
        removeSlot(index, slot);
        return permissions(slot);
    }

    private long put(int index, long key, long frame, long physical, int permissions) {
        int epoch = tags.epoch(index);
        long slot = lookup(epoch, key);
        if (slot != 0) {
            replace(index, slot, key, frame, permissions);
        } else {
            slot = freeSlot(epoch, key);
            if (HostMemory.getInt(slot + OFFSET_EPOCH) == 0) {
                used++;
            }
            HostMemory.putLong(slot + OFFSET_KEY, key);
            HostMemory.putInt(slot + OFFSET_EPOCH, epoch);
            tags.countMappings(index, 1);
            live++;
        }
        HostMemory.putInt(slot + OFFSET_PERMISSIONS, permissions);
        HostMemory.putLong(slot + OFFSET_FRAME, frame);
        HostMemory.putLong(slot + OFFSET_GUEST_PHYSICAL, physical);
        return slot;
    }

    private void replace(int index, long slot, long key, long frame, int permissions) {
        int size = (int) key & SIZE_MASK;
        if (size < SIZES && (frame(slot) != frame || (permissions(slot) & ~permissions) != 0)) {
            listener.pageDropped(tags.tag(index), key & -(1L << SHIFTS[size]), SHIFTS[size],
                    (permissions(slot) & Permission.EXECUTE) != 0);
        }
    }

    /** Makes sure that one mapping of a tag, and one mark for a large page, fit; gives the tag's index. */
    private int makeRoomIn(TlbTag tag) {
        int index = tags.find(tag.kind(), tag.vpid(), tag.pcid(), tag.global(), tag.ep4ta());
        if (live + 2 > CAPACITY || index < 0 && tags.isFull()) {
            clear();
            index = TlbTags.NO_TAG;
        }
        if (used + 2 > (3 << slotsLog) >>> 2 || tags.epochsAreUsedUp()) {
            rehash();
        }
        return index >= 0 ? index : tags.add(tag);
    }

    private void rehash() {
        HostReservation old = table;
        long oldEnd = end();
        allocate(live > (3 << slotsLog) >>> 3 ? slotsLog + 1 : slotsLog);
        int[] epochs = tags.renumber();
        for (long from = old.address(); from < oldEnd; from += ENTRY_BYTES) {
            int epoch = Arrays.binarySearch(epochs, HostMemory.getInt(from + OFFSET_EPOCH)) + 1;
            if (epoch > 0) {
                long to = freeSlot(epoch, HostMemory.getLong(from + OFFSET_KEY));
                for (int offset = 0; offset < ENTRY_BYTES; offset += Long.BYTES) {
                    HostMemory.putLong(to + offset, HostMemory.getLong(from + offset));
                }
                HostMemory.putInt(to + OFFSET_EPOCH, epoch);
                used++;
            }
        }
        old.close();
    }

    private void allocate(int log) {
        table = HostReservation.zeroed((long) ENTRY_BYTES << log);
        base = table.address();
        slotsLog = log;
        used = 0;
    }

    private long lookup(int epoch, long key) {
        long slot = home(epoch, key);
        while (true) {
            int at = HostMemory.getInt(slot + OFFSET_EPOCH);
            if (at == epoch && HostMemory.getLong(slot + OFFSET_KEY) == key) {
                return slot;
            }
            if (at == 0) {
                return 0;
            }
            slot = next(slot);
        }
    }

    private long freeSlot(int epoch, long key) {
        long slot = home(epoch, key);
        while (HostMemory.getInt(slot + OFFSET_EPOCH) > 0) {
            slot = next(slot);
        }
        return slot;
    }

    /** Pages next to each other are next to each other here too, in the host's cache lines and pages. */
    private long home(int epoch, long key) {
        int shift = SHIFTS[(int) key & SIZE_MASK & SIZES - 1];
        long neighbour = key >>> shift & NEIGHBOURS;
        long group = key & ~((long) NEIGHBOURS << shift);
        long hash = (group ^ (long) epoch << 40 ^ epoch) * 0x9E37_79B9_7F4A_7C15L;
        return base + (hash >>> 64 - slotsLog ^ neighbour) * ENTRY_BYTES;
    }

    private long next(long slot) {
        long following = slot + ENTRY_BYTES;
        return following == end() ? base : following;
    }

    private long end() {
        return base + ((long) ENTRY_BYTES << slotsLog);
    }

    private static long key(long address, int size) {
        return address & -(1L << SHIFTS[size]) | size;
    }

    private static int sizeIndex(int shift) {
        for (int size = 0; size < SIZES; size++) {
            if (SHIFTS[size] == shift) {
                return size;
            }
        }
        throw new IllegalArgumentException("no page of 2^" + shift + " bytes");
    }
}
