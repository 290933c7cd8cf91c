/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** A Multiboot image under construction: physical memory from 1 MB on, page by page, as an ELF executable. */
public final class GuestImage {
    /** Where the Multiboot header stands; the rest of its page can be used. */
    public static final long HEADER = 0x10_0000;
    /** First address behind the Multiboot header. */
    public static final long AFTER_HEADER = HEADER + 0x20;
    private static final int PAGE = 4096;
    private static final int MAGIC = 0x1BAD_B002;
    private static final int ELF_HEADER = 64;
    private static final int PROGRAM_HEADER = 56;
    private static final int EXECUTABLE = 2;
    private static final int X86_64 = 62;

    private final Map<Long, byte[]> pages = new TreeMap<>();

    /** An image with nothing but the Multiboot header. */
    public GuestImage() {
        put32(HEADER, MAGIC);
        put32(HEADER + 8, -MAGIC);
    }

    /** Puts bytes at a physical address. */
    public GuestImage put(long address, byte... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            long at = address + i;
            pages.computeIfAbsent(at / PAGE, _ -> new byte[PAGE])[(int) (at % PAGE)] = bytes[i];
        }
        return this;
    }

    /** Puts 4 bytes at a physical address. */
    public GuestImage put32(long address, int value) {
        return put(address, bytes(Integer.BYTES).putInt(value).array());
    }

    /** Puts 8 bytes at a physical address. */
    public GuestImage put64(long address, long value) {
        return put(address, bytes(Long.BYTES).putLong(value).array());
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The image as a file that is entered at an address. */
    public byte[] file(long entry) {
        long[][] runs = runs();
        int header = ELF_HEADER + runs.length * PROGRAM_HEADER;
        int start = header + PAGE - 1 & -PAGE;
        if (start > PAGE) {
            throw new IllegalStateException("too many separate segments: " + runs.length);
        }
        ByteBuffer file = bytes(start + pages.size() * PAGE);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) EXECUTABLE).putShort((short) X86_64).putInt(1).putLong(entry).putLong(ELF_HEADER)
            .putLong(0).putInt(0).putShort((short) ELF_HEADER).putShort((short) PROGRAM_HEADER)
            .putShort((short) runs.length).position(ELF_HEADER);
        long offset = start;
        for (long[] run : runs) {
            long size = run[1] * PAGE;
            file.putInt(1).putInt(7).putLong(offset).putLong(run[0] * PAGE).putLong(run[0] * PAGE).putLong(size)
                .putLong(size).putLong(PAGE);
            offset += size;
        }
        file.position(start);
        pages.values().forEach(file::put);
        return file.array();
    }

    /** First page and number of pages of each run of pages. */
    private long[][] runs() {
        Map<Long, Long> runs = new TreeMap<>();
        long first = -1;
        long next = -1;
        for (long page : pages.keySet()) {
            if (page != next) {
                first = page;
            }
            next = page + 1;
            runs.put(first, next - first);
        }
        return runs.entrySet().stream().map(run -> new long[] {run.getKey(), run.getValue()}).toArray(long[][]::new);
    }
}
