/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.Arrays;

/**
 * Book-keeping of the fast TLB: which entries are in use, bank by bank, and which lead to a physical page. An entry is
 * named by a node: {@code bank << log2(entries) | index}.
 */
final class InstalledPages {
    private static final int HASH_BITS = 14;
    private static final int NONE = -1;

    private final int entriesLog;
    private final long[] linear;
    private final long[] physical;
    private final boolean[] global;
    private final int[] next;
    private final int[] previous;
    private final int[] heads = new int[1 << HASH_BITS];
    private final int[] used;
    private final int[] position;
    private final int[] usedCount;

    InstalledPages(int banks, int entriesLog) {
        int nodes = banks << entriesLog;
        this.entriesLog = entriesLog;
        linear = new long[nodes];
        physical = new long[nodes];
        global = new boolean[nodes];
        next = new int[nodes];
        previous = new int[nodes];
        used = new int[nodes];
        position = new int[nodes];
        usedCount = new int[banks];
        Arrays.fill(heads, NONE);
        Arrays.fill(position, NONE);
    }

    boolean isInstalled(int node) {
        return position[node] >= 0;
    }

    long linear(int node) {
        return linear[node];
    }

    boolean isGlobal(int node) {
        return global[node];
    }

    /** Entries in use in a bank. */
    int count(int bank) {
        return usedCount[bank];
    }

    /** The n-th entry in use of a bank. Removing it moves the last one to its place. */
    int node(int bank, int n) {
        return used[(bank << entriesLog) + n];
    }

    /** Notes an entry that was not in use; addresses are of pages. */
    void add(int node, long linearPage, long physicalPage, boolean isGlobal) {
        int bank = node >>> entriesLog;
        int n = usedCount[bank]++;
        used[(bank << entriesLog) + n] = node;
        position[node] = n;
        linear[node] = linearPage;
        physical[node] = physicalPage;
        global[node] = isGlobal;
        int head = hash(physicalPage);
        previous[node] = NONE;
        next[node] = heads[head];
        if (next[node] >= 0) {
            previous[next[node]] = node;
        }
        heads[head] = node;
    }

    /** Forgets an entry in use. */
    void remove(int node) {
        int bank = node >>> entriesLog;
        int last = used[(bank << entriesLog) + --usedCount[bank]];
        used[(bank << entriesLog) + position[node]] = last;
        position[last] = position[node];
        position[node] = NONE;
        if (previous[node] >= 0) {
            next[previous[node]] = next[node];
        } else {
            heads[hash(physical[node])] = next[node];
        }
        if (next[node] >= 0) {
            previous[next[node]] = previous[node];
        }
    }

    /** The first entry that leads to a physical page; negative if none. */
    int firstTo(long physicalPage) {
        return matching(heads[hash(physicalPage)], physicalPage);
    }

    /** The entry after another that leads to a physical page; negative if none. */
    int nextTo(int node, long physicalPage) {
        return matching(next[node], physicalPage);
    }

    private int matching(int from, long physicalPage) {
        int node = from;
        while (node >= 0 && physical[node] != physicalPage) {
            node = next[node];
        }
        return node;
    }

    private static int hash(long page) {
        return (int) (page * 0x9E37_79B9_7F4A_7C15L >>> 64 - HASH_BITS);
    }
}
