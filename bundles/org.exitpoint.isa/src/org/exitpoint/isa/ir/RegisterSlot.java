/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

/**
 * Where a register number comes from, as the auxiliary code of GET_REGISTER and SET_REGISTER: fixed in the shape
 * ({@code 0} to {@code 15}) or bound per instruction. A bound 8-bit register number of {@link #HIGH_BYTE} and above is
 * AH, CH, DH or BH.
 */
public final class RegisterSlot {
    /** Bound: the register in ModRM reg, or in the opcode byte's low bits where there is no ModRM. */
    public static final int REG = 32;
    /** Bound: the register in ModRM rm, or VEX.vvvv where a form has one. */
    public static final int RM = 33;
    /** Bound: the register in VEX.vvvv. */
    public static final int VVVV = 34;
    /** Register number of AH among bound 8-bit numbers; CH, DH and BH follow. */
    public static final int HIGH_BYTE = 16;

    private RegisterSlot() {
    }
}
