/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.exitpoint.machine.PhysicalMemory;

/**
 * The RAM of a PC: 640 KB from address 0, then from 1 MB up to 3 GB, and what is left from 4 GB on. Between lie
 * adapter memory and firmware (640 KB to 1 MB) and memory-mapped registers (3 GB to 4 GB).
 *
 * @param ranges the ranges with RAM, ascending, page-aligned
 */
public record RamLayout(List<AddressRange> ranges) {
    /** End of conventional memory. */
    public static final long CONVENTIONAL_END = 640 << 10;
    /** Start of extended memory. */
    public static final long EXTENDED_START = 1 << 20;
    /** Where RAM makes room for memory-mapped registers. */
    public static final long HOLE_START = 3L << 30;
    /** Where RAM goes on after them. */
    public static final long HOLE_END = 4L << 30;
    /** The least memory of a PC, in bytes. */
    public static final long LEAST = 2 << 20;
    /** The most memory that may be asked for, in bytes: 1 TB. */
    public static final long MOST = 1L << 40;

    /** Copies the list. */
    public RamLayout {
        ranges = List.copyOf(ranges);
    }

    /**
     * The layout of a PC with so many bytes of memory; the part that adapter memory hides is lost, as in a PC.
     *
     * @param bytes a multiple of the page size from {@link #LEAST} to {@link #MOST}
     */
    public static RamLayout pc(long bytes) {
        if (bytes < LEAST || bytes > MOST || bytes % PhysicalMemory.PAGE_SIZE != 0) {
            throw new IllegalArgumentException("memory of %d bytes: it must be 2 MB to 1 TB in pages of 4 KB"
                    .formatted(bytes));
        }
        List<AddressRange> ranges = new ArrayList<>();
        ranges.add(new AddressRange(0, CONVENTIONAL_END));
        ranges.add(new AddressRange(EXTENDED_START, Math.min(bytes, HOLE_START)));
        if (bytes > HOLE_START) {
            ranges.add(new AddressRange(HOLE_END, HOLE_END + bytes - HOLE_START));
        }
        return new RamLayout(ranges);
    }

    /** The address after the last byte of RAM: what the memory has to span. */
    public long end() {
        return ranges.getLast().end();
    }

    /** Whether one range of RAM holds all of the addresses. */
    public boolean contains(AddressRange addresses) {
        return ranges.stream().anyMatch(range -> range.contains(addresses));
    }

    /** Makes the ranges RAM. */
    public void addTo(PhysicalMemory memory) {
        ranges.forEach(range -> memory.addRam(range.start(), range.size()));
    }

    /** The ranges, as a reader of a message wants them. */
    @Override
    public String toString() {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
    }
}
