/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import java.util.function.Predicate;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.isa.table.InstructionSet;

/**
 * Decodes one instruction at a time (SDM vol. 2, "Instruction Format"). Not thread-safe: each engine has its own.
 *
 * <p>There are no decoding errors as such: bytes that are no instruction decode to one whose semantics is #UD, and more
 * than {@value #MAX_LENGTH} bytes to one whose semantics is #GP(0), so that whoever executes the result gets the
 * architectural outcome.
 */
public final class Decoder {
    /** The most bytes an instruction may have. */
    public static final int MAX_LENGTH = 15;

    /** A bit for each control register that there is: CR0, CR2, CR3, CR4, CR8. */
    private static final int CONTROL_REGISTERS = 0b1_0001_1101;
    private static final DecodeTable LEGACY_TABLE = new DecodeTable(InstructionSet.rows(), CodeMode.BITS32);
    private static final DecodeTable LONG_TABLE = new DecodeTable(InstructionSet.rows(), CodeMode.BITS64);
    private static final Candidate INVALID = special(InstructionSet.INVALID_OPCODE);
    private static final Candidate TOO_LONG = special(InstructionSet.TOO_LONG);

    private final Predicate<CpuidFeature> features;
    private final Prefixes prefixes = new Prefixes();
    private final MemoryOperand memoryOperand = new MemoryOperand();
    private byte[] bytes;
    private int start;
    private int end;
    private int at;
    private CodeMode mode;
    private DecodeTable table;
    private Width stackWidth;

    /** A decoder for a processor that has every feature. */
    public Decoder() {
        this(_ -> true);
    }

    /**
     * A decoder for a processor that has the features which the predicate holds for. What belongs to another feature
     * decodes as on a processor that never heard of it: to what the bytes meant before, else to an invalid opcode.
     */
    public Decoder(Predicate<CpuidFeature> features) {
        this.features = features;
    }

    private static Candidate special(Row row) {
        return new Candidate(row, row.encodings().getFirst());
    }

    /**
     * Decodes the instruction at {@code bytes[from]}.
     *
     * @param available bytes that may be read, from {@code from} on; those beyond {@link #MAX_LENGTH} are not looked at
     * @param mode code mode of the code segment
     * @param stackWidth width of the stack pointer
     * @return the instruction, or null if it has more bytes than are available
     */
    public Instruction decode(byte[] bytes, int from, int available, CodeMode mode, Width stackWidth) {
        this.bytes = bytes;
        this.start = from;
        this.at = from;
        this.end = from + Math.min(available, MAX_LENGTH);
        this.mode = mode;
        this.table = mode.isLong() ? LONG_TABLE : LEGACY_TABLE;
        this.stackWidth = stackWidth;
        try {
            return decode();
        } catch (OutOfBytes _) {
            return available >= MAX_LENGTH ? bare(TOO_LONG) : null;
        }
    }

    private Instruction decode() {
        prefixes.clear();
        int first = readPrefixes();
        int map = 0;
        int opcode = first;
        if (isVex(first)) {
            map = readVex(first);
            if (map < 0) {
                return bare(INVALID);
            }
            opcode = next();
        } else if (first == 0x0F) {
            map = 1;
            opcode = next();
            if (opcode == 0x38 || opcode == 0x3A) {
                map = opcode == 0x38 ? 2 : 3;
                opcode = next();
            }
        }
        int modRm = table.hasModRm(map, opcode) ? peekModRm(map, opcode) : -1;
        for (Candidate candidate : table.candidates(map, opcode)) {
            if (matches(candidate, modRm)) {
                return bind(candidate, opcode, modRm);
            }
        }
        return bare(INVALID);
    }

    private boolean matches(Candidate candidate, int modRm) {
        return candidate.matches(prefixes, modRm)
            && (candidate.row.feature() == null || features.test(candidate.row.feature()));
    }

    /**
     * The ModRM byte to choose an encoding by; opcodes that mix forms with and without one need it only for the former.
     */
    private int peekModRm(int map, int opcode) {
        if (at < end) {
            return bytes[at] & 0xFF;
        }
        for (Candidate candidate : table.candidates(map, opcode)) {
            if (!candidate.encoding.hasModRm() && matches(candidate, -1)) {
                return -1;
            }
        }
        throw OutOfBytes.INSTANCE;
    }

    private int readPrefixes() {
        while (true) {
            int b = next();
            boolean rex = mode.isLong() && (b & 0xF0) == 0x40;
            if (!rex && !readLegacyPrefix(b)) {
                return b;
            }
            prefixes.rex = rex ? b : 0;
        }
    }

    private boolean readLegacyPrefix(int b) {
        switch (b) {
            case 0x26, 0x2E, 0x36, 0x3E -> {
                if (!mode.isLong()) {
                    prefixes.segment = b >> 3 & 3;
                }
            }
            case 0x64, 0x65 -> prefixes.segment = b & 7;
            case 0x66 -> prefixes.operandSize = true;
            case 0x67 -> prefixes.addressSize = true;
            case 0xF0 -> prefixes.lock = true;
            case 0xF2, 0xF3 -> prefixes.repeat = b;
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isVex(int first) {
        return (first == 0xC4 || first == 0xC5) && (mode.isLong() || peek() >= 0xC0);
    }

    /** Reads a VEX prefix; the opcode map, or -1 if it is none or comes after a prefix it excludes. */
    private int readVex(int first) {
        if (prefixes.rex != 0 || prefixes.lock || prefixes.repeat != 0 || prefixes.operandSize) {
            return -1;
        }
        int second = next();
        int map = 1;
        int last = second;
        int rex = ~second >> 5 & 4;
        if (first == 0xC4) {
            last = next();
            map = second & 0x1F;
            rex = ~second >> 5 & 7 | last >> 4 & 8;
        }
        prefixes.vex = true;
        prefixes.vexLength = last >> 2 & 1;
        prefixes.rex = mode.isLong() ? 0x40 | rex : 0;
        prefixes.vvvv = ~last >> 3 & (mode.isLong() ? 15 : 7);
        prefixes.operandSize = (last & 3) == 1;
        prefixes.repeat = switch (last & 3) {
            case 2 -> 0xF3;
            case 3 -> 0xF2;
            default -> 0;
        };
        return map >= 1 && map <= 3 ? map : -1;
    }

    private Instruction bind(Candidate candidate, int opcode, int modRm) {
        Encoding encoding = candidate.encoding;
        Width addressWidth = addressWidth();
        boolean memory = encoding.hasModRm() && modRm < 0xC0 && candidate.canBeMemory;
        int reg = encoding.registerInOpcode() ? opcode & 7 | prefixes.highBase() : modRm >> 3 & 7 | prefixes.highReg();
        int rm = modRm & 7 | prefixes.highBase();
        memoryOperand.clear();
        if (encoding.hasModRm()) {
            at++;
            if (memory) {
                readMemoryOperand(modRm, addressWidth);
            }
        }
        if (prefixes.lock && !(candidate.row.lockable() && memory && encoding.operands().getFirst().isModRmMemory())) {
            return bare(INVALID);
        }
        if (candidate.restricted && !operandsExist(candidate, modRm)) {
            return bare(INVALID);
        }
        Width operandWidth = candidate.operandWidth(prefixes, mode);
        long immediate = 0;
        long immediate2 = 0;
        for (Operand operand : candidate.operands) {
            switch (operand.place()) {
                case IMMEDIATE, RELATIVE -> immediate = readImmediate(operand, operandWidth);
                case IMMEDIATE2 -> immediate2 = readImmediate(operand, operandWidth)
                    & (operand == Operand.I2b ? 0xFF : 0xFFFF);
                case OFFSET -> memoryOperand.displacement = readSigned(addressWidth.bytes());
                case REG -> reg = byteRegister(operand, reg);
                case RM -> rm = memory ? rm : byteRegister(operand, rm);
                case SEGMENT -> reg = modRm >> 3 & 7;
                default -> {
                }
            }
        }
        Shape shape = candidate.shape(mode, operandWidth, prefixes.wide(), addressWidth, stackWidth, memory,
            repeatOf(candidate), prefixes.lock);
        int segment = prefixes.segment >= 0 ? prefixes.segment : memoryOperand.defaultSegment;
        return new Instruction(shape, at - start, reg, rm, prefixes.vvvv, memoryOperand.base, memoryOperand.index,
            memoryOperand.scale, memoryOperand.displacement, segment, immediate, immediate2);
    }

    /** Whether the registers that the operands name exist, and VEX.vvvv is as it must be where it names none. */
    private boolean operandsExist(Candidate candidate, int modRm) {
        int number = modRm >> 3 & 7 | prefixes.highReg();
        boolean vvvv = false;
        for (Operand operand : candidate.operands) {
            switch (operand.place()) {
                case SEGMENT -> {
                    if ((number & 7) > Segment.GS.ordinal()) {
                        return false;
                    }
                }
                case CONTROL -> {
                    if ((CONTROL_REGISTERS >> number & 1) == 0) {
                        return false;
                    }
                }
                case DEBUG -> {
                    if (number > 7) {
                        return false;
                    }
                }
                case VVVV -> vvvv = true;
                default -> {
                }
            }
        }
        return vvvv || prefixes.vvvv == 0 || !candidate.row.implemented();
    }

    private Repeat repeatOf(Candidate candidate) {
        if (!candidate.row.repeatable() || prefixes.repeat == 0) {
            return Repeat.NONE;
        }
        return prefixes.repeat == 0xF3 ? Repeat.REP : Repeat.REPNE;
    }

    private int byteRegister(Operand operand, int number) {
        boolean high = operand.size() == Operand.Size.BYTE && prefixes.rex == 0 && number >= 4;
        return high ? RegisterSlot.HIGH_BYTE + number - 4 : number;
    }

    private Width addressWidth() {
        return switch (mode) {
            case BITS16 -> prefixes.addressSize ? Width.I32 : Width.I16;
            case BITS32 -> prefixes.addressSize ? Width.I16 : Width.I32;
            case BITS64 -> prefixes.addressSize ? Width.I32 : Width.I64;
        };
    }

    private void readMemoryOperand(int modRm, Width addressWidth) {
        int sib = -1;
        if (addressWidth != Width.I16 && (modRm & 7) == 4) {
            sib = next();
        }
        int displacementBytes = memoryOperand.set(modRm, sib, prefixes, addressWidth, mode);
        memoryOperand.displacement = displacementBytes == 0 ? 0 : readSigned(displacementBytes);
    }

    private long readImmediate(Operand operand, Width operandWidth) {
        int bytesWanted = switch (operand.immediateBytes()) {
            case Operand.BYTES_Z -> operandWidth == Width.I16 ? 2 : 4;
            case Operand.BYTES_V -> operandWidth.bytes();
            default -> operand.immediateBytes();
        };
        return readSigned(bytesWanted);
    }

    private long readSigned(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) next() << 8 * i;
        }
        return Width.ofBits(8 * count).signExtend(value);
    }

    /** An instruction without operands, of the bytes read so far. */
    private Instruction bare(Candidate candidate) {
        Shape shape = candidate.shape(mode, candidate.operandWidth(prefixes, mode), false, mode.addressWidth(),
            stackWidth, false, Repeat.NONE, false);
        return new Instruction(shape, Math.min(at - start, MAX_LENGTH), 0, 0, 0, Instruction.NO_REGISTER,
            Instruction.NO_REGISTER, 0, 0, 3, 0, 0);
    }

    private int peek() {
        if (at >= end) {
            throw OutOfBytes.INSTANCE;
        }
        return bytes[at] & 0xFF;
    }

    private int next() {
        int b = peek();
        at++;
        return b;
    }
}
