/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

/** The prefixes of the instruction being decoded. */
final class Prefixes {
    boolean operandSize;
    boolean addressSize;
    boolean lock;
    /** The last of F2 and F3, or 0. */
    int repeat;
    /** Number of the segment override that counts, or -1. */
    int segment;
    /** REX byte, or the equivalent bits of a VEX prefix; 0 for none. */
    int rex;
    /** Whether the encoding is VEX. */
    boolean vex;
    /** Register of VEX.vvvv. */
    int vvvv;
    /** VEX.L. */
    int vexLength;

    void clear() {
        operandSize = false;
        addressSize = false;
        lock = false;
        repeat = 0;
        segment = -1;
        rex = 0;
        vex = false;
        vvvv = 0;
        vexLength = 0;
    }

    boolean wide() {
        return (rex & 8) != 0;
    }

    /** Bit 3 of the register in ModRM reg. */
    int highReg() {
        return (rex & 4) << 1;
    }

    /** Bit 3 of the index register. */
    int highIndex() {
        return (rex & 2) << 2;
    }

    /** Bit 3 of the register in ModRM rm, the base or the opcode. */
    int highBase() {
        return (rex & 1) << 3;
    }
}
