/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import java.util.List;

import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.translate.bind.BoundProgram;

/**
 * Instructions that are executed one after the other: entered at the first, left after the last.
 *
 * @param position position of the first in its page
 * @param end position after the last
 * @param programs the instructions; none if the first is the interpreter's
 * @param interpreted the interpreter's instruction at {@code end} that the block goes on to, or null if there is none
 * @param entry whether other code than the region's may come here
 */
record Block(int position, int end, List<BoundProgram> programs, Instruction interpreted,
        boolean entry) {
    /** Steps that the block takes. */
    int steps() {
        return programs.size();
    }

    /** Position after the last byte that the block was made of. */
    int decodedEnd() {
        return interpreted == null ? end : end + interpreted.length();
    }

    /** Whether the status flags at the block's start are read, given that they are at its end. */
    boolean markFlags() {
        boolean live = true;
        for (int i = programs.size() - 1; i >= 0; i--) {
            programs.get(i).markAlive(live);
            live = programs.get(i).flagsLiveBefore();
        }
        return live;
    }
}
