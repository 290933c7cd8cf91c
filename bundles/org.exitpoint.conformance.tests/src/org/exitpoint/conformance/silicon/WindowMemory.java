/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.OptionalLong;
import java.util.SplittableRandom;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Device;

/**
 * The data window as engine 0 sees it: what the bus answers for. Memory gets its content when a case first touches it,
 * so that the case afterwards knows which bytes the host processor must be given and which to compare.
 */
final class WindowMemory implements Bus {
    /** The most slots of 16 bytes that a case may touch. */
    static final int MAX_SLOTS = 64;

    private final EdgeValues edges;
    private final SplittableRandom random;
    private final long[] addresses = new long[MAX_SLOTS];
    private final byte[] before = new byte[MAX_SLOTS * NativeCase.SLOT_BYTES];
    private final byte[] now = new byte[MAX_SLOTS * NativeCase.SLOT_BYTES];
    private GuestState state;
    private int slots;

    WindowMemory(SplittableRandom random) {
        this.random = random;
        this.edges = new EdgeValues(random);
    }

    /** Forgets the last case. Loads will find values of this state's registers among others. */
    void clear(GuestState newState) {
        state = newState;
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
    public long readMemory(long address, int bytes) {
        return get(address, bytes);
    }

    @Override
    public void writeMemory(long address, int bytes, long value) {
        put(address, bytes, value);
    }

    @Override
    public boolean claims(long address) {
        return Window.contains(address);
    }

    @Override
    public OptionalLong peekMemory(long address, int bytes) {
        return OptionalLong.empty();
    }

    @Override
    public void mapPorts(int port, int count, Device device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mapMemory(long address, long bytes, Device device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long readPort(int port, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writePort(int port, int bytes, long value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong peekPort(int port, int bytes) {
        return OptionalLong.empty();
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
