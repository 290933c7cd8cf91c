/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

import org.exitpoint.machine.Device;

/**
 * A device's place in an address space.
 *
 * @param start the first address
 * @param size number of addresses
 * @param widestAccess the widest access in bytes that the device takes
 * @param device who answers
 */
record Mapping(long start, long size, int widestAccess, Device device) {
    Mapping(long start, long size, Device device) {
        this(start, size, device.widestAccess(), device);
    }

    /** Whether an access that starts in the mapping is for the device as a whole. */
    boolean takes(long address, int bytes) {
        return bytes <= widestAccess && address - start + bytes <= size;
    }

    boolean overlaps(long otherStart, long otherSize) {
        return otherStart - start < size && start - otherStart < otherSize;
    }
}
