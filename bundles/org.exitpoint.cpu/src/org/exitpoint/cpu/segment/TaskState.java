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
import org.exitpoint.cpu.memory.StackFrame;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Width;

/** The stacks that the current task-state segment names (SDM vol. 3, "Task-State Segment (TSS)"). */
public final class TaskState {
    private static final int RSP0 = 0x04;
    private static final int IST1 = 0x24;
    private static final int ESP0 = 0x04;
    private static final int SS0 = 0x08;
    private static final int SP0_16 = 0x02;
    private static final int SS0_16 = 0x04;

    private final GuestState state;
    private final LinearMemory memory;
    private final StackSegments stacks;
    private final SegmentCache stack = new SegmentCache();

    /** The task state of a processor. */
    public TaskState(Core core, StackSegments stacks) {
        this.state = core.state();
        this.memory = core.memory();
        this.stacks = stacks;
    }

    /** IA-32e mode: the stack pointer for a privilege level 0 to 2. */
    public long stackPointer(int level, int external) {
        return quadword(RSP0 + 8 * level, external);
    }

    /** IA-32e mode: an entry, 1 to 7, of the interrupt stack table. */
    public long interruptStack(int entry, int external) {
        return quadword(IST1 + 8 * (entry - 1), external);
    }

    /**
     * Protected mode: reads and checks the stack for an inner privilege level, and starts a frame on it. The segment is
     * then {@link #stack}.
     */
    public void openInnerStack(StackFrame frame, int level, int entryBytes, int external) {
        boolean wide = isWide();
        int pointerAt = wide ? ESP0 + 8 * level : SP0_16 + 4 * level;
        int selectorAt = wide ? SS0 + 8 * level : SS0_16 + 4 * level;
        long pointer = field(pointerAt, wide ? 4 : 2, selectorAt + 1, external);
        int selector = (int) field(selectorAt, 2, selectorAt + 1, external);
        stacks.read(stack, selector, level, ExceptionVector.TS, external);
        Width width = Rights.isBig(stack.rights()) ? Width.I32 : Width.I16;
        frame.onStack(stack.base(), stack.limit(), stack.rights(), false, width, entryBytes, level,
            selector & 0xFFFC | external);
        frame.from(pointer);
    }

    /** The segment of the stack opened last. */
    public SegmentCache stack() {
        return stack;
    }

    private boolean isWide() {
        SystemDescriptorType type = Rights.systemType(state.segmentRights(GuestState.TR));
        return type == SystemDescriptorType.TSS_BUSY || type == SystemDescriptorType.TSS_AVAILABLE;
    }

    private long quadword(int offset, int external) {
        return field(offset, 8, offset + 7, external);
    }

    private long field(int offset, int bytes, int last, int external) {
        if (last > state.segmentLimit(GuestState.TR)) {
            throw Faults.ofSelector(ExceptionVector.TS, state.selector(GuestState.TR), external);
        }
        return memory.loadSystem(state.segmentBase(GuestState.TR) + offset, bytes);
    }
}
