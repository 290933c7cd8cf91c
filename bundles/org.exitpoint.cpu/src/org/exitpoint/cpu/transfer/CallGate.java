/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.Descriptor;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.segment.CodeSegments;
import org.exitpoint.cpu.segment.DescriptorTables;
import org.exitpoint.cpu.segment.Rights;
import org.exitpoint.cpu.segment.SegmentCache;
import org.exitpoint.cpu.segment.Selector;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;

/** A call gate and the code segment behind it (SDM vol. 3, "Call Gates", "IA-32e Mode Call Gates"). */
final class CallGate {
    private static final int WIDE_BYTES = 16;

    private final GuestState state;
    private final DescriptorTables tables;
    private final CodeSegments codes;
    private long offset;
    private int parameters;
    private int entryBytes;

    CallGate(Core core, DescriptorTables tables, CodeSegments codes) {
        this.state = core.state();
        this.tables = tables;
        this.codes = codes;
    }

    /** Offset of the procedure. */
    long offset() {
        return offset;
    }

    /** Parameters to copy, in entries of {@link #entryBytes()}. */
    int parameters() {
        return parameters;
    }

    /** Bytes of an entry on the stack: 2, 4 or 8. */
    int entryBytes() {
        return entryBytes;
    }

    /**
     * Goes through the gate whose descriptor stands in {@code segment}, and puts the code segment behind it there; its
     * privilege level is not yet checked against the current one.
     */
    void enter(SegmentCache segment) {
        int selector = segment.selector();
        int rights = segment.rights();
        checkType(selector, rights);
        int dpl = Rights.dpl(rights);
        if (dpl < state.cpl() || dpl < Selector.rpl(selector)) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        if (!Rights.isPresent(rights)) {
            throw Faults.ofSelector(ExceptionVector.NP, selector, 0);
        }
        long gate = segment.descriptor();
        if (ModeUpkeep.isLongModeActive(state)) {
            takeWide(selector, gate);
        } else {
            boolean wide = Rights.systemType(rights) == SystemDescriptorType.CALL_GATE;
            offset = wide ? Descriptor.gateOffset(gate) : Descriptor.gateOffset(gate) & 0xFFFF;
            parameters = Descriptor.gateParameterCount(gate);
            entryBytes = wide ? 4 : 2;
        }
        codes.read(segment, Descriptor.gateSelector(gate), 0);
        boolean needsLong = ModeUpkeep.isLongModeActive(state) && !Rights.isLong(segment.rights());
        if (needsLong || Rights.dpl(segment.rights()) > state.cpl()) {
            throw Faults.ofSelector(ExceptionVector.GP, segment.selector(), 0);
        }
    }

    private void checkType(int selector, int rights) {
        SystemDescriptorType type = Rights.systemType(rights);
        boolean longMode = ModeUpkeep.isLongModeActive(state);
        boolean gate = type == SystemDescriptorType.CALL_GATE
            || type == SystemDescriptorType.CALL_GATE_16 && !longMode;
        if (gate) {
            return;
        }
        boolean task = type == SystemDescriptorType.TASK_GATE || type == SystemDescriptorType.TSS_AVAILABLE
            || type == SystemDescriptorType.TSS_16_AVAILABLE;
        if (task && !longMode) {
            throw new Interruption.NotImplemented("hardware task switch by a far transfer");
        }
        throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
    }

    private void takeWide(int selector, long gate) {
        if (!tables.contains(selector, WIDE_BYTES)) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        long upper = tables.readUpper(selector);
        if (!DescriptorTables.isUpperHalf(upper)) {
            throw Faults.ofSelector(ExceptionVector.GP, selector, 0);
        }
        offset = Descriptor.gateOffset(gate, upper & 0xFFFF_FFFFL);
        parameters = 0;
        entryBytes = 8;
    }
}
