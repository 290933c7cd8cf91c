/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.memory.AddressRange;
import org.exitpoint.platform.memory.RamLayout;

/** Keeps track of what of the RAM is taken, and finds room for what the loader may place freely. */
final class Placement {
    /** Multiboot gives addresses in 32 bits. */
    private static final long ADDRESSABLE = 1L << 32;

    private final RamLayout ram;
    private final List<AddressRange> taken = new ArrayList<>();

    Placement(RamLayout ram) {
        this.ram = ram;
    }

    /** What was taken so far that overlaps the range. */
    Optional<AddressRange> overlapping(AddressRange range) {
        return taken.stream().filter(range::overlaps).findFirst();
    }

    void take(AddressRange range) {
        taken.add(range);
    }

    /** Takes the lowest free page-aligned room below 4 GB at or after an address; empty if there is none. */
    Optional<AddressRange> takeRoom(long from, long bytes) {
        for (AddressRange range : ram.ranges()) {
            long start = pageAligned(Math.max(from, range.start()));
            while (start <= Math.min(range.end(), ADDRESSABLE) - bytes) {
                AddressRange room = new AddressRange(start, start + bytes);
                Optional<AddressRange> obstacle = overlapping(room);
                if (obstacle.isEmpty()) {
                    take(room);
                    return Optional.of(room);
                }
                start = pageAligned(obstacle.get().end());
            }
        }
        return Optional.empty();
    }

    private static long pageAligned(long address) {
        return address + PhysicalMemory.PAGE_SIZE - 1 & -PhysicalMemory.PAGE_SIZE;
    }
}
