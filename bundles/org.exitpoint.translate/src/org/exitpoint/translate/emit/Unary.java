/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** One-operand instructions of opcode groups 3 to 5. */
public enum Unary {
    /** One's complement; leaves the flags alone. */
    NOT(0xF6, 2),
    /** Two's complement. */
    NEG(0xF6, 3),
    /** Unsigned product of the accumulator into RDX:RAX. */
    MUL(0xF6, 4),
    /** Signed product of the accumulator into RDX:RAX. */
    IMUL(0xF6, 5),
    /** Unsigned division of RDX:RAX. */
    DIV(0xF6, 6),
    /** Signed division of RDX:RAX. */
    IDIV(0xF6, 7),
    /** Increment. */
    INC(0xFE, 0),
    /** Decrement. */
    DEC(0xFE, 1);

    private final int opcode;
    private final int extension;

    Unary(int opcode, int extension) {
        this.opcode = opcode;
        this.extension = extension;
    }

    /** Opcode of the byte form; the other is one above. */
    int opcode() {
        return opcode;
    }

    int extension() {
        return extension;
    }
}
