/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.SplittableRandom;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.OperandMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Segment;

/**
 * The data window as engine 0 sees it. Memory gets its content when a case first touches it, so that the case afterwards
 * knows which bytes the host processor must be given and which to compare.
 */
final class WindowMemory implements OperandMemory {
    /** The most slots of 16 bytes that a case may touch. */
    static final int MAX_SLOTS = 64;
    private static final int WRITE_FAULT = 6;
    private static final int READ_FAULT = 4;
    private static final int PAGE = 0x1000;

    private final GuestState state;
    private final EdgeValues edges;
    private final SplittableRandom random;
    private final long[] addresses = new long[MAX_SLOTS];
    private final byte[] before = new byte[MAX_SLOTS * NativeCase.SLOT_BYTES];
    private final byte[] now = new byte[MAX_SLOTS * NativeCase.SLOT_BYTES];
    private SiliconMode mode;
    private int slots;
    private long openAddress;

    WindowMemory(GuestState state, SplittableRandom random) {
        this.state = state;
        this.random = random;
        this.edges = new EdgeValues(random);
    }

    /** Forgets the last case. */
    void clear(SiliconMode newMode) {
        mode = newMode;
        slots = 0;
    }

    int slots() {
        return slots;
    }

    long address(int slot) {
        return addresses[slot];
    }

    /** Memory of all slots, 16 bytes each, as a case found it. */
    byte[] before() {
        return before;
    }

    /** Memory of all slots, 16 bytes each, as the case left it. */
    byte[] now() {
        return now;
    }

    @Override
    public long load(int segment, long offset, int bytes) {
        return get(checked(segment, offset, bytes, false), bytes);
    }

    @Override
    public void store(int segment, long offset, int bytes, long value) {
        put(checked(segment, offset, bytes, true), bytes, value);
    }

    @Override
    public void probeWrite(int segment, long offset, int bytes) {
        checked(segment, offset, bytes, true);
    }

    @Override
    public long loadForWrite(int segment, long offset, int bytes) {
        openAddress = checked(segment, offset, bytes, true);
        return get(openAddress, bytes);
    }

    @Override
    public void storeLoaded(int bytes, long value) {
        put(openAddress, bytes, value);
    }

    @Override
    public long linear(int segment, long offset) {
        boolean based = mode != SiliconMode.LONG || segment >= Segment.FS.ordinal();
        long base = based ? state.get(GuestState.segment(segment) + GuestState.SEGMENT_BASE) : 0;
        return mode == SiliconMode.LONG ? base + offset : base + offset & 0xFFFF_FFFFL;
    }

    private long checked(int segment, long offset, int bytes, boolean write) {
        long address = linear(segment, offset);
        boolean bad;
        if (mode == SiliconMode.LONG) {
            bad = !isCanonical(address) || !isCanonical(address + bytes - 1);
        } else {
            long limit = segment >= Segment.FS.ordinal() ? 0xFFFF_FFFFL : mode.limit();
            bad = offset + bytes - 1 > limit || write && segment == Segment.CS.ordinal();
        }
        if (bad) {
            boolean stack = segment == Segment.SS.ordinal();
            throw new Interruption.Fault(stack ? ExceptionVector.SS : ExceptionVector.GP, 0);
        }
        checkPages(address, bytes, write);
        return address;
    }

    private static boolean isCanonical(long address) {
        return address << 16 >> 16 == address;
    }

    private void checkPages(long address, int bytes, boolean write) {
        long last = address + bytes - 1;
        if (Window.isRunners(address) || Window.isRunners(last)) {
            throw OutsideOfWindow.INSTANCE;
        }
        int code = write ? WRITE_FAULT : READ_FAULT;
        if (!Window.contains(address)) {
            throw new Interruption.PageFault(address, code);
        }
        if (!Window.contains(last)) {
            throw new Interruption.PageFault(last & -PAGE, code);
        }
    }

    private long get(long address, int bytes) {
        boolean fresh = touch(address, bytes);
        if (fresh && random.nextInt(4) != 0) {
            copy(before, address, bytes, wanted(bytes));
            copy(now, address, bytes, read(before, address, bytes));
        }
        return read(now, address, bytes);
    }

    /** What a load finds: an edge value, or what instructions compare memory with. */
    private long wanted(int bytes) {
        return switch (random.nextInt(8)) {
            case 0 -> state.register(0);
            case 1 -> bytes == 8 ? state.register(0) & 0xFFFF_FFFFL | state.register(2) << 32 : state.register(2);
            case 2 -> edges.small();
            default -> edges.next();
        };
    }

    private void put(long address, int bytes, long value) {
        touch(address, bytes);
        copy(now, address, bytes, value);
    }

    private void copy(byte[] to, long address, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            to[position(address + i)] = (byte) (value >> 8 * i);
        }
    }

    private long read(byte[] from, long address, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (from[position(address + i)] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private int position(long address) {
        return find(address & -NativeCase.SLOT_BYTES) * NativeCase.SLOT_BYTES
            + (int) (address & NativeCase.SLOT_BYTES - 1);
    }

    private int find(long address) {
        for (int i = 0; i < slots; i++) {
            if (addresses[i] == address) {
                return i;
            }
        }
        return -1;
    }

    /** Sees that memory has content; whether all of it got it just now. */
    private boolean touch(long address, int bytes) {
        boolean fresh = true;
        for (long at = address & -NativeCase.SLOT_BYTES; at < address + bytes; at += NativeCase.SLOT_BYTES) {
            if (find(at) >= 0) {
                fresh = false;
            } else {
                add(at);
            }
        }
        return fresh;
    }

    private void add(long address) {
        if (slots == MAX_SLOTS) {
            throw OutsideOfWindow.INSTANCE;
        }
        addresses[slots] = address;
        int from = slots * NativeCase.SLOT_BYTES;
        for (int i = 0; i < NativeCase.SLOT_BYTES; i++) {
            before[from + i] = (byte) random.nextInt();
        }
        System.arraycopy(before, from, now, from, NativeCase.SLOT_BYTES);
        slots++;
    }
}
