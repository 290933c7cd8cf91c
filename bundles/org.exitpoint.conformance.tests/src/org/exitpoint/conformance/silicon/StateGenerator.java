/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.SplittableRandom;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.ShapeKey;

/** Makes states to start an instruction from: edge values, and pointers that mostly lead to the data window. */
final class StateGenerator {
    private static final int AX = 0;
    private static final int CX = 1;
    private static final int DX = 2;
    private static final int BX = 3;
    private static final int SP = 4;
    private static final int BP = 5;
    private static final int SI = 6;
    private static final int DI = 7;
    private static final int[] POINTERS = {BX, BP, SI, DI};
    private static final long FLAGS = Rflags.STATUS_MASK | BitField.maskOf(Rflags.DF);
    private static final long FIXED_FLAGS = BitField.maskOf(Rflags.FIXED1, Rflags.IF);
    /** Where the upper half of ESP comes from when IRET loads a 16-bit stack segment: the runner's stack. */
    private static final long RUNNER_STACK = 0x3000_0000L;

    private final SplittableRandom random;
    private final EdgeValues edges;

    StateGenerator(SplittableRandom random) {
        this.random = random;
        this.edges = new EdgeValues(random);
    }

    /** Fills a state for an instruction. */
    void fill(StartState state, Encoded encoded, SiliconMode mode) {
        Instruction instruction = encoded.instruction();
        ShapeKey key = instruction.shape().key();
        state.rip = encoded.rip();
        state.rflags = random.nextLong() & FLAGS | FIXED_FLAGS;
        state.fsBase = segmentBase();
        state.gsBase = segmentBase();
        for (int i = 0; i < 16; i++) {
            state.registers[i] = edges.next();
        }
        if (edges.oneIn(8)) {
            state.registers[random.nextInt(mode.registers())] = state.registers[random.nextInt(mode.registers())];
        }
        if (edges.oneIn(2)) {
            state.registers[CX] = state.registers[CX] & ~0xFFL | edges.small() & 0xFF;
        }
        fillOperands(state, key, instruction);
        fillPointers(state, key.encoding(), mode);
        fillCount(state, key);
        if (key.memory()) {
            pointToWindow(state, instruction, mode);
        }
        narrow(state, mode);
    }

    private long segmentBase() {
        return edges.oneIn(4) ? Window.DATA + random.nextInt(0x8000) : Window.DATA;
    }

    /** Makes operands likely whose instruction otherwise ends in a fault almost always. */
    private void fillOperands(StartState state, ShapeKey key, Instruction instruction) {
        String mnemonic = key.row().mnemonic();
        long[] registers = state.registers;
        if (mnemonic.endsWith("DIV") && !edges.oneIn(4)) {
            Width width = key.operandWidth();
            boolean negative = mnemonic.equals("IDIV") && (registers[AX] & width.signBit()) != 0;
            registers[DX] = edges.oneIn(2) ? random.nextInt(16) : negative ? -1 : 0;
            if (width == Width.I8) {
                registers[AX] = (short) random.nextInt(1 << 16) >> random.nextInt(16);
            }
        }
        if (mnemonic.startsWith("BT") && instruction.reg() < RegisterSlot.HIGH_BYTE && !edges.oneIn(16)) {
            registers[instruction.reg()] = random.nextInt(0x4000) - 0x2000;
        }
    }

    private void fillPointers(StartState state, Encoding encoding, SiliconMode mode) {
        boolean string = ShapeEncoder.has(encoding, Operand.Place.STRING_SOURCE)
            || ShapeEncoder.has(encoding, Operand.Place.STRING_DESTINATION);
        for (int register : POINTERS) {
            if (string ? !edges.oneIn(32) : edges.oneIn(2)) {
                state.registers[register] = address() - mode.dataBase();
            }
        }
        if (!edges.oneIn(64)) {
            state.registers[SP] = address() - mode.dataBase();
        }
    }

    private void fillCount(StartState state, ShapeKey key) {
        if (key.repeat() != Repeat.NONE) {
            Width width = key.addressWidth();
            long count = edges.oneIn(16) ? edges.next() : random.nextInt(6);
            state.registers[CX] = state.registers[CX] & ~width.mask() | count & width.mask();
        }
    }

    /** An address in the window; its ends and page boundaries more often than not near, so that accesses cross them. */
    private long address() {
        return switch (random.nextInt(16)) {
            case 0 -> Window.DATA + random.nextInt(24) - 8;
            case 1 -> Window.DATA + 0x1_0000 + random.nextInt(24) - 12;
            case 2 -> Window.DATA + (1 + random.nextInt(15)) * 0x1000 + random.nextInt(24) - 12;
            case 3, 4, 5, 6 -> Window.DATA + 0x800 + (random.nextInt(0xF000) & ~15);
            default -> Window.DATA + 0x800 + random.nextInt(0xF000);
        };
    }

    /** Sets base and index registers so that the memory operand is in the window, but for a few cases. */
    private void pointToWindow(StartState state, Instruction instruction, SiliconMode mode) {
        if (edges.oneIn(48)) {
            return;
        }
        long offset = address() - baseOf(state, instruction, mode) - instruction.displacement();
        int base = instruction.base();
        int index = instruction.index();
        Width width = instruction.shape().key().addressWidth();
        if (base >= 0 && base == index) {
            set(state, base, width, Long.divideUnsigned(offset & width.mask(), 1 + (1L << instruction.scale())));
        } else if (base >= 0 && base != Instruction.RIP) {
            long scaled = index < 0 ? 0 : state.registers[index] << instruction.scale();
            set(state, base, width, offset - scaled);
        } else if (index >= 0) {
            set(state, index, width, offset >> instruction.scale());
        }
    }

    /** Sets the part of a register that addresses use; the rest need not be zero. */
    private static void set(StartState state, int register, Width width, long value) {
        state.registers[register] = state.registers[register] & ~width.mask() | value & width.mask();
    }

    private static long baseOf(StartState state, Instruction instruction, SiliconMode mode) {
        if (instruction.segment() == Segment.FS.ordinal()) {
            return state.fsBase;
        }
        return instruction.segment() == Segment.GS.ordinal() ? state.gsBase : mode.dataBase();
    }

    private static void narrow(StartState state, SiliconMode mode) {
        if (mode == SiliconMode.LONG) {
            return;
        }
        for (int i = 0; i < mode.registers(); i++) {
            state.registers[i] &= 0xFFFF_FFFFL;
        }
        if (mode == SiliconMode.PROTECTED16) {
            state.registers[SP] = RUNNER_STACK | state.registers[SP] & 0xFFFF;
        }
    }
}
