/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;

/**
 * What fixes a shape.
 *
 * @param row the instruction
 * @param encoding one of its encodings
 * @param mode code mode
 * @param operandWidth I8 for a byte form, else the operand size
 * @param wide whether REX.W or VEX.W is set
 * @param addressWidth address size
 * @param stackWidth width of the stack pointer
 * @param memory whether ModRM denotes memory
 * @param repeat repeat prefix, NONE for rows that it makes no forms of
 * @param locked whether there is a LOCK prefix
 */
public record ShapeKey(Row row, Encoding encoding, CodeMode mode, Width operandWidth, boolean wide, Width addressWidth,
        Width stackWidth, boolean memory, Repeat repeat, boolean locked) {

    /** Width of an operand in this shape. */
    public Width widthOf(Operand operand) {
        return switch (operand.size()) {
            case BYTE, NONE -> Width.I8;
            case WORD, WORD_IMMEDIATE -> Width.I16;
            case DOUBLEWORD -> Width.I32;
            case QUADWORD -> Width.I64;
            case WORD_OR_DOUBLE -> operandWidth == Width.I16 ? Width.I16 : Width.I32;
            case OPERAND, OPERAND_FROM -> operandWidth;
            case DOUBLE_OR_QUAD -> wide ? Width.I64 : Width.I32;
            case MODE -> mode.isLong() ? Width.I64 : Width.I32;
        };
    }

    /** Whether an operand is in memory in this shape. */
    public boolean isMemory(Operand operand) {
        return switch (operand.place()) {
            case MEMORY, OFFSET, STRING_SOURCE, STRING_DESTINATION -> true;
            case RM -> memory;
            default -> false;
        };
    }
}
