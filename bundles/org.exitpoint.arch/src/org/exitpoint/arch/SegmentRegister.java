/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.List;

/**
 * The segment registers, in the order of their numbers in instruction encodings, then LDTR and TR, which have none but
 * follow GS in the VMCS.
 */
@Sdm(section = "3.4.3", title = "Segment Registers")
public enum SegmentRegister {
    ES, CS, SS, DS, FS, GS, LDTR, TR;

    /** The registers that MOV and address prefixes can name: ES to GS. */
    public static final List<SegmentRegister> USER = List.of(ES, CS, SS, DS, FS, GS);

    private static final SegmentRegister[] ALL = values();

    /**
     * The number: for ES to GS that of instruction encodings.
     *
     * @return 0 to 7
     */
    public int number() {
        return ordinal();
    }

    /**
     * Whether the register holds a system segment.
     *
     * @return true for LDTR and TR
     */
    public boolean isSystem() {
        return ordinal() >= LDTR.ordinal();
    }

    /**
     * Finds a register by its number.
     *
     * @param number 0 to 7
     * @return the register
     * @throws IndexOutOfBoundsException for any other number
     */
    public static SegmentRegister ofNumber(int number) {
        return ALL[number];
    }
}
