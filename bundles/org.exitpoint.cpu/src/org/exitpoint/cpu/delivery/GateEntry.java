/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.delivery;

import org.exitpoint.arch.Descriptor;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.SelectorErrorCode;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.memory.StackFrame;
import org.exitpoint.cpu.segment.CodeSegments;
import org.exitpoint.cpu.segment.DescriptorTables;
import org.exitpoint.cpu.segment.Rights;
import org.exitpoint.cpu.segment.SegmentCache;
import org.exitpoint.cpu.segment.StackSegments;
import org.exitpoint.cpu.segment.TaskState;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Width;

/**
 * Enters the handler of one event through its gate (SDM vol. 3, "Exception and Interrupt Handling", "Exception and
 * Interrupt Handling in 64-bit Mode"). Raises what the delivery meets, having changed nothing that software can see.
 */
final class GateEntry {
    private static final int RSP = GeneralRegister.RSP.number();
    private static final int GATE_BYTES = 8;
    private static final int WIDE_GATE_BYTES = 16;
    private static final long STACK_ALIGNMENT = 0xF;
    private static final long CLEARED = Rflags.TF.mask() | Rflags.VM.mask() | Rflags.RF.mask() | Rflags.NT.mask();
    private static final long IF = Rflags.IF.mask();
    private static final long LOW_WORD = 0xFFFF;

    private final GuestState state;
    private final LinearMemory memory;
    private final DescriptorTables tables;
    private final CodeSegments codes;
    private final TaskState task;
    private final StackFrame frame;
    private final RealModeEntry realMode;
    private final SegmentCache target = new SegmentCache();
    private long gate;
    private SystemDescriptorType type;

    GateEntry(Core core) {
        state = core.state();
        memory = core.memory();
        tables = new DescriptorTables(core);
        codes = new CodeSegments(core, tables);
        task = new TaskState(core, new StackSegments(tables));
        frame = new StackFrame(state, memory);
        realMode = new RealModeEntry(core);
    }

    /** Enters the handler. */
    void deliver(Event event) {
        if (!ModeUpkeep.isProtected(state)) {
            realMode.deliver(event, returnAddress(event));
        } else if (ModeUpkeep.isVirtual8086(state)) {
            throw new Interruption.NotImplemented("delivery of an event in virtual-8086 mode");
        } else if (ModeUpkeep.isLongModeActive(state)) {
            deliverLong(event, external(event));
        } else {
            deliverProtected(event, external(event));
        }
        noteDelivered(event);
    }

    /** The EXT bit of what the delivery raises: 0 for INT n, INT3 and INTO only. */
    private static int external(Event event) {
        boolean program = event.type() == EventType.SOFTWARE_INTERRUPT || event.type() == EventType.SOFTWARE_EXCEPTION;
        return program ? 0 : 1;
    }

    private long returnAddress(Event event) {
        if (!event.type().isSoftware()) {
            return state.rip();
        }
        long next = state.rip() + event.instructionLength();
        return ModeUpkeep.is64Bit(state) ? next : next & 0xFFFF_FFFFL;
    }

    private void noteDelivered(Event event) {
        int blocking = state.get8(GuestState.BLOCKING)
            & ~(GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_BY_MOV_SS | GuestState.BLOCKING_IS_FRESH);
        if (event.type() == EventType.NMI) {
            blocking |= GuestState.BLOCKING_BY_NMI;
        }
        state.set8(GuestState.BLOCKING, blocking);
        state.set8(GuestState.ACTIVITY, Activity.ACTIVE.ordinal());
    }

    // The gate.

    private void readGate(Event event, int bytes, int external) {
        int vector = event.vector();
        if (vector * bytes + bytes - 1 > state.get16(GuestState.IDTR + 8)) {
            throw gateFault(ExceptionVector.GP, vector, external);
        }
        gate = memory.loadSystem(state.get(GuestState.IDTR) + (long) vector * bytes, GATE_BYTES);
        int rights = (int) Descriptor.accessRights(gate);
        type = Rights.systemType(rights);
        if (!isGate(bytes == WIDE_GATE_BYTES)) {
            throw gateFault(ExceptionVector.GP, vector, external);
        }
        boolean checked = event.type() == EventType.SOFTWARE_INTERRUPT
            || event.type() == EventType.SOFTWARE_EXCEPTION;
        if (checked && Rights.dpl(rights) < state.cpl()) {
            throw gateFault(ExceptionVector.GP, vector, external);
        }
        if (!Rights.isPresent(rights)) {
            throw gateFault(ExceptionVector.NP, vector, external);
        }
        if (type == SystemDescriptorType.TASK_GATE) {
            throw new Interruption.NotImplemented("delivery of an event through a task gate");
        }
    }

    private boolean isGate(boolean longMode) {
        if (type == null) {
            return false;
        }
        return switch (type) {
            case INTERRUPT_GATE, TRAP_GATE -> true;
            case INTERRUPT_GATE_16, TRAP_GATE_16, TASK_GATE -> !longMode;
            default -> false;
        };
    }

    private static Interruption gateFault(ExceptionVector vector, int gateVector, int external) {
        return new Interruption.Fault(vector, SelectorErrorCode.ofIdtGate(gateVector, external != 0));
    }

    /** Reads the handler's code segment and gives the privilege level the handler runs at. */
    private int readTarget(int external) {
        codes.read(target, Descriptor.gateSelector(gate), external);
        int rights = target.rights();
        boolean notLong = ModeUpkeep.isLongModeActive(state) && !Rights.isLong(rights);
        if (Rights.dpl(rights) > state.cpl() || notLong) {
            throw Faults.ofSelector(ExceptionVector.GP, target.selector(), external);
        }
        codes.checkPresent(target, external);
        return Rights.isConforming(rights) ? state.cpl() : Rights.dpl(rights);
    }

    // IA-32e mode.

    private void deliverLong(Event event, int external) {
        readGate(event, WIDE_GATE_BYTES, external);
        long upper = memory.loadSystem(
            state.get(GuestState.IDTR) + (long) event.vector() * WIDE_GATE_BYTES + GATE_BYTES, GATE_BYTES);
        int level = readTarget(external);
        boolean inner = level != state.cpl();
        int interruptStack = Descriptor.gateInterruptStack(gate);
        long stack = interruptStack != 0 ? task.interruptStack(interruptStack, external)
            : inner ? task.stackPointer(level, external) : state.register(RSP);
        long offset = Descriptor.gateOffset(gate, upper & 0xFFFF_FFFFL);
        codes.checkOffset(target, offset, external);
        frame.onFlatStack(stack & ~STACK_ALIGNMENT, level, external);
        frame.push(state.selector(GuestState.SS));
        frame.push(state.register(RSP));
        pushReturn(event);
        frame.check();
        tables.markAccessed(target);
        frame.write();
        if (inner) {
            state.setSegment(GuestState.SS, level, 0, 0, Rights.nullStack(level));
        }
        state.setRegister(RSP, frame.pointer());
        commit(level, offset);
    }

    private void pushReturn(Event event) {
        frame.push(state.rflags());
        frame.push(state.selector(GuestState.CS));
        frame.push(returnAddress(event));
        if (event.hasErrorCode()) {
            frame.push(event.errorCode());
        }
    }

    // Protected mode.

    private void deliverProtected(Event event, int external) {
        readGate(event, GATE_BYTES, external);
        boolean wide = type == SystemDescriptorType.INTERRUPT_GATE || type == SystemDescriptorType.TRAP_GATE;
        long offset = wide ? Descriptor.gateOffset(gate) : Descriptor.gateOffset(gate) & LOW_WORD;
        int level = readTarget(external);
        boolean inner = level != state.cpl();
        if (inner) {
            task.openInnerStack(frame, level, wide ? 4 : 2, external);
            frame.push(state.selector(GuestState.SS));
            frame.push(state.register(RSP) & state.stackWidth().mask());
        } else {
            frame.onCurrentStack(wide ? 4 : 2, external);
        }
        pushReturn(event);
        frame.check();
        codes.checkOffset(target, offset, external);
        tables.markAccessed(target);
        if (inner) {
            tables.markAccessed(task.stack());
        }
        frame.write();
        if (inner) {
            task.stack().store(state, GuestState.SS);
        }
        commit(level, offset);
        setStackPointer(frame.pointer());
    }

    private void setStackPointer(long pointer) {
        Width width = state.stackWidth();
        long kept = width == Width.I16 ? state.register(RSP) & ~width.mask() : 0;
        state.setRegister(RSP, kept | pointer & width.mask());
    }

    private void commit(int level, long offset) {
        codes.commit(target, level);
        state.setRip(offset);
        boolean interruptGate = type == SystemDescriptorType.INTERRUPT_GATE
            || type == SystemDescriptorType.INTERRUPT_GATE_16;
        long cleared = interruptGate ? CLEARED | IF : CLEARED;
        state.set(GuestState.SYSTEM_FLAGS, state.get(GuestState.SYSTEM_FLAGS) & ~cleared);
        ModeUpkeep.refresh(state);
    }
}
