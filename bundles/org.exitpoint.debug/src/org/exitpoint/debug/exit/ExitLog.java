/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.exit;

import java.util.ArrayList;
import java.util.List;
import org.exitpoint.debug.api.inspect.ExitRecord;

/** The last exits, in a ring. Any thread. */
public final class ExitLog {
    private final ExitRecord[] ring;
    private long next;

    /** An empty log that keeps a number of exits. */
    public ExitLog(int capacity) {
        ring = new ExitRecord[capacity];
    }

    /** The number that the next exit gets. */
    public synchronized long next() {
        return next;
    }

    /** Adds an exit, whose index is {@link #next()}. */
    public synchronized void add(ExitRecord exit) {
        ring[(int) (next++ % ring.length)] = exit;
    }

    /** Exits in order, from one on or the first one kept after it. */
    public synchronized List<ExitRecord> read(long from, int count) {
        List<ExitRecord> exits = new ArrayList<>();
        long first = Math.max(Math.max(from, 0), next - ring.length);
        for (long index = first; index < next && exits.size() < count; index++) {
            exits.add(ring[(int) (index % ring.length)]);
        }
        return exits;
    }
}
