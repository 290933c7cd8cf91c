/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;

/**
 * The code of one page.
 *
 * @param offset offset of the page's first byte in the code segment
 * @param bytes the page
 * @param mode code mode
 * @param stackWidth width of the stack pointer
 */
public record CodePage(long offset, byte[] bytes, CodeMode mode, Width stackWidth) {
    /** Whether an offset in the code segment is in the page. */
    boolean contains(long codeOffset) {
        return (codeOffset & -bytes.length) == offset;
    }

    /** Position in the page of an offset in the code segment. */
    public int position(long codeOffset) {
        return (int) codeOffset & bytes.length - 1;
    }

    /** The instruction at a position, or null if it goes beyond the page. */
    Instruction decode(Decoder decoder, int position) {
        return decoder.decode(bytes, position, bytes.length - position, mode, stackWidth);
    }
}
