/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.memory;

/**
 * Physical addresses {@code [start, end)}.
 *
 * @param start the first address, not negative
 * @param end the address after the last, not before the first
 */
public record AddressRange(long start, long end) {
    /** Checks the order of the bounds. */
    public AddressRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("no addresses 0x%x up to 0x%x".formatted(start, end));
        }
    }

    /** Bytes in the range. */
    public long size() {
        return end - start;
    }

    /** Whether all of another range is in this one. */
    public boolean contains(AddressRange other) {
        return other.start >= start && other.end <= end;
    }

    /** Whether the ranges share an address. */
    public boolean overlaps(AddressRange other) {
        return start < other.end && other.start < end;
    }

    /** First and last address in hexadecimal. */
    @Override
    public String toString() {
        return size() == 0 ? "0x%x (empty)".formatted(start) : "0x%x-0x%x".formatted(start, end - 1);
    }
}
