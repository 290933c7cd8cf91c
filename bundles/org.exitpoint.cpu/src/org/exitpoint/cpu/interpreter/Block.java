/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import org.exitpoint.isa.shape.Instruction;

/** Consecutive decoded instructions within one page of physical memory. */
final class Block {
    final long key;
    final long physical;
    final int bytes;
    final Instruction[] instructions;
    final ShapeCode[] codes;
    /** Cleared when the guest stores into the block's code. */
    boolean valid = true;

    Block(long key, long physical, int bytes, Instruction[] instructions, ShapeCode[] codes) {
        this.key = key;
        this.physical = physical;
        this.bytes = bytes;
        this.instructions = instructions;
        this.codes = codes;
    }

    boolean overlaps(long address, int length) {
        return address < physical + bytes && physical < address + length;
    }
}
