/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import org.exitpoint.isa.ops.Width;

/** Prefixes, opcode, ModRM, SIB and displacement of the instructions that {@link HostAssembler} names. */
final class InstructionEncoder {
    private static final int REX = 0x40;
    private static final int REX_W = 8;
    private static final int NO_BASE = 5;
    private static final int SIB_FOLLOWS = 4;

    private final CodeBuffer buffer;

    InstructionEncoder(CodeBuffer buffer) {
        this.buffer = buffer;
    }

    /** A legacy-encoded instruction: opcode bytes most significant first, in up to three bytes. */
    void legacy(Width width, int prefix, int opcode, int reg, HostOperand rm, boolean byteReg, boolean byteRm) {
        if (width == Width.I16) {
            buffer.put8(0x66);
        }
        if (prefix != 0) {
            buffer.put8(prefix);
        }
        int rex = (width == Width.I64 ? REX_W : 0) | reg >> 3 << 2 | rexOf(rm);
        if (rex != 0 || byteReg && reg >= 4 || byteRm && rm instanceof HostRegister r && r.ordinal() >= 4) {
            buffer.put8(REX | rex);
        }
        if (opcode > 0xFFFF) {
            buffer.put8(opcode >> 16);
        }
        if (opcode > 0xFF) {
            buffer.put8(opcode >> 8);
        }
        buffer.put8(opcode);
        modRm(reg, rm);
    }

    /** A VEX-encoded instruction of 32 or 64 bits: map 2 or 3, prefix 0 to 3 for none, 66, F3, F2. */
    void vex(Width width, int map, int prefix, int opcode, int reg, int vvvv, HostOperand rm) {
        int rex = reg >> 3 << 2 | rexOf(rm);
        buffer.put8(0xC4);
        buffer.put8(~rex << 5 & 0xE0 | map);
        buffer.put8((width == Width.I64 ? 0x80 : 0) | (~vvvv & 15) << 3 | prefix);
        buffer.put8(opcode);
        modRm(reg, rm);
    }

    /** An instruction with the register in its opcode byte. */
    void opcodeRegister(boolean wide, int opcode, int register) {
        int rex = (wide ? REX_W : 0) | register >> 3;
        if (rex != 0) {
            buffer.put8(REX | rex);
        }
        if (opcode > 0xFF) {
            buffer.put8(opcode >> 8);
        }
        buffer.put8(opcode & 0xFF | register & 7);
    }

    private static int rexOf(HostOperand rm) {
        return switch (rm) {
            case HostRegister register -> register.ordinal() >> 3;
            case HostAddress address -> (address.index() == null ? 0 : address.index().ordinal() >> 3 << 1)
                | (address.base() == null ? 0 : address.base().ordinal() >> 3);
        };
    }

    private void modRm(int reg, HostOperand rm) {
        int middle = (reg & 7) << 3;
        switch (rm) {
            case HostRegister register -> buffer.put8(0xC0 | middle | register.ordinal() & 7);
            case HostAddress address -> memory(middle, address);
        }
    }

    private void memory(int middle, HostAddress address) {
        int displacement = address.displacement();
        int base = address.base() == null ? NO_BASE : address.base().ordinal() & 7;
        int mod = address.base() == null || displacement == 0 && base != NO_BASE ? 0
            : displacement == (byte) displacement ? 1 : 2;
        boolean sib = address.index() != null || address.base() == null || base == SIB_FOLLOWS;
        buffer.put8(mod << 6 | middle | (sib ? SIB_FOLLOWS : base));
        if (sib) {
            int index = address.index() == null ? SIB_FOLLOWS : address.index().ordinal() & 7;
            buffer.put8(address.scale() << 6 | index << 3 | base);
        }
        if (mod == 1) {
            buffer.put8(displacement);
        } else if (mod == 2 || address.base() == null) {
            buffer.put32(displacement);
        }
    }
}
