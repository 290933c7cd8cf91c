/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** The memory operand of an instruction as text. */
final class MemoryText {
    private static final int STACK_POINTER = GeneralRegister.RSP.number();
    private static final int FRAME_POINTER = 5;

    private final Instruction instruction;
    private final Width addressWidth;

    MemoryText(Instruction instruction) {
        this.instruction = instruction;
        this.addressWidth = instruction.shape().key().addressWidth();
    }

    /** The address in brackets, or {@code ds:0x1234} for an absolute one. */
    String address() {
        String registers = registers();
        if (registers.isEmpty()) {
            return segment(true) + hex(instruction.displacement() & addressWidth.mask());
        }
        long displacement = instruction.displacement();
        String tail = displacement == 0 && instruction.base() != Instruction.RIP ? ""
            : displacement < 0 ? "-" + hex(-displacement) : "+" + hex(displacement);
        return segment(false) + "[" + registers + tail + "]";
    }

    /** The absolute offset in the code that an operand is. */
    String absolute() {
        return segment(true) + hex(instruction.displacement() & addressWidth.mask());
    }

    private String registers() {
        StringBuilder text = new StringBuilder();
        if (instruction.base() == Instruction.RIP) {
            text.append(addressWidth == Width.I64 ? "rip" : "eip");
        } else if (instruction.base() != Instruction.NO_REGISTER) {
            text.append(RegisterNames.general(instruction.base(), addressWidth));
        }
        if (instruction.index() != Instruction.NO_REGISTER) {
            text.append(text.isEmpty() ? "" : "+").append(RegisterNames.general(instruction.index(), addressWidth));
            if (addressWidth != Width.I16) {
                text.append('*').append(1 << instruction.scale());
            }
        }
        return text.toString();
    }

    private String segment(boolean always) {
        int number = instruction.segment();
        boolean stack = instruction.base() == STACK_POINTER || instruction.base() == FRAME_POINTER;
        int natural = stack ? Segment.SS.ordinal() : Segment.DS.ordinal();
        return always || number != natural ? RegisterNames.segment(number) + ":" : "";
    }

    /** A number in hexadecimal; negative ones count as unsigned. */
    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
