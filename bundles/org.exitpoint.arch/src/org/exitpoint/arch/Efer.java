/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Bits of the MSR IA32_EFER. */
@Sdm(section = "2.2.1", title = "Extended Feature Enable Register")
public enum Efer implements BitField {
    SCE(0, "SYSCALL enable"),
    LME(8, "IA-32e mode enable"),
    LMA(10, "IA-32e mode active"),
    NXE(11, "Execute disable bit enable");

    private final BitRange range;
    private final String title;

    Efer(int bit, String title) {
        this.range = BitRange.bit(bit);
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
}
