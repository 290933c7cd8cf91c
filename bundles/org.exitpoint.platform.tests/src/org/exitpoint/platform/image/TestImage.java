/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Writes Multiboot images, right ones and wrong ones: every field that matters can be set. */
final class TestImage {
    /** Where the Multiboot header stands, behind the ELF header and up to seven program headers. */
    static final int HEADER_OFFSET = 0x1C0;
    /** Where the content of the first segment stands. */
    static final int CONTENT_OFFSET = 0x200;

    private record Load(int type, long offset, long linear, long physical, long fileSize, long memorySize) {
    }

    private final boolean is64;
    private final List<Load> loads = new ArrayList<>();
    private int fileBytes = CONTENT_OFFSET + 0x100;
    private long flags = 3;
    private long checksumError;
    private long entry = 0x10_0000;
    private int type = 2;
    private int machine;
    private int programHeaderBytes;
    private long[] addressFields = {};

    private TestImage(boolean is64) {
        this.is64 = is64;
        machine = is64 ? 62 : 3;
        programHeaderBytes = is64 ? 56 : 32;
    }

    static TestImage elf32() {
        return new TestImage(false);
    }

    static TestImage elf64() {
        return new TestImage(true);
    }

    /** A valid image: 0x100 bytes of content at 1 MB and 0x1100 bytes of zeros behind it. */
    static TestImage valid(boolean is64) {
        return new TestImage(is64).load(CONTENT_OFFSET, 0x10_0000, 0x10_0000, 0x100, 0x1200);
    }

    TestImage load(long offset, long linear, long physical, long fileSize, long memorySize) {
        loads.add(new Load(1, offset, linear, physical, fileSize, memorySize));
        return this;
    }

    TestImage note() {
        loads.add(new Load(4, -1, -1, -1, -1, -1));
        return this;
    }

    TestImage fileBytes(int bytes) {
        fileBytes = bytes;
        return this;
    }

    TestImage flags(long value) {
        flags = value;
        return this;
    }

    TestImage wrongChecksum() {
        checksumError = 1;
        return this;
    }

    TestImage entry(long address) {
        entry = address;
        return this;
    }

    TestImage type(int value) {
        type = value;
        return this;
    }

    TestImage machine(int value) {
        machine = value;
        return this;
    }

    TestImage programHeaderBytes(int value) {
        programHeaderBytes = value;
        return this;
    }

    /** header_addr, load_addr, load_end_addr, bss_end_addr, entry_addr. */
    TestImage addressFields(long... fields) {
        addressFields = fields;
        flags |= 1 << 16;
        return this;
    }

    ImageFile file() {
        return new ImageFile("dir/test.elf", "test.elf", bytes());
    }

    byte[] bytes() {
        ByteBuffer image = ByteBuffer.allocate(Math.max(fileBytes, HEADER_OFFSET + 32)).order(ByteOrder.LITTLE_ENDIAN);
        image.put(new byte[] {0x7F, 'E', 'L', 'F', (byte) (is64 ? 2 : 1), 1, 1});
        image.putShort(16, (short) type).putShort(18, (short) machine);
        if (is64) {
            image.putLong(24, entry).putLong(32, 64);
            image.putShort(54, (short) programHeaderBytes).putShort(56, (short) loads.size());
        } else {
            image.putInt(24, (int) entry).putInt(28, 52);
            image.putShort(42, (short) programHeaderBytes).putShort(44, (short) loads.size());
        }
        image.position(is64 ? 64 : 52);
        loads.forEach(load -> putLoad(image, load));
        image.position(HEADER_OFFSET);
        image.putInt(0x1BAD_B002).putInt((int) flags).putInt((int) -(0x1BAD_B002L + flags + checksumError));
        for (long field : addressFields) {
            image.putInt((int) field);
        }
        for (int at = CONTENT_OFFSET; at < image.limit(); at++) {
            image.put(at, (byte) (at * 7 + 1));
        }
        byte[] bytes = new byte[fileBytes];
        image.get(0, bytes);
        return bytes;
    }

    private void putLoad(ByteBuffer image, Load load) {
        if (is64) {
            image.putInt(load.type).putInt(7).putLong(load.offset).putLong(load.linear).putLong(load.physical)
                    .putLong(load.fileSize).putLong(load.memorySize).putLong(0x1000);
        } else {
            image.putInt(load.type).putInt((int) load.offset).putInt((int) load.linear).putInt((int) load.physical)
                    .putInt((int) load.fileSize).putInt((int) load.memorySize).putInt(7).putInt(0x1000);
        }
    }
}
