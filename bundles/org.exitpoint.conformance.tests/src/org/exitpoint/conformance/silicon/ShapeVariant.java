/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.List;

import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.Shape;

/**
 * Everything that one shape can look like in a mode. Shapes that differ only in what their programs do not depend on
 * are one variant.
 *
 * @param row the row that the encoding belongs to
 * @param encoding the encoding
 * @param mode the mode
 * @param shape the shape that the bytes decode to; that of an invalid opcode if the recipes make one
 * @param recipes the recipes that lead to the shape, those with the fewest prefixes first
 */
record ShapeVariant(Row row, Encoding encoding, SiliconMode mode, Shape shape, List<Recipe> recipes) {
    /** Whether its bytes are no instruction. */
    boolean isInvalid() {
        return shape.key().row() != row;
    }

    @Override
    public String toString() {
        return row + " [" + encoding + "] " + mode + " " + shape.key().operandWidth()
            + (shape.key().memory() ? " memory " + shape.key().addressWidth() : "")
            + (shape.key().locked() ? " LOCK" : "") + " " + shape.key().repeat() + (isInvalid() ? " invalid" : "");
    }
}
