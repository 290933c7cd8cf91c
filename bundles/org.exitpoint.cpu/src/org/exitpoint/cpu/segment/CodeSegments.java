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
import org.exitpoint.cpu.state.ModeUpkeep;

/** The checks of a selector for CS and of an offset in it, which far transfers and event delivery share. */
public final class CodeSegments {
    private final GuestState state;
    private final LinearMemory memory;
    private final DescriptorTables tables;

    /** Checks of a processor against its tables. */
    public CodeSegments(Core core, DescriptorTables tables) {
        this.state = core.state();
        this.memory = core.memory();
        this.tables = tables;
    }

    /**
     * Reads the descriptor that a selector for CS refers to; raises #GP if it is null, beyond its table, or no code.
     */
    public void read(SegmentCache into, int selector, int external) {
        if (Selector.isNull(selector)) {
            throw Faults.generalProtection(external);
        }
        into.load(selector, tables.read(selector, ExceptionVector.GP, external));
        checkCode(into, external);
    }

    /** Raises #GP unless a segment that was read is code that the current mode can execute. */
    public void checkCode(SegmentCache segment, int external) {
        int rights = segment.rights();
        boolean ambiguous = ModeUpkeep.isLongModeActive(state) && Rights.isLong(rights) && Rights.isBig(rights);
        if (!Rights.isCode(rights) || ambiguous) {
            throw Faults.ofSelector(ExceptionVector.GP, segment.selector(), external);
        }
    }

    /** Raises #NP unless the segment is present. */
    public void checkPresent(SegmentCache segment, int external) {
        if (!Rights.isPresent(segment.rights())) {
            throw Faults.ofSelector(ExceptionVector.NP, segment.selector(), external);
        }
    }

    /** The checks of a selector that a far JMP or CALL names itself. */
    public void checkDirect(SegmentCache segment) {
        int level = state.cpl();
        int dpl = Rights.dpl(segment.rights());
        boolean allowed = Rights.isConforming(segment.rights()) ? dpl <= level
            : dpl == level && Selector.rpl(segment.selector()) <= level;
        if (!allowed) {
            throw Faults.ofSelector(ExceptionVector.GP, segment.selector(), 0);
        }
        checkPresent(segment, 0);
    }

    /** The checks of a selector that a far return or IRET pops. */
    public void checkReturn(SegmentCache segment) {
        int level = Selector.rpl(segment.selector());
        int dpl = Rights.dpl(segment.rights());
        boolean allowed = level >= state.cpl() && (Rights.isConforming(segment.rights()) ? dpl <= level : dpl == level);
        if (!allowed) {
            throw Faults.ofSelector(ExceptionVector.GP, segment.selector(), 0);
        }
        checkPresent(segment, 0);
    }

    /** Whether code of the segment runs in 64-bit mode. */
    public boolean is64Bit(SegmentCache segment) {
        return ModeUpkeep.isLongModeActive(state) && Rights.isLong(segment.rights());
    }

    /** Raises #GP with the EXT bit unless an offset is within the segment's limit, or canonical in 64-bit mode. */
    public void checkOffset(SegmentCache segment, long offset, int external) {
        boolean inside = is64Bit(segment) ? memory.isCanonical(offset) : offset <= segment.limit();
        if (!inside) {
            throw Faults.generalProtection(external);
        }
    }

    /** Commits a segment to CS with the RPL that is the new privilege level. */
    public void commit(SegmentCache segment, int level) {
        segment.setRpl(level);
        segment.store(state, GuestState.CS);
    }
}
