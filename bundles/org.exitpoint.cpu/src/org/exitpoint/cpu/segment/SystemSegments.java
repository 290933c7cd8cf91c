/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** LGDT, LIDT, SGDT, SIDT, LLDT and LTR. */
public final class SystemSegments {
    private static final long BASE_OF_16_BIT_FORM = 0xFF_FFFFL;
    private static final int LIMIT_BYTES = 2;

    private final GuestState state;
    private final LinearMemory memory;
    private final DescriptorTables tables;
    private final SegmentCache segment = new SegmentCache();

    /** The descriptor-table registers of a processor. */
    public SystemSegments(Core core) {
        this.state = core.state();
        this.memory = core.memory();
        this.tables = new DescriptorTables(core);
    }

    /** Helpers LGDT and LIDT: loads the table register at an offset of the state. */
    public long loadTable(int register, Instruction instruction, long offset) {
        boolean is64Bit = ModeUpkeep.is64Bit(state);
        int operandSegment = instruction.segment();
        int baseBytes = is64Bit ? 8 : 4;
        memory.probeRead(operandSegment, offset, LIMIT_BYTES + baseBytes);
        long limit = memory.load(operandSegment, offset, LIMIT_BYTES);
        long base = memory.load(operandSegment, offset + LIMIT_BYTES, baseBytes);
        if (is64Bit && !memory.isCanonical(base)) {
            throw Faults.generalProtection();
        }
        if (!is64Bit && instruction.shape().key().operandWidth() == Width.I16) {
            base &= BASE_OF_16_BIT_FORM;
        }
        state.set(register, base);
        state.set16(register + 8, (int) limit);
        return 0;
    }

    /** Helpers SGDT and SIDT: stores the table register at an offset of the state. */
    public long storeTable(int register, Instruction instruction, long offset) {
        int baseBytes = ModeUpkeep.is64Bit(state) ? 8 : 4;
        int operandSegment = instruction.segment();
        memory.probeWrite(operandSegment, offset, LIMIT_BYTES + baseBytes);
        memory.store(operandSegment, offset, LIMIT_BYTES, state.get16(register + 8));
        memory.store(operandSegment, offset + LIMIT_BYTES, baseBytes, state.get(register));
        return 0;
    }

    /** Helper LLDT. */
    public long loadLdtr(int selector) {
        if (Selector.isNull(selector)) {
            segment.set(selector, 0, 0, Rights.UNUSABLE);
        } else {
            readSystem(selector);
            if (Rights.systemType(segment.rights()) != SystemDescriptorType.LDT) {
                throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
            }
            checkPresent(selector);
            extendBase(selector);
        }
        segment.store(state, GuestState.LDTR);
        return 0;
    }

    /** Helper LTR. */
    public long loadTr(int selector) {
        if (Selector.isNull(selector)) {
            throw Faults.generalProtection();
        }
        readSystem(selector);
        SystemDescriptorType type = Rights.systemType(segment.rights());
        boolean available = type == SystemDescriptorType.TSS_AVAILABLE
            || type == SystemDescriptorType.TSS_16_AVAILABLE && !ModeUpkeep.isLongModeActive(state);
        if (!available) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        checkPresent(selector);
        extendBase(selector);
        tables.markBusy(segment);
        segment.store(state, GuestState.TR);
        return 0;
    }

    private void readSystem(int selector) {
        int bytes = ModeUpkeep.isLongModeActive(state) ? 16 : 8;
        if (Selector.isLocal(selector) || !tables.contains(selector, bytes)) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        segment.load(selector, tables.read(selector));
    }

    private void checkPresent(int selector) {
        if (!Rights.isPresent(segment.rights())) {
            throw Faults.ofSelector(ExceptionVector.NP, selector, 0);
        }
    }

    private void extendBase(int selector) {
        if (!ModeUpkeep.isLongModeActive(state)) {
            return;
        }
        long upper = tables.readUpper(selector);
        segment.extendBase(upper);
        if (!DescriptorTables.isUpperHalf(upper) || !memory.isCanonical(segment.base())) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
    }
}
