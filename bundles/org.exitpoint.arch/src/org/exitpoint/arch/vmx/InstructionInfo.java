/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.ArrayList;
import java.util.List;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;

/**
 * VM-exit instruction information. Which parts are there depends on the {@linkplain Format format}; parts that are not
 * are null or 0, and their bits, which the manual leaves undefined, are encoded as 0.
 *
 * @param format the format, which follows from the exit reason
 * @param memory the memory operand; null if the operand is a register or (INS, OUTS) implied
 * @param register1 the register operand in bits 6:3, or null
 * @param register2 the second register operand in bits 31:28, or null
 * @param operandSize operand size in bits: 16, 32 or 64 where the format has one, else 0
 * @param identity which of the four instructions of the format it was, 0 to 3
 * @param implied INS and OUTS: address size and segment of the string operand; otherwise null
 */
@Sdm(section = "29.2.5", title = "Information for VM Exits Due to Instruction Execution")
public record InstructionInfo(Format format, MemoryOperand memory, GeneralRegister register1,
        GeneralRegister register2, int operandSize, int identity, StringOperand implied) {
    private static final NamedBits REGISTER1 = new NamedBits("register1", 3, 6, "Register operand");
    private static final NamedBits IS_REGISTER = new NamedBits("isRegister", 10, "The operand is a register");
    private static final NamedBits TABLE_OPERAND_SIZE =
            new NamedBits("operandSize", 11, "Operand size (0: 16 bits; 1: 32 bits; undefined in 64-bit mode)");
    private static final NamedBits RANDOM_OPERAND_SIZE =
            new NamedBits("operandSize", 11, 12, "Operand size: 0, 1, 2: 16, 32, 64 bits");
    private static final NamedBits IDENTITY = new NamedBits("identity", 28, 29, "Instruction identity");
    private static final NamedBits REGISTER2 = new NamedBits("register2", 28, 31, "Second register operand");
    private static final List<NamedBits> MEMORY = List.of(MemoryOperand.SCALING, MemoryOperand.ADDRESS_SIZE,
            MemoryOperand.SEGMENT, MemoryOperand.INDEX, MemoryOperand.INDEX_INVALID, MemoryOperand.BASE,
            MemoryOperand.BASE_INVALID);

    /** The formats, one per table of the manual. */
    public enum Format {
        /** INS and OUTS: address size and segment only. */
        STRING_IO(List.of(), MemoryOperand.ADDRESS_SIZE, MemoryOperand.SEGMENT),
        /** INVEPT, INVPCID, INVVPID: memory and register 2. */
        INVALIDATE(MEMORY, REGISTER2),
        /** SGDT, SIDT, LGDT, LIDT: memory, operand size, identity in this order. */
        DESCRIPTOR_TABLE(MEMORY, TABLE_OPERAND_SIZE, IDENTITY),
        /** SLDT, STR, LLDT, LTR: memory or register 1, identity in this order. */
        SYSTEM_SEGMENT(MEMORY, REGISTER1, IS_REGISTER, IDENTITY),
        /** RDRAND, RDSEED, TPAUSE, UMWAIT: register 1 and operand size. */
        REGISTER_WITH_SIZE(List.of(), REGISTER1, RANDOM_OPERAND_SIZE),
        /** VMCLEAR, VMPTRLD, VMPTRST, VMXON, XRSTORS, XSAVES: memory. */
        MEMORY_ONLY(MEMORY),
        /** VMREAD, VMWRITE: memory or register 1, and register 2, which holds the encoding. */
        VMREAD_VMWRITE(MEMORY, REGISTER1, IS_REGISTER, REGISTER2),
        /** LOADIWKEY: register 1 and register 2. */
        TWO_REGISTERS(List.of(), REGISTER1, REGISTER2);

        private final List<BitField> fields;

        Format(List<NamedBits> memory, NamedBits... others) {
            List<BitField> all = new ArrayList<>(memory);
            all.addAll(List.of(others));
            this.fields = List.copyOf(all);
        }

        /**
         * The format's bit fields.
         *
         * @return an unmodifiable list
         */
        public List<BitField> fields() {
            return fields;
        }

        private boolean has(BitField field) {
            return fields.contains(field);
        }

        /**
         * The format an exit uses.
         *
         * @param reason the exit reason
         * @return the format, or null if exits for this reason carry no instruction information in a format known here
         */
        public static Format of(ExitReason reason) {
            return switch (reason) {
                case IO_INSTRUCTION -> STRING_IO;
                case INVEPT, INVPCID, INVVPID -> INVALIDATE;
                case GDTR_IDTR_ACCESS -> DESCRIPTOR_TABLE;
                case LDTR_TR_ACCESS -> SYSTEM_SEGMENT;
                case RDRAND, RDSEED, TPAUSE, UMWAIT -> REGISTER_WITH_SIZE;
                case VMCLEAR, VMPTRLD, VMPTRST, VMXON, XRSTORS, XSAVES -> MEMORY_ONLY;
                case VMREAD, VMWRITE -> VMREAD_VMWRITE;
                case LOADIWKEY -> TWO_REGISTERS;
                default -> null;
            };
        }
    }

    /**
     * The implied memory operand of INS and OUTS.
     *
     * @param addressSize 16, 32 or 64 bits
     * @param segment the segment; for INS always ES (the manual leaves it undefined)
     */
    public record StringOperand(int addressSize, SegmentRegister segment) {
    }

    /**
     * The information of INS and OUTS.
     *
     * @param addressSize 16, 32 or 64 bits
     * @param segment ES to GS
     * @return the information
     */
    public static InstructionInfo ofStringIo(int addressSize, SegmentRegister segment) {
        return new InstructionInfo(Format.STRING_IO, null, null, null, 0, 0, new StringOperand(addressSize, segment));
    }

    /**
     * The information of INVEPT, INVPCID and INVVPID.
     *
     * @param memory the descriptor operand
     * @param type the register that holds the type of invalidation
     * @return the information
     */
    public static InstructionInfo ofInvalidate(MemoryOperand memory, GeneralRegister type) {
        return new InstructionInfo(Format.INVALIDATE, memory, null, type, 0, 0, null);
    }

    /**
     * The information of VMCLEAR, VMPTRLD, VMPTRST, VMXON, XRSTORS and XSAVES.
     *
     * @param memory the operand
     * @return the information
     */
    public static InstructionInfo ofMemory(MemoryOperand memory) {
        return new InstructionInfo(Format.MEMORY_ONLY, memory, null, null, 0, 0, null);
    }

    /**
     * The information of VMREAD and VMWRITE.
     *
     * @param memory the memory operand, or null
     * @param register the register operand, or null if {@code memory} is not
     * @param encoding the register that holds the encoding of the VMCS component
     * @return the information
     */
    public static InstructionInfo ofVmreadVmwrite(MemoryOperand memory, GeneralRegister register,
            GeneralRegister encoding) {
        return new InstructionInfo(Format.VMREAD_VMWRITE, memory, register, encoding, 0, 0, null);
    }

    /**
     * The information of SGDT, SIDT, LGDT and LIDT.
     *
     * @param memory the operand
     * @param operandSize 16 or 32; use 32 in 64-bit mode
     * @param identity 0 to 3 in the order above
     * @return the information
     */
    public static InstructionInfo ofDescriptorTable(MemoryOperand memory, int operandSize, int identity) {
        return new InstructionInfo(Format.DESCRIPTOR_TABLE, memory, null, null, operandSize, identity, null);
    }

    /**
     * The information of SLDT, STR, LLDT and LTR.
     *
     * @param memory the memory operand, or null
     * @param register the register operand, or null if {@code memory} is not
     * @param identity 0 to 3 in the order above
     * @return the information
     */
    public static InstructionInfo ofSystemSegment(MemoryOperand memory, GeneralRegister register, int identity) {
        return new InstructionInfo(Format.SYSTEM_SEGMENT, memory, register, null, 0, identity, null);
    }

    /**
     * The information of RDRAND, RDSEED, TPAUSE and UMWAIT.
     *
     * @param register the operand
     * @param operandSize 16, 32 or 64
     * @return the information
     */
    public static InstructionInfo ofRegister(GeneralRegister register, int operandSize) {
        return new InstructionInfo(Format.REGISTER_WITH_SIZE, null, register, null, operandSize, 0, null);
    }

    /**
     * The field.
     *
     * @return 32 bits, zero-extended
     */
    public long encode() {
        long field = memory == null ? 0 : memory.encode();
        if (implied != null) {
            field |= MemoryOperand.ADDRESS_SIZE.encode(MemoryOperand.addressSizeNumber(implied.addressSize()))
                    | MemoryOperand.SEGMENT.encode(implied.segment().number());
        }
        field |= register1 == null ? 0 : REGISTER1.encode(register1.number());
        field |= register2 == null ? 0 : REGISTER2.encode(register2.number());
        field |= IS_REGISTER.encode(format.has(IS_REGISTER) && memory == null);
        field |= TABLE_OPERAND_SIZE.encode(format == Format.DESCRIPTOR_TABLE && operandSize == 32);
        if (format == Format.REGISTER_WITH_SIZE) {
            field |= RANDOM_OPERAND_SIZE.encode(MemoryOperand.addressSizeNumber(operandSize));
        }
        return field | IDENTITY.encode(identity);
    }

    /**
     * Decodes the field.
     *
     * @param format the format, from {@link Format#of}
     * @param field the field
     * @return its parts
     */
    public static InstructionInfo decode(Format format, long field) {
        boolean isRegister = format.has(IS_REGISTER) && IS_REGISTER.isSet(field);
        boolean hasMemory = format.has(MemoryOperand.BASE) && !isRegister;
        boolean hasRegister1 = format.has(REGISTER1) && (isRegister || !format.has(IS_REGISTER));
        int size = switch (format) {
            case DESCRIPTOR_TABLE -> TABLE_OPERAND_SIZE.isSet(field) ? 32 : 16;
            case REGISTER_WITH_SIZE -> 16 << Math.min(RANDOM_OPERAND_SIZE.of(field), 2);
            default -> 0;
        };
        return new InstructionInfo(format, hasMemory ? MemoryOperand.decode(field) : null,
                hasRegister1 ? GeneralRegister.ofNumber((int) REGISTER1.of(field)) : null,
                format.has(REGISTER2) ? GeneralRegister.ofNumber((int) REGISTER2.of(field)) : null,
                size, format.has(IDENTITY) ? (int) IDENTITY.of(field) : 0,
                format == Format.STRING_IO
                        ? new StringOperand(MemoryOperand.addressSize(field), MemoryOperand.segment(field)) : null);
    }

    /**
     * The operands in words.
     *
     * @return for example {@code "DS:[RAX+RCX*4], RDX"}
     */
    public String inWords() {
        List<String> parts = new ArrayList<>();
        if (format == Format.DESCRIPTOR_TABLE) {
            parts.add(List.of("SGDT", "SIDT", "LGDT", "LIDT").get(identity));
        } else if (format == Format.SYSTEM_SEGMENT) {
            parts.add(List.of("SLDT", "STR", "LLDT", "LTR").get(identity));
        }
        if (implied != null) {
            parts.add(implied.addressSize() + "-bit address in " + implied.segment());
        }
        if (memory != null) {
            parts.add(memory.toString());
        }
        if (register1 != null) {
            parts.add(operandSize == 0 ? register1.name() : register1.name(operandSize));
        }
        if (register2 != null) {
            parts.add(register2.name());
        }
        return String.join(", ", parts);
    }
}
