/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Fields of the error code of exceptions that relate to a segment selector or an IDT entry. */
@Sdm(section = "7.13", title = "Error Code")
public enum SelectorErrorCode implements BitField {
    EXT(0, "External event: the exception occurred during delivery of an event external to the program"),
    IDT(1, "Descriptor location: the index refers to a gate in the IDT"),
    TI(2, "The index refers to the LDT (0: the GDT); only if IDT is 0"),
    INDEX(3, 15, "Selector index");

    private final BitRange range;
    private final String title;

    SelectorErrorCode(int bit, String title) {
        this(bit, bit, title);
    }

    SelectorErrorCode(int low, int high, String title) {
        this.range = new BitRange(low, high);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }

    /**
     * The error code that names a selector.
     *
     * @param selector the selector; its RPL is dropped
     * @param external true for the EXT bit
     * @return a 16-bit error code
     */
    public static int ofSelector(int selector, boolean external) {
        return selector & 0xfffc | (external ? 1 : 0);
    }

    /**
     * The error code that names a gate in the IDT.
     *
     * @param vector 0 to 255
     * @param external true for the EXT bit
     * @return a 16-bit error code
     */
    public static int ofIdtGate(int vector, boolean external) {
        return vector << 3 | (int) IDT.mask() | (external ? 1 : 0);
    }
}
