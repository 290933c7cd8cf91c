/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import org.exitpoint.isa.ops.Width;

/** How code is decoded: the default sizes of the code segment. */
public enum CodeMode {
    /** 16-bit default operand and address size. */
    BITS16(Width.I16),
    /** 32-bit default operand and address size; compatibility mode included. */
    BITS32(Width.I32),
    /** 64-bit mode. */
    BITS64(Width.I64);

    private final Width addressWidth;

    CodeMode(Width addressWidth) {
        this.addressWidth = addressWidth;
    }

    /** Default address size. */
    public Width addressWidth() {
        return addressWidth;
    }

    /** The bits that an instruction pointer may have. */
    public long instructionPointerMask() {
        return isLong() ? -1L : 0xFFFF_FFFFL;
    }

    /** Whether this is 64-bit mode. */
    public boolean isLong() {
        return this == BITS64;
    }
}
