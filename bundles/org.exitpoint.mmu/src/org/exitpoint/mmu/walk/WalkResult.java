/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.mmu.format.PagingFormat;

/** What a {@link PageWalk} found, reused from walk to walk. */
public final class WalkResult {
    /** How a walk ended. */
    public enum Outcome {
        /** At a page that allows the access. */
        TRANSLATED,
        /** At an entry that is not present. */
        NOT_PRESENT,
        /** At an entry with a reserved bit set, or misconfigured. */
        RESERVED,
        /** At a page that does not allow the access. */
        DENIED,
        /** At a table whose own address did not translate; whoever translates it knows why. */
        TABLE_FAULT
    }

    Outcome outcome;
    long address;
    int pageShift;
    int level;
    int permissions;
    boolean global;
    final long[] entryAddress = new long[PagingFormat.MAX_LEVELS + 1];
    final long[] entryHost = new long[PagingFormat.MAX_LEVELS + 1];
    final long[] entry = new long[PagingFormat.MAX_LEVELS + 1];

    /** How the walk ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** The address translated to, in the space tables stand in; meaningful when TRANSLATED or DENIED. */
    public long address() {
        return address;
    }

    /** log2 of the size of the page; meaningful when TRANSLATED or DENIED. */
    public int pageShift() {
        return pageShift;
    }

    /** Level of the last entry seen. */
    public int level() {
        return level;
    }

    /** Permissions of all entries seen, combined: bits of {@link org.exitpoint.mmu.format.Permission}. */
    public int permissions() {
        return permissions;
    }

    /** Whether the page's entry is marked global. */
    public boolean isGlobal() {
        return global;
    }

    /** Value of the entry seen at a level, from the format's levels down to {@link #level()}. */
    public long entry(int atLevel) {
        return entry[atLevel];
    }

    /** Address of the entry seen at a level, in the space the tables stand in. */
    public long entryAddress(int atLevel) {
        return entryAddress[atLevel];
    }

    Outcome end(Outcome how) {
        outcome = how;
        return how;
    }
}
