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
    /** A target that no branch can have, because it is not canonical. */
    private static final long NO_TARGET = 1L << 62;

    private final HostReservation storage = HostReservation.zeroed(
        (long) JumpCacheLayout.ENTRIES << JumpCacheLayout.ENTRY_SHIFT);
    private int[] used = new int[64];
    private int count;

    JumpCache() {
        for (int i = 0; i < JumpCacheLayout.ENTRIES; i++) {
            HostMemory.putLong(storage.address() + JumpCacheLayout.offsetOf(i) + JumpCacheLayout.TARGET, NO_TARGET);
        }
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
        long entry = storage.address() + JumpCacheLayout.offsetOf(target);
        if (HostMemory.getLong(entry + JumpCacheLayout.TARGET) == NO_TARGET) {
            if (count == used.length) {
                used = Arrays.copyOf(used, 2 * count);
            }
            used[count++] = JumpCacheLayout.offsetOf(target);
        }
        HostMemory.putLong(entry + JumpCacheLayout.TARGET, target);
        HostMemory.putLong(entry + JumpCacheLayout.HOST, host);
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            HostMemory.putLong(storage.address() + used[i] + JumpCacheLayout.TARGET, NO_TARGET);
        }
        count = 0;
    }

    @Override
    public void close() {
        storage.close();
    }
}
