/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.memory.AddressRange;

/**
 * A memory of any span that keeps only the pages stored to, for tests of what boards and loaders do to memory. A store
 * outside RAM fails the test instead of being dropped. It has no host address, no flags but RAM, and no listeners.
 */
public final class CheckedMemory implements PhysicalMemory {
    private final List<AddressRange> ram = new ArrayList<>();
    private final Map<Long, byte[]> pages = new TreeMap<>();

    @Override
    public void addRam(long address, long bytes) {
        ram.add(new AddressRange(address, address + bytes));
    }

    @Override
    public boolean isRam(long address, int bytes) {
        return address >= 0 && ram.stream().anyMatch(r -> r.contains(new AddressRange(address, address + bytes)));
    }

    /** Whether nothing but zeros has been stored. */
    public boolean isZero() {
        return pages.values().stream().allMatch(page -> Arrays.equals(page, new byte[PAGE_SIZE]));
    }

    /** Bytes {@code [address, address + length)}. */
    public byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        read(address, bytes, 0, length);
        return bytes;
    }

    /** The zero-terminated text at an address. */
    public String text(long address) {
        StringBuilder text = new StringBuilder();
        for (long at = address; read(at, 1) != 0; at++) {
            text.append((char) read(at, 1));
        }
        return text.toString();
    }

    @Override
    public long read(long address, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (bytes(address + i, 1)[0] & 0xFFL) << i * Byte.SIZE;
        }
        return value;
    }

    @Override
    public void write(long address, int bytes, long value) {
        for (int i = 0; i < bytes; i++) {
            write(address + i, new byte[] {(byte) (value >>> i * Byte.SIZE)}, 0, 1);
        }
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        for (int i = 0; i < length; i++) {
            long at = address + i;
            byte[] page = pages.get(at >> PAGE_SHIFT);
            into[offset + i] = !isRam(at, 1) ? (byte) 0xFF : page == null ? 0 : page[(int) (at & PAGE_SIZE - 1)];
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        if (length > 0 && !isRam(address, length)) {
            throw new AssertionError("store outside RAM: 0x%x bytes at 0x%x".formatted(length, address));
        }
        int done = 0;
        while (done < length) {
            int inPage = (int) (address + done & PAGE_SIZE - 1);
            int part = Math.min(length - done, PAGE_SIZE - inPage);
            byte[] page = pages.computeIfAbsent(address + done >> PAGE_SHIFT, _ -> new byte[PAGE_SIZE]);
            System.arraycopy(from, offset + done, page, inPage, part);
            done += part;
        }
    }

    @Override
    public int pageFlags(long address) {
        return isRam(address, 1) ? RAM : 0;
    }

    @Override
    public long base() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long span() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long flagsBase() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addPageFlags(long address, int flags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removePageFlags(long address, int flags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stored(long address, int bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void onStore(int flags, StoreListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clearDirty() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long[] dirtyPages() {
        throw new UnsupportedOperationException();
    }
}
