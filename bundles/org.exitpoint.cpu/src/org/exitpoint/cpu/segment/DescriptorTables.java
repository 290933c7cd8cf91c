/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;

/** The GDT and LDT of a processor: finds and updates descriptors, by implicit supervisor-mode accesses. */
public final class DescriptorTables {
    private static final int DESCRIPTOR_BYTES = 8;
    private static final int RIGHTS_BYTE = 5;
    private static final int ACCESSED = 1;
    private static final int BUSY = 1 << 1;

    private final GuestState state;
    private final LinearMemory memory;

    /** The tables of a processor. */
    public DescriptorTables(Core core) {
        state = core.state();
        memory = core.memory();
    }

    /** Whether a descriptor of 8 or 16 bytes lies within the limit of the selector's table. */
    public boolean contains(int selector, int bytes) {
        int last = Selector.offset(selector) + bytes - 1;
        if (Selector.isLocal(selector)) {
            return !Rights.isUnusable(state.segmentRights(GuestState.LDTR))
                && last <= state.segmentLimit(GuestState.LDTR);
        }
        return last <= state.get16(GuestState.GDTR + 8);
    }

    /** The first 8 bytes of a descriptor, which its table {@link #contains}. */
    public long read(int selector) {
        return memory.loadSystem(address(selector), DESCRIPTOR_BYTES);
    }

    /** The second 8 bytes of a 16-byte descriptor. */
    public long readUpper(int selector) {
        return memory.loadSystem(address(selector) + DESCRIPTOR_BYTES, DESCRIPTOR_BYTES);
    }

    /** The first 8 bytes of a descriptor; raises {@code vector} with the selector if its table does not contain it. */
    public long read(int selector, ExceptionVector vector, int external) {
        if (!contains(selector, DESCRIPTOR_BYTES)) {
            throw Faults.ofSelector(vector, selector, external);
        }
        return read(selector);
    }

    /** Sets the accessed flag of a code or data segment in its table, and in the cache, if it is clear. */
    public void markAccessed(SegmentCache segment) {
        if (Rights.isUnusable(segment.rights()) || Rights.isAccessed(segment.rights())) {
            return;
        }
        segment.setRights(segment.rights() | ACCESSED);
        setRightsBits(segment.selector(), ACCESSED);
    }

    /** Sets the busy flag of a TSS in its table and in the cache. */
    public void markBusy(SegmentCache segment) {
        segment.setRights(segment.rights() | BUSY);
        setRightsBits(segment.selector(), BUSY);
    }

    /**
     * Whether the upper half of a 16-byte descriptor is well formed: its type field 0.
     *
     * @param upper the second 8 bytes
     */
    public static boolean isUpperHalf(long upper) {
        return (upper >>> 40 & 0x1F) == 0;
    }

    private void setRightsBits(int selector, int bits) {
        long at = address(selector) + RIGHTS_BYTE;
        memory.storeSystem(at, 1, memory.loadSystem(at, 1) | bits);
    }

    private long address(int selector) {
        long base = Selector.isLocal(selector) ? state.segmentBase(GuestState.LDTR) : state.get(GuestState.GDTR);
        return base + Selector.offset(selector);
    }
}
