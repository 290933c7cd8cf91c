/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

import java.util.List;

/**
 * One encoding of an instruction.
 *
 * <p>The pattern is written as the manual's opcode column, words apart: an optional {@code NP}, {@code 66}, {@code F2}
 * or {@code F3} (mandatory prefix) or {@code NFx} (66 is allowed, F2 and F3 are not), else any prefix is allowed;
 * {@code VEX} for a VEX encoding, the opcode map ({@code 0F}, {@code 0F 38}, {@code 0F 3A} or none), the opcode byte,
 * and then any of {@code /r} (a ModRM byte), {@code /0} to {@code /7} (an opcode extension), {@code +r} (a register in
 * the opcode's low bits), a further hexadecimal byte (the whole ModRM byte), {@code mod=3} or {@code mod!=3},
 * {@code i64} (invalid in 64-bit mode), {@code o64} (only in 64-bit mode), {@code d64} (operand size defaults to 64
 * there), {@code f64} (operand size is 64 there), {@code W0} or {@code W1}, {@code L0} (VEX.L is 0), {@code b=0} (REX.B
 * is 0).
 *
 * @param text the pattern
 * @param map opcode map: 0 none, 1 for 0F, 2 for 0F 38, 3 for 0F 3A
 * @param opcode opcode byte
 * @param prefix mandatory prefix
 * @param vex whether the encoding is VEX
 * @param hasModRm whether a ModRM byte follows
 * @param extension required ModRM reg, or -1
 * @param wholeModRm required ModRM byte, or -1
 * @param registerInOpcode whether the opcode's low three bits are a register
 * @param form what ModRM mod may be
 * @param mode modes in which it is valid
 * @param size rule of the operand size in 64-bit mode
 * @param wideBit required REX.W or VEX.W: 0, 1 or -1 for any
 * @param shortVector whether VEX.L must be 0
 * @param lowRegister whether REX.B must be 0
 * @param operands the operands
 */
public record Encoding(String text, int map, int opcode, Prefix prefix, boolean vex, boolean hasModRm, int extension,
        int wholeModRm, boolean registerInOpcode, Form form, Validity mode, SizeRule size, int wideBit,
        boolean shortVector, boolean lowRegister, List<Operand> operands) {

    /** Mandatory prefix. */
    public enum Prefix {
        /** Prefixes do not choose the encoding. */
        ANY,
        /** None of 66, F2, F3. */
        NONE,
        /** None of F2, F3. */
        NO_REPEAT,
        /** 66. */
        P66,
        /** F2. */
        PF2,
        /** F3. */
        PF3
    }

    /** What ModRM mod may be. */
    public enum Form {
        /** Register or memory. */
        ANY,
        /** Register: mod is 3. */
        REGISTER,
        /** Memory: mod is not 3. */
        MEMORY
    }

    /** Modes in which an encoding is valid. */
    public enum Validity {
        /** All. */
        ALL,
        /** Not 64-bit mode. */
        NOT_LONG,
        /** 64-bit mode only. */
        LONG_ONLY
    }

    /** Operand size in 64-bit mode. */
    public enum SizeRule {
        /** 32 by default. */
        NORMAL,
        /** 64 by default; 66 makes it 16. */
        DEFAULT_64,
        /** Always 64. */
        FORCED_64
    }

    /** Whether the encoding has a memory form. */
    public boolean canBeMemory() {
        return form != Form.REGISTER && operands.stream().anyMatch(Operand::isModRmMemory);
    }

    /** Whether the instruction is a byte form: its operand size is a byte. */
    public boolean isByteForm() {
        return operands.stream().noneMatch(o -> o.size() == Operand.Size.OPERAND)
            && operands.stream().anyMatch(o -> o.size() == Operand.Size.BYTE);
    }

    /** Reads a pattern. Throws {@link IllegalArgumentException} when it is malformed. */
    public static Encoding of(String pattern, Operand... operands) {
        return new EncodingParser(pattern, List.of(operands)).parse();
    }

    @Override
    public String toString() {
        return text + " " + operands;
    }
}
