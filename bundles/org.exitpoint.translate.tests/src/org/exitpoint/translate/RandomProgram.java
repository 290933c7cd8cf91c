/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.translate.bind.Binder;

/**
 * Makes straight-line programs of instructions that engine 1 emits code for, ended by HLT, and states to run them on.
 */
final class RandomProgram {
    private static final long[] EDGES = {0, 1, 2, 31, 32, 63, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFFL,
        0x8000_0000L, 0xFFFF_FFFFL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -128};
    private static final int MAX_BLOCK = 6;
    private static final byte HLT = (byte) 0xF4;

    private final Random random;
    private final CodeMode mode;
    private final Decoder decoder = new Decoder();

    RandomProgram(Random random, CodeMode mode) {
        this.random = random;
        this.mode = mode;
    }

    byte[] bytes(int instructions) {
        byte[] program = new byte[instructions * Decoder.MAX_LENGTH + 1];
        int length = 0;
        for (int i = 0; i < instructions; i++) {
            length = add(program, length);
        }
        program[length++] = HLT;
        return Arrays.copyOf(program, length);
    }

    /** Blocks of such instructions that end in jumps to each other, calls and returns; the last ends in HLT. */
    byte[] branching(int blocks) {
        ByteBuffer program = ByteBuffer.allocate(blocks * (MAX_BLOCK * Decoder.MAX_LENGTH + 6) + 1)
            .order(ByteOrder.LITTLE_ENDIAN);
        int[] starts = new int[blocks];
        int[] branches = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            starts[i] = program.position();
            byte[] block = bytes(random.nextInt(MAX_BLOCK));
            program.put(block, 0, block.length - 1);
            branches[i] = putBranch(program);
        }
        program.put(HLT);
        for (int at : branches) {
            if (at > 0) {
                program.putInt(at, starts[random.nextInt(blocks)] - at - 4);
            }
        }
        return Arrays.copyOf(program.array(), program.position());
    }

    /** Puts a branch; gives where its displacement belongs, or 0. */
    private int putBranch(ByteBuffer program) {
        switch (random.nextInt(8)) {
            case 0 -> program.put((byte) 0xE8);
            case 1 -> program.put((byte) 0xE9);
            case 2 -> {
                program.put((byte) 0xC3);
                return 0;
            }
            default -> program.put((byte) 0x0F).put((byte) (0x80 | random.nextInt(16)));
        }
        program.putInt(0);
        return program.position() - 4;
    }

    private int add(byte[] program, int at) {
        byte[] bytes = new byte[Decoder.MAX_LENGTH];
        while (true) {
            fill(bytes);
            Instruction insn = decoder.decode(bytes, 0, bytes.length, mode, mode.isLong() ? Width.I64 : Width.I32);
            if (insn != null && EnumSet.of(IrOp.NEXT, IrOp.REPEAT).contains(insn.shape().program().terminator().op())
                && Binder.bind(insn, TestMachine.CODE, true).isEmittable()) {
                System.arraycopy(bytes, 0, program, at, insn.length());
                return at + insn.length();
            }
        }
    }

    private void fill(byte[] bytes) {
        random.nextBytes(bytes);
        int at = 0;
        if (random.nextInt(5) == 0) {
            bytes[at++] = 0x66;
        }
        if (random.nextInt(12) == 0) {
            bytes[at++] = (byte) (random.nextBoolean() ? 0xF2 : 0xF3);
        }
        if (mode.isLong() && random.nextInt(3) != 0) {
            bytes[at++] = (byte) (0x40 | random.nextInt(16));
        }
        int map = random.nextInt(8);
        if (map < 3) {
            bytes[at++] = 0x0F;
            if (map == 0 && random.nextInt(4) == 0) {
                bytes[at++] = 0x38;
            }
        }
        at++;
        if (random.nextInt(4) == 0) {
            bytes[at] |= (byte) 0xC0;
        } else if (random.nextInt(3) != 0) {
            bytes[at] = (byte) (bytes[at] & 0x3F | 0x40);
        }
    }

    long value() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> TestMachine.DATA + 0x100 + random.nextInt(TestMachine.DATA_BYTES - 0x200);
            case 2 -> EDGES[random.nextInt(EDGES.length)];
            case 3 -> EDGES[random.nextInt(EDGES.length)] + random.nextInt(5) - 2;
            case 4 -> random.nextInt(256);
            default -> random.nextLong();
        };
    }

    void start(TestMachine... machines) {
        long[] registers = new long[16];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = mode.isLong() ? value() : i < 8 ? value() & 0xFFFF_FFFFL : 0;
        }
        if (random.nextInt(8) != 0) {
            registers[4] = TestMachine.STACK;
        }
        long flags = random.nextInt() & 0xCD5;
        byte[] data = new byte[TestMachine.DATA_BYTES];
        random.nextBytes(data);
        for (TestMachine machine : machines) {
            for (int i = 0; i < registers.length; i++) {
                machine.state.setRegister(i, registers[i]);
            }
            machine.state.setRflags(flags & ~0x400);
            machine.state.setRip(TestMachine.CODE);
            machine.state.set8(GuestState.ACTIVITY, 0);
            machine.state.set8(GuestState.BLOCKING, 0);
            machine.state.set32(GuestState.ATTENTION, 0);
            machine.ram.write(TestMachine.DATA, data, 0, data.length);
        }
    }
}
