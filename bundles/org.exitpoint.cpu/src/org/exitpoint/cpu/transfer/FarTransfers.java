/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.StackFrame;
import org.exitpoint.cpu.segment.CodeSegments;
import org.exitpoint.cpu.segment.DescriptorTables;
import org.exitpoint.cpu.segment.Rights;
import org.exitpoint.cpu.segment.SegmentCache;
import org.exitpoint.cpu.segment.Selector;
import org.exitpoint.cpu.segment.StackSegments;
import org.exitpoint.cpu.segment.TaskState;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** Far JMP and far CALL (SDM vol. 2, "JMP", "CALL"). */
public final class FarTransfers {
    private static final int RSP = GeneralRegister.RSP.number();
    private final GuestState state;
    private final DescriptorTables tables;
    private final CodeSegments codes;
    private final TaskState task;
    private final CallGate gate;
    private final Stack stack;
    private final StackFrame frame;
    private final SegmentCache target = new SegmentCache();

    /** The far transfers of a processor. */
    public FarTransfers(Core core) {
        state = core.state();
        tables = new DescriptorTables(core);
        codes = new CodeSegments(core, tables);
        task = new TaskState(core, new StackSegments(tables));
        gate = new CallGate(core, tables, codes);
        stack = new Stack(state, core.memory());
        frame = new StackFrame(state, core.memory());
    }

    /** Helper JMP_FAR. */
    public long jump(Instruction instruction, int selector, long operand) {
        long offset = operand & operandWidth(instruction).mask();
        if (isReal("far JMP")) {
            checkReal(offset);
            commitReal(selector, offset);
            return 0;
        }
        readTarget(selector);
        if (Rights.isSystem(target.rights())) {
            gate.enter(target);
            offset = gate.offset();
            if (!Rights.isConforming(target.rights()) && Rights.dpl(target.rights()) != state.cpl()) {
                throw Faults.ofSelector(ExceptionVector.GP, target.selector(), 0);
            }
            codes.checkPresent(target, 0);
        } else {
            codes.checkCode(target, 0);
            codes.checkDirect(target);
        }
        codes.checkOffset(target, offset, 0);
        tables.markAccessed(target);
        commit(state.cpl(), offset);
        return 0;
    }

    /** Helper CALL_FAR. */
    public long call(Instruction instruction, int selector, long operand) {
        Width width = operandWidth(instruction);
        long offset = operand & width.mask();
        if (isReal("far CALL")) {
            pushReturnAddress(instruction, width.bytes());
            frame.check();
            checkReal(offset);
            frame.write();
            stack.setPointer(frame.pointer());
            commitReal(selector, offset);
            return 0;
        }
        readTarget(selector);
        if (!Rights.isSystem(target.rights())) {
            codes.checkCode(target, 0);
            codes.checkDirect(target);
            callSameLevel(instruction, width.bytes(), offset);
            return 0;
        }
        gate.enter(target);
        codes.checkPresent(target, 0);
        int level = Rights.dpl(target.rights());
        if (Rights.isConforming(target.rights()) || level == state.cpl()) {
            callSameLevel(instruction, gate.entryBytes(), gate.offset());
        } else if (ModeUpkeep.isLongModeActive(state)) {
            callInnerLevelLong(instruction, level);
        } else {
            callInnerLevel(instruction, level);
        }
        return 0;
    }

    private static Width operandWidth(Instruction instruction) {
        return instruction.shape().key().operandWidth();
    }

    private boolean isReal(String what) {
        if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented(what + " in virtual-8086 mode");
        }
        return !ModeUpkeep.isProtected(state);
    }

    private void readTarget(int selector) {
        if (Selector.isNull(selector)) {
            throw Faults.generalProtection();
        }
        target.load(selector, tables.read(selector, ExceptionVector.GP, 0));
    }

    private void callSameLevel(Instruction instruction, int entryBytes, long offset) {
        pushReturnAddress(instruction, entryBytes);
        frame.check();
        codes.checkOffset(target, offset, 0);
        tables.markAccessed(target);
        frame.write();
        stack.setPointer(frame.pointer());
        commit(state.cpl(), offset);
    }

    private void pushReturnAddress(Instruction instruction, int entryBytes) {
        frame.onCurrentStack(entryBytes, 0);
        frame.push(state.selector(GuestState.CS));
        frame.push(next(instruction));
    }

    private void callInnerLevel(Instruction instruction, int level) {
        int entryBytes = gate.entryBytes();
        task.openInnerStack(frame, level, entryBytes, 0);
        frame.push(state.selector(GuestState.SS));
        frame.push(stack.pointer());
        for (int i = gate.parameters() - 1; i >= 0; i--) {
            frame.push(stack.peek((long) i * entryBytes, entryBytes));
        }
        frame.push(state.selector(GuestState.CS));
        frame.push(next(instruction));
        frame.check();
        codes.checkOffset(target, gate.offset(), 0);
        tables.markAccessed(target);
        tables.markAccessed(task.stack());
        frame.write();
        task.stack().store(state, GuestState.SS);
        commitInner(level);
    }

    private void callInnerLevelLong(Instruction instruction, int level) {
        frame.onFlatStack(task.stackPointer(level, 0), level, 0);
        frame.push(state.selector(GuestState.SS));
        frame.push(state.register(RSP));
        frame.push(state.selector(GuestState.CS));
        frame.push(next(instruction));
        codes.checkOffset(target, gate.offset(), 0);
        frame.check();
        tables.markAccessed(target);
        frame.write();
        state.setSegment(GuestState.SS, level, 0, 0, Rights.nullStack(level));
        commitInner(level);
    }

    private void commitInner(int level) {
        commit(level, gate.offset());
        stack.setPointer(frame.pointer());
    }

    private long next(Instruction instruction) {
        return state.rip() + instruction.length() & instruction.shape().key().mode().instructionPointerMask();
    }

    private void commit(int level, long offset) {
        codes.commit(target, level);
        state.setRip(offset);
        ModeUpkeep.refresh(state);
    }

    private void checkReal(long offset) {
        if (offset > state.segmentLimit(GuestState.CS)) {
            throw Faults.generalProtection();
        }
    }

    private void commitReal(int selector, long offset) {
        state.setSegment(GuestState.CS, selector, (long) selector << 4, state.segmentLimit(GuestState.CS),
            state.segmentRights(GuestState.CS));
        state.setRip(offset);
        ModeUpkeep.refresh(state);
    }
}
