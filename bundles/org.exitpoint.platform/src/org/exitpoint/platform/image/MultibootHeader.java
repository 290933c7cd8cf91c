/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.util.List;
import org.exitpoint.platform.memory.AddressRange;

/**
 * The header that makes a file a Multiboot image (Multiboot Specification 0.6.96, "OS image format").
 *
 * @param offset where it stands in the file
 * @param flags its flags field
 */
record MultibootHeader(int offset, long flags) {
    private static final long MAGIC = 0x1BAD_B002L;
    /** "The Multiboot header must be contained completely within the first 8192 bytes of the OS image." */
    private static final int SEARCHED_BYTES = 8192;
    private static final int HEADER_BYTES = 12;
    private static final int ADDRESS_FIELDS_END = 32;

    private static final long PAGE_ALIGN_MODULES = 1;
    private static final long MEMORY_INFORMATION = 1 << 1;
    private static final long VIDEO_MODE = 1 << 2;
    private static final long ADDRESS_FIELDS = 1 << 16;
    /** "If the boot loader does not understand what a set bit in 0-15 requests, it must fail." */
    private static final long MANDATORY = 0xFFFF;

    /** Finds the header and checks that what it demands can be given. */
    static MultibootHeader find(ImageBytes image) throws ImageException {
        int last = Math.min(image.size(), SEARCHED_BYTES) - HEADER_BYTES;
        for (int offset = 0; offset <= last; offset += 4) {
            long flags = image.u32(offset + 4);
            if (image.u32(offset) == MAGIC && (int) (MAGIC + flags + image.u32(offset + 8)) == 0) {
                checkDemands(image, flags);
                return new MultibootHeader(offset, flags);
            }
        }
        throw image.wrong("is not a Multiboot 1 image: its first %d bytes hold no header with magic 0x1badb002 and a "
                + "right checksum", SEARCHED_BYTES);
    }

    private static void checkDemands(ImageBytes image, long flags) throws ImageException {
        if ((flags & VIDEO_MODE) != 0) {
            throw image.wrong("demands a video mode (Multiboot flag bit 2), but this machine has no display");
        }
        long unknown = flags & MANDATORY & ~(PAGE_ALIGN_MODULES | MEMORY_INFORMATION);
        if (unknown != 0) {
            throw image.wrong("demands what Multiboot flag bit %d means, which Multiboot 1 does not define",
                    Long.numberOfTrailingZeros(unknown));
        }
    }

    /** Whether the header, not the file format, says what goes where. */
    boolean hasAddressFields() {
        return (flags & ADDRESS_FIELDS) != 0;
    }

    /** What the address fields say: one segment, of the kind that a.out images have. */
    ElfReader.Program program(ImageBytes image) throws ImageException {
        image.require(offset, ADDRESS_FIELDS_END, "Multiboot header with address fields");
        long headerAddress = image.u32(offset + 12);
        long loadAddress = image.u32(offset + 16);
        long loadEnd = image.u32(offset + 20);
        long bssEnd = image.u32(offset + 24);
        long entry = image.u32(offset + 28);
        long fileOffset = offset - (headerAddress - loadAddress);
        if (loadAddress > headerAddress || fileOffset < 0) {
            throw image.wrong("load_addr 0x%x in the Multiboot header does not fit header_addr 0x%x at offset 0x%x",
                    loadAddress, headerAddress, offset);
        }
        long fileBytes = loadEnd == 0 ? image.size() - fileOffset : loadEnd - loadAddress;
        if (fileBytes < 0) {
            throw image.wrong("load_end_addr 0x%x in the Multiboot header is below load_addr 0x%x", loadEnd,
                    loadAddress);
        }
        image.require(fileOffset, fileBytes, "the part that the Multiboot header's address fields name");
        long end = bssEnd == 0 ? loadAddress + fileBytes : bssEnd;
        if (end < loadAddress + fileBytes) {
            throw image.wrong("bss_end_addr 0x%x in the Multiboot header is below the end of what is loaded, 0x%x",
                    bssEnd, loadAddress + fileBytes);
        }
        AddressRange addresses = image.addresses("the image", loadAddress, end - loadAddress);
        return new ElfReader.Program(entry,
                List.of(new Segment("the image", loadAddress, addresses, (int) fileOffset, (int) fileBytes)));
    }
}
