/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** Shifts and rotates, by the extension of opcode group 2. */
public enum Shift {
    /** Rotate left. */
    ROL(0),
    /** Rotate right. */
    ROR(1),
    /** Shift left. */
    SHL(4),
    /** Logical shift right. */
    SHR(5),
    /** Arithmetic shift right. */
    SAR(7);

    private final int extension;

    Shift(int extension) {
        this.extension = extension;
    }

    int extension() {
        return extension;
    }
}
