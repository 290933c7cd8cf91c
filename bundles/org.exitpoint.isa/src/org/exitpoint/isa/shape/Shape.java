/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ops.Repeat;

/**
 * An encoding with all fixed that does not differ from instruction to instruction, and its program.
 *
 * @param id small dense number, unique in this process: engines key what they derive from the program by it
 * @param key what fixes it
 * @param program the semantics, preconditions first
 */
public record Shape(int id, ShapeKey key, IrProgram program) {
    /** Whether the program ends by anything but going on to the next instruction. */
    public boolean endsBlock() {
        return switch (program.terminator().op()) {
            case NEXT -> false;
            default -> true;
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return key.row() + " " + key.encoding() + " " + key.mode() + " " + key.operandWidth()
            + (key.memory() ? " memory " + key.addressWidth() : "") + (key.locked() ? " lock" : "")
            + (key.repeat() == Repeat.NONE ? "" : " " + key.repeat());
    }
}
