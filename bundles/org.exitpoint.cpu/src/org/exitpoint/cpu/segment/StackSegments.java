/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Faults;

/** The checks of a selector for SS, which MOV, far returns and switches to an inner stack share. */
public final class StackSegments {
    private final DescriptorTables tables;

    /** Checks against a processor's tables. */
    public StackSegments(DescriptorTables tables) {
        this.tables = tables;
    }

    /**
     * Reads a descriptor for SS and checks it; commits nothing.
     *
     * @param into gets the segment
     * @param level the privilege level that the stack is for
     * @param violation #GP for instructions that load SS, #TS for a stack from a task-state segment
     * @param external EXT bit of error codes
     */
    public void read(SegmentCache into, int selector, int level, ExceptionVector violation, int external) {
        if (Selector.isNull(selector)) {
            throw Faults.ofSelector(violation, 0, external);
        }
        long descriptor = tables.read(selector, violation, external);
        into.load(selector, descriptor);
        int rights = into.rights();
        if (Selector.rpl(selector) != level || !Rights.isWritableData(rights) || Rights.dpl(rights) != level) {
            throw Faults.ofSelector(violation, selector, external);
        }
        if (!Rights.isPresent(rights)) {
            throw Faults.ofSelector(ExceptionVector.SS, selector, external);
        }
    }

}
