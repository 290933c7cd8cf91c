/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.exitpoint.platform.memory.AddressRange;

/** Little-endian reading of an image file, with the checks that every format needs. */
final class ImageBytes {
    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle U64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** No x86 processor has more physical-address bits. */
    private static final int PHYSICAL_ADDRESS_BITS = 52;

    private final ImageFile file;

    ImageBytes(ImageFile file) {
        this.file = file;
    }

    int size() {
        return file.bytes().length;
    }

    int u8(int offset) {
        return file.bytes()[offset] & 0xFF;
    }

    int u16(int offset) {
        return (short) U16.get(file.bytes(), offset) & 0xFFFF;
    }

    long u32(int offset) {
        return (int) U32.get(file.bytes(), offset) & 0xFFFF_FFFFL;
    }

    long u64(int offset) {
        return (long) U64.get(file.bytes(), offset);
    }

    ImageException wrong(String format, Object... arguments) {
        return new ImageException(file.file(), format, arguments);
    }

    /** Throws unless the file holds {@code length} bytes at an offset; both are unsigned. */
    void require(long offset, long length, String what) throws ImageException {
        boolean absurd = offset < 0 || length < 0;
        if (absurd || offset > size() || length > size() - offset) {
            throw wrong("truncated: %s needs 0x%x bytes at offset 0x%x, but the file has only 0x%x", what, length,
                    offset, size());
        }
    }

    /** The range of physical addresses; throws if it is beyond what a processor can address. Both are unsigned. */
    AddressRange addresses(String what, long start, long length) throws ImageException {
        long limit = 1L << PHYSICAL_ADDRESS_BITS;
        if (start < 0 || length < 0 || start > limit || length > limit - start) {
            throw wrong("%s of 0x%x bytes at physical address 0x%x is beyond the %d-bit physical addresses of x86",
                    what, length, start, PHYSICAL_ADDRESS_BITS);
        }
        return new AddressRange(start, start + length);
    }
}
