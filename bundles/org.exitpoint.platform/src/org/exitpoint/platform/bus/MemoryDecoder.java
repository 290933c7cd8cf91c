/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

import java.util.Arrays;
import java.util.Comparator;
import org.exitpoint.machine.Device;

/**
 * Memory-mapped registers. A board has about ten of them, of any size and anywhere in 52 bits, so a sorted table is
 * smaller and no slower than one indexed by page.
 */
final class MemoryDecoder implements Decoder {
    private Mapping[] sorted = {};

    void map(long address, long bytes, Device device) {
        if (address < 0 || bytes <= 0 || address > Long.MAX_VALUE - bytes) {
            throw new IllegalArgumentException(
                    "%s: no 0x%x bytes at address 0x%x".formatted(device.name(), bytes, address));
        }
        for (Mapping mapping : sorted) {
            if (mapping.overlaps(address, bytes)) {
                throw new IllegalArgumentException("%s: 0x%x bytes at address 0x%x overlap %s"
                        .formatted(device.name(), bytes, address, mapping.device().name()));
            }
        }
        sorted = Arrays.copyOf(sorted, sorted.length + 1);
        sorted[sorted.length - 1] = new Mapping(address, bytes, device);
        Arrays.sort(sorted, Comparator.comparingLong(Mapping::start));
    }

    @Override
    public Mapping at(long address) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            Mapping mapping = sorted[middle];
            if (address < mapping.start()) {
                high = middle - 1;
            } else if (address - mapping.start() >= mapping.size()) {
                low = middle + 1;
            } else {
                return mapping;
            }
        }
        return null;
    }
}
