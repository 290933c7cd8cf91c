/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;

/**
 * The memory operand of the instruction being decoded (SDM vol. 2, "Addressing-Mode Encoding of ModR/M and SIB Bytes").
 */
final class MemoryOperand {
    private static final int BX = 3;
    private static final int SP = 4;
    private static final int BP = 5;
    private static final int SI = 6;
    private static final int DI = 7;
    private static final int[] BASE_16 = {BX, BX, BP, BP, SI, DI, BP, BX};
    private static final int[] INDEX_16 = {SI, DI, SI, DI, -1, -1, -1, -1};

    int base;
    int index;
    int scale;
    long displacement;
    int defaultSegment;

    void clear() {
        base = Instruction.NO_REGISTER;
        index = Instruction.NO_REGISTER;
        scale = 0;
        displacement = 0;
        defaultSegment = Segment.DS.ordinal();
    }

    /** Takes a ModRM byte that denotes memory, and its SIB byte or -1; gives the number of displacement bytes. */
    int set(int modRm, int sib, Prefixes prefixes, Width addressWidth, CodeMode mode) {
        return addressWidth == Width.I16 ? set16(modRm) : set32(modRm, sib, prefixes, mode);
    }

    private int set16(int modRm) {
        int mod = modRm >> 6;
        int rm = modRm & 7;
        if (mod == 0 && rm == 6) {
            return 2;
        }
        base = BASE_16[rm];
        index = INDEX_16[rm];
        stackDefault(base == BP);
        return mod;
    }

    private int set32(int modRm, int sib, Prefixes prefixes, CodeMode mode) {
        int mod = modRm >> 6;
        int low = modRm & 7;
        if (sib >= 0) {
            int indexNumber = sib >> 3 & 7 | prefixes.highIndex();
            if (indexNumber != SP) {
                index = indexNumber;
                scale = sib >> 6;
            }
            low = sib & 7;
        }
        if (mod == 0 && low == BP) {
            base = sib < 0 && mode.isLong() ? Instruction.RIP : Instruction.NO_REGISTER;
            return 4;
        }
        base = low | prefixes.highBase();
        stackDefault(base == SP || base == BP);
        return mod == 2 ? 4 : mod;
    }

    private void stackDefault(boolean stack) {
        if (stack) {
            defaultSegment = Segment.SS.ordinal();
        }
    }
}
