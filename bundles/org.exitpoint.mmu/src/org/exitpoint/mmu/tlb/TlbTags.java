/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.Arrays;

/**
 * The tags that have live mappings. Each has an epoch, a number that its entries carry; a tag is invalidated as a whole
 * by forgetting it, and its next mapping starts a new epoch.
 */
final class TlbTags {
    /** The most tags at once; the TLB clears itself when one more is needed. */
    static final int MAX_TAGS = 1 << 12;
    static final int NO_TAG = -1;

    private static final int HASH_BITS = 13;

    private final TlbTag[] tag = new TlbTag[MAX_TAGS];
    private final int[] epoch = new int[MAX_TAGS];
    private final int[] sizes = new int[MAX_TAGS];
    private final int[] mappings = new int[MAX_TAGS];
    private final int[] next = new int[MAX_TAGS];
    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] live = new int[MAX_TAGS];
    private final int[] livePosition = new int[MAX_TAGS];
    private int liveCount;
    private int lastEpoch;
    private int version;

    TlbTags() {
        clear();
    }

    /** Counts every change of which tag has which index. */
    int version() {
        return version;
    }

    int find(MappingKind kind, int vpid, int pcid, boolean global, long ep4ta) {
        for (int i = heads[hash(kind, vpid, pcid, global, ep4ta)]; i >= 0; i = next[i]) {
            TlbTag t = tag[i];
            if (t.kind() == kind && t.vpid() == vpid && t.pcid() == pcid && t.global() == global
                    && t.ep4ta() == ep4ta) {
                return i;
            }
        }
        return NO_TAG;
    }

    boolean isFull() {
        return liveCount == MAX_TAGS;
    }

    boolean epochsAreUsedUp() {
        return lastEpoch == Integer.MAX_VALUE;
    }

    /** Gives the live tags new epochs from 1 in the order of the old ones, which it returns, ascending. */
    int[] renumber() {
        int[] old = new int[liveCount];
        for (int n = 0; n < liveCount; n++) {
            old[n] = epoch[live[n]];
        }
        Arrays.sort(old);
        for (int n = 0; n < liveCount; n++) {
            epoch[live[n]] = Arrays.binarySearch(old, epoch[live[n]]) + 1;
        }
        lastEpoch = liveCount;
        return old;
    }

    int add(TlbTag fresh) {
        int i = live[liveCount];
        livePosition[i] = liveCount++;
        tag[i] = fresh;
        epoch[i] = ++lastEpoch;
        sizes[i] = 0;
        mappings[i] = 0;
        int head = hash(fresh);
        next[i] = heads[head];
        heads[head] = i;
        version++;
        return i;
    }

    void remove(int i) {
        int head = hash(tag[i]);
        if (heads[head] == i) {
            heads[head] = next[i];
        } else {
            int before = heads[head];
            while (next[before] != i) {
                before = next[before];
            }
            next[before] = next[i];
        }
        int moved = live[--liveCount];
        live[livePosition[i]] = moved;
        livePosition[moved] = livePosition[i];
        live[liveCount] = i;
        tag[i] = null;
        version++;
    }

    /** Forgets all tags and starts the epochs anew: no entry may carry an old one. */
    void clear() {
        Arrays.fill(tag, null);
        Arrays.fill(heads, -1);
        for (int i = 0; i < MAX_TAGS; i++) {
            live[i] = i;
        }
        liveCount = 0;
        lastEpoch = 0;
        version++;
    }

    int liveCount() {
        return liveCount;
    }

    /** Index of the n-th live tag. Removing it moves the last one to its place. */
    int live(int n) {
        return live[n];
    }

    TlbTag tag(int i) {
        return tag[i];
    }

    int epoch(int i) {
        return epoch[i];
    }

    /** The sizes of mappings that the tag ever had, as a set of size indices. */
    int sizes(int i) {
        return sizes[i];
    }

    void addSize(int i, int size) {
        sizes[i] |= 1 << size;
    }

    int mappings(int i) {
        return mappings[i];
    }

    void countMappings(int i, int change) {
        mappings[i] += change;
    }

    private static int hash(TlbTag t) {
        return hash(t.kind(), t.vpid(), t.pcid(), t.global(), t.ep4ta());
    }

    private static int hash(MappingKind kind, int vpid, int pcid, boolean global, long ep4ta) {
        long identity = (long) vpid << 16 | pcid << 3 | (global ? 4 : 0) | kind.ordinal();
        return (int) ((identity * 0x9E37_79B9_7F4A_7C15L ^ ep4ta * 0xD6E8_FEB8_6659_FD93L) >>> 64 - HASH_BITS);
    }
}
