/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.exitpoint.machine.PhysicalMemory;

/** Decoded blocks by physical address and decoding mode: a direct-mapped cache, and lists by page for invalidation. */
final class BlockCache {
    private static final int SIZE = 1 << 15;

    private final Block[] slots = new Block[SIZE];
    private final Map<Long, List<Block>> byPage = new HashMap<>();

    Block find(long key) {
        Block block = slots[slot(key)];
        return block != null && block.key == key && block.valid ? block : null;
    }

    void add(Block block) {
        int slot = slot(block.key);
        Block evicted = slots[slot];
        if (evicted != null && evicted.valid) {
            byPage.get(page(evicted.physical)).remove(evicted);
        }
        slots[slot] = block;
        byPage.computeIfAbsent(page(block.physical), p -> new ArrayList<>()).add(block);
    }

    void invalidate(long address, int bytes) {
        List<Block> blocks = byPage.get(page(address));
        if (blocks != null) {
            blocks.removeIf(block -> {
                boolean hit = block.overlaps(address, bytes);
                block.valid &= !hit;
                return hit;
            });
        }
    }

    void clear() {
        for (Block block : slots) {
            if (block != null) {
                block.valid = false;
            }
        }
        Arrays.fill(slots, null);
        byPage.clear();
    }

    private static long page(long address) {
        return address >>> PhysicalMemory.PAGE_SHIFT;
    }

    private static int slot(long key) {
        return (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 49) & SIZE - 1;
    }
}
