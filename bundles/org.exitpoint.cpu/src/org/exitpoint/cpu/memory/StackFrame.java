/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.mmu.format.Access;

/**
 * What a far call, an event or ENTER pushes at once: collected, then checked as a whole, then written, so that a fault
 * leaves memory as it was. The stack may be one that is not yet loaded. Reused; allocates nothing after construction.
 */
public final class StackFrame {
    private static final int RSP = GeneralRegister.RSP.number();
    private static final int CAPACITY = 48;
    private static final long LEGACY_MASK = 0xFFFF_FFFFL;

    private final GuestState state;
    private final LinearMemory memory;
    private final long[] values = new long[CAPACITY];
    private int count;
    private int bytes;
    private boolean flat;
    private long base;
    private long limit;
    private int rights;
    private Width width;
    private long top;
    private int access;
    private int errorCode;

    /** Frames of the processor whose state and memory these are. */
    public StackFrame(GuestState state, LinearMemory memory) {
        this.state = state;
        this.memory = memory;
    }

    /** Starts a frame on the current stack. A violation of SS raises #SS with the error code. */
    public void onCurrentStack(int entryBytes, int newErrorCode) {
        boolean is64Bit = ModeUpkeep.is64Bit(state);
        onStack(state.segmentBase(GuestState.SS), state.segmentLimit(GuestState.SS),
            state.segmentRights(GuestState.SS), is64Bit, state.stackWidth(), entryBytes, state.cpl(), newErrorCode);
        from(state.register(RSP));
    }

    /** Starts a frame on a stack of 64-bit mode. */
    public void onFlatStack(long stackTop, int level, int newErrorCode) {
        onStack(0, 0, 0, true, Width.I64, 8, level, newErrorCode);
        from(stackTop);
    }

    /** Starts a frame on the stack that a segment describes; {@link #from} gives the pointer. */
    public void onStack(long newBase, long newLimit, int newRights, boolean newFlat, Width newWidth, int entryBytes,
            int level, int newErrorCode) {
        base = newBase;
        limit = newLimit;
        rights = newRights;
        flat = newFlat;
        width = newWidth;
        bytes = entryBytes;
        access = memory.explicitAccess(level) | Access.WRITE;
        errorCode = newErrorCode;
        count = 0;
    }

    /** Sets the stack pointer that the frame grows down from. */
    public void from(long stackPointer) {
        top = stackPointer;
    }

    /** Adds an entry. */
    public void push(long value) {
        values[count++] = value;
    }

    /** The stack pointer when all entries are pushed, in the stack's width. */
    public long pointer() {
        return top - (long) count * bytes & width.mask();
    }

    /** Raises what writing the entries would raise: #SS, or a fault of paging. */
    public void check() {
        for (int i = 0; i < count; i++) {
            memory.probeLinear(linear(i), bytes, access);
        }
    }

    /** Raises what writing the last entry would raise. */
    public void checkLast() {
        memory.probeLinear(linear(count - 1), bytes, access);
    }

    /** Loads an entry's bytes at an offset of the current stack as they will be when the entries are written. */
    public long load(long offset) {
        long value = memory.load(GuestState.SS, offset, bytes);
        long address = memory.linear(GuestState.SS, offset);
        for (int i = 0; i < count; i++) {
            long ahead = address - linear(i);
            for (int b = 0; b < bytes; b++) {
                if (ahead + b >= 0 && ahead + b < bytes) {
                    long mask = 0xFFL << 8 * b;
                    value = value & ~mask | values[i] >>> 8 * (ahead + b) << 8 * b & mask;
                }
            }
        }
        return value;
    }

    /** Writes the entries; {@link #check} has passed. */
    public void write() {
        for (int i = 0; i < count; i++) {
            memory.storeLinear(linear(i), bytes, values[i], access);
        }
    }

    private long linear(int entry) {
        long offset = top - (entry + 1L) * bytes & width.mask();
        boolean inside = flat ? memory.isCanonical(offset) && memory.isCanonical(offset + bytes - 1)
            : SegmentLimits.isWritable(rights) && SegmentLimits.contains(rights, limit, offset, bytes);
        if (!inside) {
            throw new Interruption.Fault(ExceptionVector.SS, errorCode);
        }
        return flat ? offset : base + offset & LEGACY_MASK;
    }
}
