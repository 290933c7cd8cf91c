/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;

/**
 * Writes the bytes of an encoding, and random bytes enough for any immediate after them. Memory operands without a base
 * register lead to the data window; the others are led there by the values of their registers.
 */
final class InstructionWriter {
    private static final int IMMEDIATE_BYTES = 8;
    private static final int USUAL_LENGTH = 7;
    private static final int[] SEGMENT_PREFIXES = {0x26, 0x36, 0x3E, 0x64, 0x65};

    private final SplittableRandom random;
    private final EdgeValues edges;
    private final byte[] bytes = new byte[40];
    private int length;

    InstructionWriter(SplittableRandom random) {
        this.random = random;
        this.edges = new EdgeValues(random);
    }

    /** Bytes of an instruction that stands at an offset of the code segment. */
    byte[] write(Encoding encoding, SiliconMode mode, Recipe recipe, long rip) {
        length = 0;
        int rexBits = mode == SiliconMode.LONG && (recipe.rex() || encoding.vex()) ? random.nextInt(8) : 0;
        if (encoding.lowRegister()) {
            rexBits &= ~1;
        }
        writeLegacyPrefixes(encoding, mode, recipe);
        if (encoding.vex()) {
            writeVex(encoding, mode, recipe, rexBits);
        } else {
            writeRexAndEscapes(encoding, recipe, rexBits);
        }
        put(encoding.opcode() + (encoding.registerInOpcode() ? random.nextInt(8) : 0));
        if (encoding.hasModRm()) {
            writeModRm(encoding, mode, recipe, rexBits, rip);
        }
        writeImmediates(encoding, mode);
        return Arrays.copyOf(bytes, length);
    }

    private void put(long b) {
        bytes[length++] = (byte) b;
    }

    private void put(long value, int count) {
        for (int i = 0; i < count; i++) {
            put(value >> 8 * i);
        }
    }

    private void writeLegacyPrefixes(Encoding encoding, SiliconMode mode, Recipe recipe) {
        List<Integer> prefixes = new ArrayList<>();
        if (recipe.operandSize() || encoding.prefix() == Encoding.Prefix.P66 && !encoding.vex()) {
            prefixes.add(0x66);
        }
        if (recipe.addressSize()) {
            prefixes.add(0x67);
        }
        if (recipe.lock()) {
            prefixes.add(0xF0);
        }
        if (segmentMatters(encoding, recipe) && edges.oneIn(reaches64K(mode, recipe) ? 2 : 8)) {
            prefixes.add(segmentPrefix(mode, recipe));
        }
        if (!encoding.vex()) {
            int repeat = switch (encoding.prefix()) {
                case PF2 -> 0xF2;
                case PF3 -> 0xF3;
                default -> recipe.repeat();
            };
            if (repeat != 0) {
                prefixes.add(repeat);
            }
        }
        Collections.shuffle(prefixes, new Random(random.nextLong()));
        prefixes.forEach(this::put);
    }

    private static boolean segmentMatters(Encoding encoding, Recipe recipe) {
        return recipe.memory() || ShapeEncoder.has(encoding, Operand.Place.STRING_SOURCE)
            || ShapeEncoder.has(encoding, Operand.Place.OFFSET);
    }

    /** Whether offsets are of 16 bits in a flat segment, so that only FS and GS lead to the window. */
    private static boolean reaches64K(SiliconMode mode, Recipe recipe) {
        return mode == SiliconMode.PROTECTED32 && recipe.addressSize();
    }

    private int segmentPrefix(SiliconMode mode, Recipe recipe) {
        return SEGMENT_PREFIXES[reaches64K(mode, recipe) ? 3 + random.nextInt(2) : random.nextInt(5)];
    }

    private void writeRexAndEscapes(Encoding encoding, Recipe recipe, int rexBits) {
        if (recipe.rex()) {
            put(0x40 | (recipe.wide() ? 8 : 0) | rexBits);
        }
        if (encoding.map() > 0) {
            put(0x0F);
        }
        if (encoding.map() > 1) {
            put(encoding.map() == 2 ? 0x38 : 0x3A);
        }
    }

    private void writeVex(Encoding encoding, SiliconMode mode, Recipe recipe, int rexBits) {
        boolean namesRegister = ShapeEncoder.has(encoding, Operand.Place.VVVV);
        int vvvv = namesRegister ? random.nextInt(mode.registers()) : 0;
        int pp = switch (encoding.prefix()) {
            case P66 -> 1;
            case PF3 -> 2;
            case PF2 -> 3;
            default -> 0;
        };
        int last = (~vvvv & 15) << 3 | pp;
        if (encoding.map() == 1 && !recipe.wide() && (rexBits & 3) == 0 && random.nextBoolean()) {
            put(0xC5);
            put((~rexBits & 4) << 5 | last);
        } else {
            put(0xC4);
            put((~rexBits & 7) << 5 | encoding.map());
            put((recipe.wide() ? 0x80 : 0) | last);
        }
    }

    private void writeModRm(Encoding encoding, SiliconMode mode, Recipe recipe, int rexBits, long rip) {
        if (encoding.wholeModRm() >= 0) {
            put(encoding.wholeModRm());
            return;
        }
        int reg = encoding.extension() >= 0 ? encoding.extension() : random.nextInt(8);
        if (!recipe.memory()) {
            put(0xC0 | reg << 3 | random.nextInt(8));
            return;
        }
        int mod = random.nextInt(3);
        int rm = random.nextInt(8);
        put(mod << 6 | reg << 3 | rm);
        boolean short16 = mode.codeMode() != SiliconMode.LONG.codeMode()
            && recipe.addressSize() != (mode == SiliconMode.PROTECTED16);
        if (short16) {
            int count = mod == 0 && rm == 6 ? 2 : mod;
            put(edges.next(), count);
        } else {
            write32BitOperand(mode, mod, rm, rexBits, rip);
        }
    }

    private void write32BitOperand(SiliconMode mode, int mod, int rm, int rexBits, long rip) {
        int base = rm;
        boolean hasIndex = false;
        if (rm == 4) {
            int sib = random.nextInt(256);
            put(sib);
            base = sib & 7;
            hasIndex = (sib >> 3 & 7 | (rexBits & 2) << 2) != 4;
        }
        if (mod == 0 && base == 5) {
            boolean relative = rm == 5 && mode == SiliconMode.LONG;
            long target = Window.DATA - mode.dataBase() + 0x100 + random.nextInt(0xF000);
            put(relative ? target - rip - USUAL_LENGTH : hasIndex ? random.nextInt(0x1000) : target, 4);
        } else if (mod != 0) {
            put(edges.next(), mod == 1 ? 1 : 4);
        }
    }

    private void writeImmediates(Encoding encoding, SiliconMode mode) {
        if (ShapeEncoder.has(encoding, Operand.Place.OFFSET)) {
            put(Window.DATA - mode.dataBase() + 0x100 + random.nextInt(0xF000), IMMEDIATE_BYTES);
        } else if (ShapeEncoder.has(encoding, Operand.Place.RELATIVE) && !edges.oneIn(8)) {
            put(random.nextInt(0x400) - 0x200, IMMEDIATE_BYTES);
        } else {
            put(edges.next(), IMMEDIATE_BYTES);
        }
        put(random.nextLong(), IMMEDIATE_BYTES);
    }
}
