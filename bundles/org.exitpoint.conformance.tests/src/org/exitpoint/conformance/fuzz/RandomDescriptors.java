/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.util.SplittableRandom;

import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;

/** Random descriptor tables: what a program needs to go on is there, the rest is random; handlers stand in the code. */
final class RandomDescriptors {
    static final int TSS_SELECTOR = 0x40;
    private static final long FLAT = 0x00CF_0000_0000_FFFFL;
    private static final int RIGHTS = 40;

    private final SplittableRandom random;
    private final PhysicalMemory memory;
    private final StartMode mode;

    RandomDescriptors(SplittableRandom random, PhysicalMemory memory, StartMode mode) {
        this.random = random;
        this.memory = memory;
        this.mode = mode;
    }

    /** Selector of the code segment of level 0 or 3. */
    static int code(int level) {
        return level == 0 ? 0x08 : 0x1B;
    }

    /** Selector of the data segment of level 0 or 3. */
    static int data(int level) {
        return level == 0 ? 0x10 : 0x23;
    }

    /** Writes GDT, IDT and TSS. */
    void write(int level) {
        for (int i = 0; i < FuzzLayout.GDT_ENTRIES; i++) {
            memory.write(FuzzLayout.GDT + 8 * i, 8, random.nextLong());
        }
        for (int privilege = 0; privilege <= 3; privilege += 3) {
            memory.write(FuzzLayout.GDT + (code(privilege) & -8), 8, codeDescriptor() | (long) privilege << 45);
            long big = mode.code() == CodeMode.BITS16 ? FLAT & ~(1L << 54) | base(FuzzLayout.DATA) : FLAT;
            memory.write(FuzzLayout.GDT + (data(privilege) & -8), 8, big | 0x93L << RIGHTS | (long) privilege << 45);
        }
        long available = 0x89L << RIGHTS;
        memory.write(FuzzLayout.GDT + TSS_SELECTOR, 8, available | base(FuzzLayout.TSS) | 0xFFF);
        memory.write(FuzzLayout.GDT + TSS_SELECTOR + 8, 8, 0);
        for (int i = 0; i < 0x1000; i += 4) {
            memory.write(FuzzLayout.TSS + i, 4, mode.isIa32e() ? 0 : random.nextInt());
        }
        stacks();
        handlers(level);
    }

    private static long base(long address) {
        return (address & 0xFF_FFFF) << 16 | (address >>> 24 & 0xFF) << 56;
    }

    private long codeDescriptor() {
        long rights = FLAT | 0x9BL << RIGHTS;
        return switch (mode.code()) {
            case BITS16 -> rights & ~(1L << 54) | base(FuzzLayout.CODE);
            case BITS32 -> rights;
            case BITS64 -> rights & ~(1L << 54) | 1L << 53;
        };
    }

    private void stacks() {
        if (mode.isIa32e()) {
            for (int i = 0; i < 3; i++) {
                memory.write(FuzzLayout.TSS + 4 + 8 * i, 8, FuzzLayout.STACK);
            }
            for (int i = 0; i < 7; i++) {
                memory.write(FuzzLayout.TSS + 36 + 8 * i, 8, FuzzLayout.STACK);
            }
        } else {
            memory.write(FuzzLayout.TSS + 4, 4, FuzzLayout.STACK);
            memory.write(FuzzLayout.TSS + 8, 4, data(0));
        }
    }

    private void handlers(int level) {
        for (int vector = 0; vector < 256; vector++) {
            long target = random.nextInt(FuzzLayout.CODE_BYTES) + (mode.code() == CodeMode.BITS16 ? 0
                : FuzzLayout.CODE);
            int selector = mode.isIa32e() && mode != StartMode.LONG ? 0x50 : code(random.nextInt(2) == 0 ? level : 0);
            long rights = 0x8E + random.nextInt(2) + random.nextInt(4) * 0x20;
            long gate = target & 0xFFFF | (long) selector << 16 | rights << RIGHTS | (target & 0xFFFF_0000L) << 32;
            if (mode == StartMode.REAL) {
                memory.write(FuzzLayout.IDT + 4 * vector, 4, target | FuzzLayout.CODE >> 4 << 16);
            } else if (mode.isIa32e()) {
                memory.write(FuzzLayout.IDT + 16 * vector, 8, gate | random.nextLong(4) << 32);
                memory.write(FuzzLayout.IDT + 16 * vector + 8, 8, 0);
            } else {
                memory.write(FuzzLayout.IDT + 8 * vector, 8, gate);
            }
        }
        if (mode.isIa32e()) {
            long wide = (FLAT | 0x9BL << RIGHTS) & ~(1L << 54) | 1L << 53;
            memory.write(FuzzLayout.GDT + 0x50, 8, wide);
        }
    }
}
