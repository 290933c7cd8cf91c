/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.pic;

/** Command-word bits of the 8259A data sheet, "Initialization Command Words" and "Operation Command Words". */
final class Pic8259Registers {
    /** Address line A0 low: ICW1, OCW2 and OCW3; reads IRR, ISR or the poll word. */
    static final int A0_LOW = 0;

    /** ICW1: this write starts an initialization sequence. */
    static final int ICW1 = 1 << 4;
    static final int ICW1_IC4 = 1;
    static final int ICW1_SNGL = 1 << 1;
    static final int ICW1_LTIM = 1 << 3;

    static final int ICW2_VECTOR_MASK = 0xF8;

    static final int ICW4_AEOI = 1 << 1;
    static final int ICW4_SFNM = 1 << 4;

    /** With A0 low and {@link #ICW1} clear: OCW3, else OCW2. */
    static final int OCW3 = 1 << 3;
    static final int OCW3_RIS = 1;
    static final int OCW3_RR = 1 << 1;
    static final int OCW3_POLL = 1 << 2;
    static final int OCW3_SMM = 1 << 5;
    static final int OCW3_ESMM = 1 << 6;

    static final int OCW2_LEVEL_MASK = 7;
    static final int OCW2_COMMAND_SHIFT = 5;
    static final int OCW2_CLEAR_ROTATE_ON_AUTOMATIC_EOI = 0;
    static final int OCW2_NON_SPECIFIC_EOI = 1;
    static final int OCW2_SPECIFIC_EOI = 3;
    static final int OCW2_SET_ROTATE_ON_AUTOMATIC_EOI = 4;
    static final int OCW2_ROTATE_ON_NON_SPECIFIC_EOI = 5;
    static final int OCW2_SET_PRIORITY = 6;
    static final int OCW2_ROTATE_ON_SPECIFIC_EOI = 7;

    static final int POLL_PENDING = 1 << 7;

    private Pic8259Registers() {
    }
}
