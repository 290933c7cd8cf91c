/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a loader needs of an ELF executable for i386 or x86-64: the loadable segments and the entry address
 * (System V ABI, "Object Files" and "Program Loading").
 */
final class ElfReader {
    private static final int EI_CLASS = 4;
    private static final int EI_DATA = 5;
    private static final int ELFCLASS32 = 1;
    private static final int ELFCLASS64 = 2;
    private static final int ELFDATA2LSB = 1;
    private static final int ET_EXEC = 2;
    private static final int EM_386 = 3;
    private static final int EM_X86_64 = 62;
    private static final int PT_LOAD = 1;
    private static final int IDENTIFICATION_BYTES = 16;

    private final ImageBytes image;
    private final boolean is64;

    private ElfReader(ImageBytes image) throws ImageException {
        this.image = image;
        image.require(0, IDENTIFICATION_BYTES, "ELF identification");
        int elfClass = image.u8(EI_CLASS);
        if (elfClass != ELFCLASS32 && elfClass != ELFCLASS64) {
            throw image.wrong("ELF class %d is neither 32-bit nor 64-bit", elfClass);
        }
        if (image.u8(EI_DATA) != ELFDATA2LSB) {
            throw image.wrong("ELF file is not little-endian");
        }
        is64 = elfClass == ELFCLASS64;
    }

    /** Whether the file begins as an ELF file does. */
    static boolean isElf(ImageBytes image) {
        return image.size() >= 4 && image.u32(0) == 0x464C_457FL;
    }

    /** Checks the headers and gives what is to be loaded. */
    static Program read(ImageBytes image) throws ImageException {
        return new ElfReader(image).program();
    }

    private Program program() throws ImageException {
        image.require(0, is64 ? 64 : 52, "ELF header");
        int type = image.u16(16);
        int machine = image.u16(18);
        if (type != ET_EXEC) {
            throw image.wrong("ELF file of type %d is not an executable linked to fixed addresses (type 2)", type);
        }
        if (machine != (is64 ? EM_X86_64 : EM_386)) {
            throw image.wrong("ELF file is for machine %d, not for x86 (%d)", machine, is64 ? EM_X86_64 : EM_386);
        }
        long entry = is64 ? image.u64(24) : image.u32(24);
        return new Program(entry, segments());
    }

    private List<Segment> segments() throws ImageException {
        long table = is64 ? image.u64(32) : image.u32(28);
        int entrySize = image.u16(is64 ? 54 : 42);
        int count = image.u16(is64 ? 56 : 44);
        int expectedSize = is64 ? 56 : 32;
        if (count == 0) {
            throw image.wrong("ELF file has no program headers");
        }
        if (entrySize != expectedSize) {
            throw image.wrong("ELF program headers of %d bytes instead of %d", entrySize, expectedSize);
        }
        image.require(table, (long) count * entrySize, "ELF program header table");
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int header = (int) table + i * entrySize;
            if (image.u32(header) == PT_LOAD) {
                addSegment("segment " + i, header, segments);
            }
        }
        return segments;
    }

    private void addSegment(String what, int header, List<Segment> segments) throws ImageException {
        long offset = is64 ? image.u64(header + 8) : image.u32(header + 4);
        long linear = is64 ? image.u64(header + 16) : image.u32(header + 8);
        long physical = is64 ? image.u64(header + 24) : image.u32(header + 12);
        long fileSize = is64 ? image.u64(header + 32) : image.u32(header + 16);
        long memorySize = is64 ? image.u64(header + 40) : image.u32(header + 20);
        if (memorySize == 0) {
            return;
        }
        if (fileSize == 0) {
            // A segment of zeros may name an offset beyond the end of the file.
            offset = 0;
        }
        image.require(offset, fileSize, what);
        if (Long.compareUnsigned(fileSize, memorySize) > 0) {
            throw image.wrong("%s has 0x%x bytes in the file but only 0x%x in memory", what, fileSize, memorySize);
        }
        segments.add(new Segment(what, linear, image.addresses(what, physical, memorySize), (int) offset,
                (int) fileSize));
    }

    /**
     * What an ELF file says about itself.
     *
     * @param entry the entry address as linked
     * @param segments what is to be loaded, in file order; none is empty
     */
    record Program(long entry, List<Segment> segments) {
    }
}
