/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.translate.region.Region;

/** The compiled regions: by where they are entered, and by the physical pages they were made of. */
final class RegionCache {
    private final Map<Entry, Long> hosts = new HashMap<>();
    private final Map<Long, List<Placed>> byPage = new HashMap<>();
    private long made;

    /**
     * Where a region is entered. Emitted code has linear addresses and the code mode in it.
     *
     * @param physical physical address
     * @param linearPage linear address of the page
     * @param mode code mode
     */
    record Entry(long physical, long linearPage, CodeMode mode) {
    }

    private record Placed(Region region, long physicalPage, long linearPage, CodeMode mode) {
        Entry entry(int position) {
            return new Entry(physicalPage + position, linearPage, mode);
        }
    }

    /** The host address for an entry; 0 if code there is the interpreter's; null if nothing is known. */
    Long find(Entry entry) {
        return hosts.get(entry);
    }

    /** Adds a region that was compiled for an entry; null if code there is the interpreter's. */
    void add(Entry entry, Region region, long granulesLookedAt) {
        long page = entry.physical() & -PhysicalMemory.PAGE_SIZE;
        Region placed = region != null ? region
            : new Region(Map.of((int) (entry.physical() - page), 0L), granulesLookedAt, 0);
        if (region != null) {
            made++;
        }
        Placed added = new Placed(placed, page, entry.linearPage(), entry.mode());
        placed.entries().forEach((position, host) -> hosts.put(added.entry(position), host));
        byPage.computeIfAbsent(page, p -> new ArrayList<>(2)).add(added);
    }

    /** Forgets the regions made of granules of a page; false if there were none. */
    boolean invalidate(long page, long granules) {
        List<Placed> regions = byPage.get(page);
        boolean any = false;
        if (regions != null) {
            for (Iterator<Placed> iterator = regions.iterator(); iterator.hasNext();) {
                Placed placed = iterator.next();
                if ((placed.region().granules() & granules) != 0) {
                    placed.region().entries().forEach((position, host) -> hosts.remove(placed.entry(position), host));
                    iterator.remove();
                    any = true;
                }
            }
        }
        return any;
    }

    void clear() {
        hosts.clear();
        byPage.clear();
    }

    /** Regions ever made. */
    long made() {
        return made;
    }
}
