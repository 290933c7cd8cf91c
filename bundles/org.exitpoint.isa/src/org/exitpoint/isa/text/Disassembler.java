/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.ShapeKey;

/**
 * Writes instructions in Intel syntax, lower case: {@code mov eax,DWORD PTR [rbx+rcx*4+0x10]}. Thread-safe if the
 * symbols are.
 */
public final class Disassembler {
    private final LongFunction<String> symbols;

    /** A disassembler without symbols. */
    public Disassembler() {
        this(_ -> null);
    }

    /**
     * A disassembler with symbols.
     *
     * @param symbols gives for an offset in the code or data its symbol's text, such as {@code main+0x12}, or null
     */
    public Disassembler(LongFunction<String> symbols) {
        this.symbols = symbols;
    }

    /**
     * The instruction's text: prefixes, mnemonic and operands, for a known target also its symbol.
     *
     * @param instruction the instruction
     * @param ip offset in the code segment at which it stands
     */
    public String text(Instruction instruction, long ip) {
        ShapeKey key = instruction.shape().key();
        String head = prefix(key) + mnemonic(key);
        if (!key.row().implemented()) {
            return head;
        }
        List<String> operands = new ArrayList<>();
        for (Operand operand : key.encoding().operands()) {
            operands.add(operandText(instruction, operand, ip));
        }
        boolean far = key.encoding().operands().contains(Operand.I2w);
        String tail = far ? operands.get(1) + ":" + operands.get(0) : String.join(",", operands);
        return (tail.isEmpty() ? head : head + " " + tail) + ripComment(instruction, ip);
    }

    /** The mnemonic of a shape, lower case: of names that depend on a size, the one of its size. */
    public static String mnemonic(ShapeKey key) {
        Row row = key.row();
        String[] names = row.mnemonic().split("/");
        boolean byAddress = key.encoding().operands().contains(Operand.Jb);
        int size = (byAddress ? key.addressWidth() : key.operandWidth()).ordinal() - Width.I16.ordinal();
        return names[Math.clamp(size, 0, names.length - 1)].toLowerCase(Locale.ROOT);
    }

    private static String prefix(ShapeKey key) {
        String lock = key.locked() ? "lock " : "";
        if (key.repeat() == Repeat.NONE) {
            return lock;
        }
        boolean compares = key.row().flagsWritten() != 0;
        return lock + (key.repeat() == Repeat.REPNE ? "repnz " : compares ? "repz " : "rep ");
    }

    private String operandText(Instruction instruction, Operand operand, long ip) {
        ShapeKey key = instruction.shape().key();
        Width width = key.widthOf(operand);
        return switch (operand.place()) {
            case RM, RM_REGISTER, MEMORY -> key.isMemory(operand)
                ? sizeText(key, operand) + new MemoryText(instruction).address()
                : RegisterNames.general(instruction.rm(), width);
            case REG -> RegisterNames.general(instruction.reg(), width);
            case VVVV -> RegisterNames.general(instruction.vvvv(), width);
            case ACCUMULATOR -> RegisterNames.general(0, width);
            case COUNT -> RegisterNames.general(1, Width.I8);
            case PORT -> RegisterNames.general(2, Width.I16);
            case ONE -> "1";
            case IMMEDIATE -> MemoryText.hex(instruction.immediate() & width.mask());
            case IMMEDIATE2 -> MemoryText.hex(instruction.immediate2());
            case RELATIVE -> target(instruction, ip);
            case OFFSET -> sizeText(key, operand) + new MemoryText(instruction).absolute();
            case SEGMENT -> RegisterNames.segment(instruction.reg());
            case FIXED_SEGMENT -> RegisterNames.segment(operand.fixedSegment());
            case CONTROL -> "cr" + instruction.reg();
            case DEBUG -> "dr" + instruction.reg();
            case STRING_SOURCE -> sizeText(key, operand) + RegisterNames.segment(instruction.segment()) + ":["
                + RegisterNames.general(6, key.addressWidth()) + "]";
            case STRING_DESTINATION -> sizeText(key, operand) + "es:["
                + RegisterNames.general(7, key.addressWidth()) + "]";
        };
    }

    private static String sizeText(ShapeKey key, Operand operand) {
        if (operand == Operand.Mp) {
            return switch (key.operandWidth()) {
                case I16 -> "DWORD PTR ";
                case I32 -> "FWORD PTR ";
                default -> "TBYTE PTR ";
            };
        }
        if (operand == Operand.M) {
            return "";
        }
        return switch (key.widthOf(operand)) {
            case I16 -> "WORD PTR ";
            case I32 -> "DWORD PTR ";
            case I64 -> "QWORD PTR ";
            default -> "BYTE PTR ";
        };
    }

    private String target(Instruction instruction, long ip) {
        ShapeKey key = instruction.shape().key();
        long next = ip + instruction.length();
        long target = next + instruction.immediate() & key.operandWidth().mask();
        return MemoryText.hex(target) + symbolOf(target);
    }

    private String symbolOf(long address) {
        String symbol = symbols.apply(address);
        return symbol == null ? "" : " <" + symbol + ">";
    }

    private String ripComment(Instruction instruction, long ip) {
        if (instruction.base() != Instruction.RIP) {
            return "";
        }
        long address = ip + instruction.length() + instruction.displacement()
            & instruction.shape().key().addressWidth().mask();
        return " # " + MemoryText.hex(address) + symbolOf(address);
    }
}
