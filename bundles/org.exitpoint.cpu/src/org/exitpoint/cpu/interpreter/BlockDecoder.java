/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.exitpoint.cpu.memory.CodeMemory;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.machine.PhysicalMemory;

/** Decodes the instructions of a block, up to its end, the end of the page or the segment, or a fixed number. */
final class BlockDecoder {
    private static final int MAX_INSTRUCTIONS = 64;

    private final CodeMemory code;
    private final Decoder decoder;
    private final Function<Shape, ShapeCode> codes;
    private final byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
    private final byte[] straddling = new byte[Decoder.MAX_LENGTH];

    BlockDecoder(CodeMemory code, Decoder decoder, Function<Shape, ShapeCode> codes) {
        this.code = code;
        this.decoder = decoder;
        this.codes = codes;
    }

    /** The block at an offset whose physical address is known; null if its first instruction goes beyond the page. */
    Block decode(long key, long offset, long physical, CodeMode mode, Width stackWidth) {
        int wanted = (int) Math.min(MAX_INSTRUCTIONS * Decoder.MAX_LENGTH,
            PhysicalMemory.PAGE_SIZE - (physical & PhysicalMemory.PAGE_SIZE - 1));
        int available = code.read(offset, physical, page, page.length - wanted);
        int from = page.length - wanted;
        List<Instruction> instructions = new ArrayList<>();
        int at = 0;
        while (instructions.size() < MAX_INSTRUCTIONS && at < available) {
            Instruction insn = decoder.decode(page, from + at, available - at, mode, stackWidth);
            if (insn == null) {
                break;
            }
            instructions.add(insn);
            at += insn.length();
            if (insn.shape().endsBlock()) {
                break;
            }
        }
        return instructions.isEmpty() ? null
            : new Block(key, physical, at, instructions.toArray(Instruction[]::new),
                instructions.stream().map(insn -> codes.apply(insn.shape())).toArray(ShapeCode[]::new));
    }

    /** The instruction at an offset that goes beyond its page; raises the fault of the second fetch. */
    Instruction decodeStraddling(long offset, long physical, CodeMode mode, Width stackWidth) {
        int first = code.read(offset, physical, straddling, 0);
        long second = offset + first & mode.instructionPointerMask();
        int all = first + code.read(second, code.physical(second), straddling, first);
        Instruction insn = decoder.decode(straddling, 0, all, mode, stackWidth);
        if (insn == null) {
            code.physical(offset + all & mode.instructionPointerMask());
            throw new IllegalStateException("a fetch beyond the code segment's limit did not fault");
        }
        return insn;
    }
}
