/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;

/** Loads of ES, SS, DS, FS and GS (SDM vol. 2, "MOV", "POP", "LDS/LES/LFS/LGS/LSS"). */
public final class SegmentRegisters {
    private final GuestState state;
    private final DescriptorTables tables;
    private final StackSegments stacks;
    private final SegmentCache segment = new SegmentCache();

    /** The segment registers of a processor. */
    public SegmentRegisters(Core core) {
        this.state = core.state();
        this.tables = new DescriptorTables(core);
        this.stacks = new StackSegments(tables);
    }

    /** Helper LOAD_SEGMENT: a load of SS blocks events for one instruction. */
    public long loadAndBlock(int register, int selector) {
        load(register, selector);
        if (register == GuestState.SS) {
            state.blockForOneInstruction(GuestState.BLOCKING_BY_MOV_SS);
        }
        return 0;
    }

    /** Helper LOAD_SEGMENT_OF_POINTER. */
    public long load(int register, int selector) {
        if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented("loading a segment register in virtual-8086 mode");
        }
        if (!ModeUpkeep.isProtected(state)) {
            loadReal(register, selector);
        } else if (register == GuestState.SS) {
            loadStack(selector);
        } else {
            loadData(register, selector);
        }
        if (register == GuestState.SS) {
            ModeUpkeep.refresh(state);
        }
        return 0;
    }

    /** Helper READ_SELECTOR. */
    public long selector(int register) {
        return state.selector(register);
    }

    /** SDM vol. 3, "Real-Address Mode Operation": limit and rights of the hidden part stay. */
    private void loadReal(int register, int selector) {
        state.setSegment(register, selector, (long) selector << 4, state.segmentLimit(register),
            state.segmentRights(register));
    }

    private void loadStack(int selector) {
        int level = state.cpl();
        if (Selector.isNull(selector) && ModeUpkeep.is64Bit(state) && level != 3 && Selector.rpl(selector) == level) {
            segment.setNullStack(selector, level);
        } else {
            stacks.read(segment, selector, level, ExceptionVector.GP, 0);
            tables.markAccessed(segment);
        }
        segment.store(state, GuestState.SS);
    }

    private void loadData(int register, int selector) {
        if (Selector.isNull(selector)) {
            segment.set(selector, 0, 0, Rights.UNUSABLE);
        } else {
            segment.load(selector, tables.read(selector, ExceptionVector.GP, 0));
            checkData(selector, segment.rights());
            tables.markAccessed(segment);
        }
        segment.store(state, register);
    }

    private void checkData(int selector, int rights) {
        int dpl = Rights.dpl(rights);
        boolean privileged = Rights.isConforming(rights) || Selector.rpl(selector) <= dpl && state.cpl() <= dpl;
        if (!Rights.isReadable(rights) || !privileged) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        if (!Rights.isPresent(rights)) {
            throw Faults.ofSelector(ExceptionVector.NP, selector, 0);
        }
    }

    /**
     * Makes DS, ES, FS and GS null where they hold segments that the new privilege level may not use: on a return to an
     * outer level (SDM vol. 2, "IRET", RETURN-TO-OUTER-PRIVILEGE-LEVEL). The bases stay, which 64-bit mode goes on
     * using for FS and GS.
     */
    public void dropInaccessible(int newLevel) {
        for (int register = 0; register <= GuestState.GS; register++) {
            int rights = state.segmentRights(register);
            if (register != GuestState.CS && register != GuestState.SS && !Rights.isUnusable(rights)
                && !Rights.isConforming(rights) && Rights.dpl(rights) < newLevel) {
                state.setSegment(register, 0, state.segmentBase(register), state.segmentLimit(register),
                    Rights.UNUSABLE);
            }
        }
    }
}
