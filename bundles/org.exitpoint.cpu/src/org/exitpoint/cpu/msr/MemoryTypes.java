/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.msr;

/** Values that the registers of memory types take: MTRRs and IA32_PAT. Memory types have no effect here. */
final class MemoryTypes {
    private static final int UNCACHEABLE_MINUS = 7;
    private static final long MTRR_TYPES = 1 << 0 | 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6;
    private static final long PAT_TYPES = MTRR_TYPES | 1 << UNCACHEABLE_MINUS;
    private static final long DEFAULT_TYPE_DEFINED = 0xCFF;
    private static final long BASE_RESERVED_LOW = 0xF00;
    private static final long MASK_RESERVED_LOW = 0x7FF;

    private MemoryTypes() {
    }

    /** Whether each byte is a memory type of the page attribute table. */
    static boolean isPat(long value) {
        return everyByte(value, PAT_TYPES);
    }

    /** Whether each byte is a memory type of an MTRR. */
    static boolean isFixedRange(long value) {
        return everyByte(value, MTRR_TYPES);
    }

    /** Whether a value is one of IA32_MTRR_DEF_TYPE. */
    static boolean isDefaultType(long value) {
        return (value & ~DEFAULT_TYPE_DEFINED) == 0 && isType(value & 0xFF, MTRR_TYPES);
    }

    /** Whether a value is one of IA32_MTRR_PHYSBASE. */
    static boolean isVariableBase(long value, int physicalAddressBits) {
        return (value & (BASE_RESERVED_LOW | -1L << physicalAddressBits)) == 0 && isType(value & 0xFF, MTRR_TYPES);
    }

    /** Whether a value is one of IA32_MTRR_PHYSMASK. */
    static boolean isVariableMask(long value, int physicalAddressBits) {
        return (value & (MASK_RESERVED_LOW | -1L << physicalAddressBits)) == 0;
    }

    private static boolean everyByte(long value, long types) {
        for (int i = 0; i < 8; i++) {
            if (!isType(value >>> 8 * i & 0xFF, types)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isType(long type, long types) {
        return type < 8 && (types >>> type & 1) != 0;
    }
}
