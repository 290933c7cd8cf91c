/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.InstructionInfo;
import org.exitpoint.arch.vmx.MemoryOperand;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** VM-exit instruction information, and displacements, of a decoded instruction. */
@Sdm(section = "29.2.5", title = "Information for VM Exits Due to Instruction Execution")
final class InstructionDescription {
    private static final int WORD = 16;
    private static final int DOUBLEWORD = 32;

    private InstructionDescription() {
    }

    /**
     * The instruction-information field.
     *
     * @return its value, or -1 if exits for the reason have none
     */
    static long information(ExitReason reason, Instruction instruction) {
        InstructionInfo.Format format = InstructionInfo.Format.of(reason);
        if (format == null) {
            return -1;
        }
        InstructionInfo information = switch (format) {
            case MEMORY_ONLY -> InstructionInfo.ofMemory(memory(instruction));
            case INVALIDATE -> InstructionInfo.ofInvalidate(memory(instruction), register(instruction.reg()));
            case VMREAD_VMWRITE -> InstructionInfo.ofVmreadVmwrite(memory(instruction), directOperand(instruction),
                    register(instruction.reg()));
            case DESCRIPTOR_TABLE -> InstructionInfo.ofDescriptorTable(memory(instruction), tableSize(instruction),
                    identity(instruction));
            case SYSTEM_SEGMENT -> InstructionInfo.ofSystemSegment(memory(instruction), directOperand(instruction),
                    identity(instruction));
            case REGISTER_WITH_SIZE -> InstructionInfo.ofRegister(register(instruction.rm()),
                    instruction.shape().key().operandWidth().bits());
            case STRING_IO, TWO_REGISTERS -> null;
        };
        return information == null ? -1 : information.encode();
    }

    /** The information of INS and OUTS; the segment of INS, which the manual leaves undefined, is ES. */
    static long ofStringIo(Instruction instruction, boolean input) {
        SegmentRegister segment = input ? SegmentRegister.ES : SegmentRegister.ofNumber(instruction.segment());
        return InstructionInfo.ofStringIo(instruction.shape().key().addressWidth().bits(), segment).encode();
    }

    /**
     * The displacement of the memory operand for the exit qualification: relative to RIP it includes the next
     * instruction's address. 0 if the operand is a register.
     */
    static long displacement(Instruction instruction, GuestState state) {
        if (!instruction.shape().key().memory()) {
            return 0;
        }
        long base = instruction.base() == Instruction.RIP ? state.rip() + instruction.length() : 0;
        return base + instruction.displacement();
    }

    private static MemoryOperand memory(Instruction instruction) {
        if (!instruction.shape().key().memory()) {
            return null;
        }
        GeneralRegister index = register(instruction.index());
        return new MemoryOperand(SegmentRegister.ofNumber(instruction.segment()), register(instruction.base()), index,
                index == null ? 0 : instruction.scale(), instruction.shape().key().addressWidth().bits());
    }

    private static GeneralRegister directOperand(Instruction instruction) {
        return instruction.shape().key().memory() ? null : register(instruction.rm());
    }

    private static GeneralRegister register(int number) {
        return number < 0 || number >= Instruction.RIP ? null : GeneralRegister.ofNumber(number);
    }

    /** In 64-bit mode the size is undefined, and reported as 32. */
    private static int tableSize(Instruction instruction) {
        boolean word = instruction.shape().key().operandWidth() == Width.I16
                && !instruction.shape().key().mode().isLong();
        return word ? WORD : DOUBLEWORD;
    }

    private static int identity(Instruction instruction) {
        return switch (instruction.shape().key().row().mnemonic()) {
            case "SGDT", "SLDT" -> 0;
            case "SIDT", "STR" -> 1;
            case "LGDT", "LLDT" -> 2;
            case "LIDT", "LTR" -> 3;
            default -> throw new IllegalArgumentException(instruction.shape().key().row().mnemonic());
        };
    }
}
