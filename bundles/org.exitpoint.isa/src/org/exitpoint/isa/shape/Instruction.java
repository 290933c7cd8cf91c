/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

/**
 * A decoded instruction: a shape and the slots that it is bound to.
 *
 * @param shape its shape
 * @param length bytes, 1 to 15
 * @param reg register number in the REG slot; 16 and above are AH, CH, DH, BH
 * @param rm register number in the RM slot; 16 and above are AH, CH, DH, BH
 * @param vvvv register number in the VVVV slot
 * @param base base register of the memory operand, {@link #NO_REGISTER} or {@link #RIP}
 * @param index index register of the memory operand or {@link #NO_REGISTER}
 * @param scale shift of the index, 0 to 3
 * @param displacement displacement of the memory operand, sign-extended
 * @param segment segment register number of the memory operand, 0 to 5: its default or an override
 * @param immediate first immediate, sign-extended
 * @param immediate2 second immediate, zero-extended
 */
public record Instruction(Shape shape, int length, int reg, int rm, int vvvv, int base, int index, int scale,
        long displacement, int segment, long immediate, long immediate2) {
    /** No base or index register. */
    public static final int NO_REGISTER = -1;
    /** The base is the next instruction's offset. */
    public static final int RIP = 16;
}
