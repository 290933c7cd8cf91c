/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.Arrays;

import org.exitpoint.machine.HostMemory;
import org.exitpoint.mmu.memory.HostReservation;
import org.exitpoint.translate.lower.JumpCacheLayout;

/**
 * Branch targets and the host addresses of their code, for one way to translate and decode addresses. Emitted code
 * reads it; it is emptied when a target could be somewhere else.
 */
final class JumpCache implements AutoCloseable {
    private final HostReservation storage = HostReservation.zeroed(
        (long) JumpCacheLayout.ENTRIES << JumpCacheLayout.ENTRY_SHIFT);
    private int[] used = new int[64];
    private int count;

    JumpCache() {
        HostMemory.putLong(storage.address() + JumpCacheLayout.TARGET, noTarget(0));
    }

    /** What an empty entry has for a target: one whose entry is another,
            so that zeros are empty in all but the first. */
    private static long noTarget(int offset) {
        return offset == 0 ? 1 : 0;
    }

    long address() {
        return storage.address();
    }

    /** The host address of a target's code, or 0. */
    long find(long target) {
        long entry = storage.address() + JumpCacheLayout.offsetOf(target);
        return HostMemory.getLong(entry + JumpCacheLayout.TARGET) == target
            ? HostMemory.getLong(entry + JumpCacheLayout.HOST) : 0;
    }

    void put(long target, long host) {
        int offset = JumpCacheLayout.offsetOf(target);
        long entry = storage.address() + offset;
        if (HostMemory.getLong(entry + JumpCacheLayout.TARGET) == noTarget(offset)) {
            if (count == used.length) {
                used = Arrays.copyOf(used, 2 * count);
            }
            used[count++] = offset;
        }
        HostMemory.putLong(entry + JumpCacheLayout.TARGET, target);
        HostMemory.putLong(entry + JumpCacheLayout.HOST, host);
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            HostMemory.putLong(storage.address() + used[i] + JumpCacheLayout.TARGET, noTarget(used[i]));
        }
        count = 0;
    }

    @Override
    public void close() {
        storage.close();
    }
}
