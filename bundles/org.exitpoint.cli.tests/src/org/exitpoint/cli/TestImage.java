/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes small Multiboot images, right and wrong ones, as ELF32 files. */
public final class TestImage {
    /** Where the first segment goes. */
    public static final int START = 0x10_0000;

    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int MULTIBOOT_MAGIC = 0x1bad_b002;
    private static final int MULTIBOOT_BYTES = 12;

    private record Segment(int address, byte[] bytes, int memoryBytes) {
    }

    private final List<Segment> segments = new ArrayList<>();

    /**
     * An image whose first segment is a Multiboot header and code that begins behind it.
     *
     * @param hex the code for 32-bit mode, as hexadecimal digits with spaces
     */
    public static TestImage ofCode(String hex) {
        byte[] code = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        ByteBuffer bytes = ByteBuffer.allocate(MULTIBOOT_BYTES + code.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MULTIBOOT_MAGIC).putInt(0).putInt(-MULTIBOOT_MAGIC).put(code);
        return new TestImage().segment(START, bytes.array(), bytes.capacity());
    }

    /** Adds a segment. */
    public TestImage segment(int address, byte[] bytes, int memoryBytes) {
        segments.add(new Segment(address, bytes, memoryBytes));
        return this;
    }

    /** The file's bytes. */
    public byte[] bytes() {
        int data = HEADER + segments.size() * PROGRAM_HEADER;
        int size = data + segments.stream().mapToInt(segment -> segment.bytes.length).sum();
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 3).putInt(1).putInt(START + MULTIBOOT_BYTES).putInt(HEADER).putInt(0)
                .putInt(0).putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) segments.size());
        file.position(HEADER);
        int offset = data;
        for (Segment segment : segments) {
            file.putInt(1).putInt(offset).putInt(segment.address).putInt(segment.address).putInt(segment.bytes.length)
                    .putInt(segment.memoryBytes).putInt(7).putInt(0);
            offset += segment.bytes.length;
        }
        segments.forEach(segment -> file.put(segment.bytes));
        return file.array();
    }

    /** Writes the file. */
    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
