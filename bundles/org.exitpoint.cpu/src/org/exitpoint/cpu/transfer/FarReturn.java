/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.segment.CodeSegments;
import org.exitpoint.cpu.segment.DescriptorTables;
import org.exitpoint.cpu.segment.SegmentCache;
import org.exitpoint.cpu.segment.SegmentRegisters;
import org.exitpoint.cpu.segment.Selector;
import org.exitpoint.cpu.segment.StackSegments;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.shape.Instruction;

/** Far RET (SDM vol. 2, "RET"), and what IRET has in common with it. */
public final class FarReturn {
    private final GuestState state;
    private final DescriptorTables tables;
    private final CodeSegments codes;
    private final StackSegments stacks;
    private final SegmentRegisters registers;
    private final Stack stack;
    private final SegmentCache code = new SegmentCache();
    private final SegmentCache newStack = new SegmentCache();

    /** The far returns of a processor. */
    public FarReturn(Core core) {
        state = core.state();
        tables = new DescriptorTables(core);
        codes = new CodeSegments(core, tables);
        stacks = new StackSegments(tables);
        registers = new SegmentRegisters(core);
        stack = new Stack(state, core.memory());
    }

    /** Helper RET_FAR. */
    public long execute(Instruction instruction, long released) {
        int bytes = instruction.shape().key().operandWidth().bytes();
        if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented("far RET in virtual-8086 mode");
        }
        long offset = stack.peek(0, bytes);
        int selector = (int) stack.peek(bytes, bytes) & 0xFFFF;
        long used = 2L * bytes + released;
        if (!ModeUpkeep.isProtected(state)) {
            returnReal(selector, offset, used);
            return 0;
        }
        readCode(selector);
        int level = Selector.rpl(selector);
        if (level == state.cpl()) {
            codes.checkOffset(code, offset, 0);
            tables.markAccessed(code);
            long pointer = stack.pointer() + used;
            commitCode(level, offset);
            stack.setPointer(pointer);
            return 0;
        }
        long pointer = stack.peek(used, bytes);
        readStack((int) stack.peek(used + bytes, bytes) & 0xFFFF, level);
        codes.checkOffset(code, offset, 0);
        commitOuter(level, offset, pointer + released);
        return 0;
    }

    /** Reads and checks the code segment to return to. */
    void readCode(int selector) {
        codes.read(code, selector, 0);
        codes.checkReturn(code);
    }

    /** Reads and checks the stack segment to return to; null only for 64-bit code below privilege level 3. */
    void readStack(int selector, int level) {
        if (!Selector.isNull(selector)) {
            stacks.read(newStack, selector, level, ExceptionVector.GP, 0);
        } else if (codes.is64Bit(code) && level != 3 && Selector.rpl(selector) == level) {
            newStack.setNullStack(selector, level);
        } else {
            throw Faults.generalProtection();
        }
    }

    /** Raises #GP(0) unless the offset can be returned to. */
    void checkOffset(long offset) {
        codes.checkOffset(code, offset, 0);
    }

    /** Commits a return that leaves the stack segment as it is; the caller sets the stack pointer. */
    void commitSameStack(int level, long offset) {
        tables.markAccessed(code);
        commitCode(level, offset);
    }

    /** Commits a return with a new stack, to the same or an outer level. */
    void commitOuter(int level, long offset, long pointer) {
        boolean outer = level > state.cpl();
        tables.markAccessed(code);
        tables.markAccessed(newStack);
        newStack.store(state, GuestState.SS);
        commitCode(level, offset);
        stack.setPointer(pointer);
        if (outer) {
            registers.dropInaccessible(level);
        }
    }

    /** Real-address mode: CS is the selector times 16. */
    void returnReal(int selector, long offset, long used) {
        if (offset > state.segmentLimit(GuestState.CS)) {
            throw Faults.generalProtection();
        }
        state.setSegment(GuestState.CS, selector, (long) selector << 4, state.segmentLimit(GuestState.CS),
            state.segmentRights(GuestState.CS));
        stack.setPointer(stack.pointer() + used);
        state.setRip(offset);
        ModeUpkeep.refresh(state);
    }

    private void commitCode(int level, long offset) {
        codes.commit(code, level);
        state.setRip(offset);
        ModeUpkeep.refresh(state);
    }
}
