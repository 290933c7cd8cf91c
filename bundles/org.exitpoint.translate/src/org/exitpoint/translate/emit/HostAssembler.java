/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Width;

/**
 * Writes x86-64 instructions (SDM vol. 2). Operands come in the manual's order, destination first; the width is that of
 * the operands. Byte registers are always the low bytes. Needs a host with BMI1, BMI2, LZCNT and POPCNT where it says
 * so.
 */
public final class HostAssembler {
    private static final int PREFIX_66 = 1;
    private static final int PREFIX_F3 = 2;
    private static final int PREFIX_F2 = 3;

    private final CodeBuffer buffer;
    private final InstructionEncoder encoder;
    private FlagGuard guard = () -> { };

    /** An assembler that writes at the buffer's position. */
    public HostAssembler(CodeBuffer buffer) {
        this.buffer = buffer;
        this.encoder = new InstructionEncoder(buffer);
    }

    /** Sets who is told before each instruction that changes the host's flags. */
    public void guardFlags(FlagGuard flagGuard) {
        guard = flagGuard;
    }

    /** Host address where the next instruction goes. */
    public long position() {
        return buffer.position();
    }

    /** Says that the label is here. */
    public void bind(Label label) {
        label.bind(buffer.position(), buffer);
    }

    // Moves.

    /** MOV between registers or between a register and memory. */
    public void mov(Width width, HostOperand to, HostOperand from) {
        if (from instanceof HostRegister register) {
            legacy(width, 0x88, register.ordinal(), to);
        } else {
            legacy(width, 0x8A, ((HostRegister) to).ordinal(), from);
        }
    }

    /** MOV of a constant to a register, whole: the shortest form. */
    public void mov(HostRegister to, long value) {
        if (value == (value & 0xFFFF_FFFFL)) {
            encoder.opcodeRegister(false, 0xB8, to.ordinal());
            buffer.put32((int) value);
        } else if (value == (int) value) {
            encoder.legacy(Width.I64, 0, 0xC7, 0, to, false, false);
            buffer.put32((int) value);
        } else {
            encoder.opcodeRegister(true, 0xB8, to.ordinal());
            buffer.put64(value);
        }
    }

    /** MOV of a constant, for 64 bits one that is a sign-extended 32-bit one, to an operand. */
    public void movImmediate(Width width, HostOperand to, long value) {
        legacy(width, 0xC6, 0, to);
        immediate(width, value);
    }

    /** MOVZX from 8 or 16 bits, or MOV from 32, to a whole register. */
    public void movZeroExtend(Width from, HostRegister to, HostOperand source) {
        if (from == Width.I32 || from == Width.I64) {
            mov(from, to, source);
        } else {
            encoder.legacy(Width.I32, 0, from == Width.I16 ? 0x0FB7 : 0x0FB6, to.ordinal(), source, false,
                from.bytes() == 1);
        }
    }

    /** MOVSX or MOVSXD from 8, 16 or 32 bits to 32 or 64, with zeros above; of equal widths a MOV. */
    public void movSignExtend(Width from, Width width, HostRegister to, HostOperand source) {
        if (from.bits() >= width.bits()) {
            mov(width, to, source);
        } else if (from == Width.I32) {
            encoder.legacy(width, 0, 0x63, to.ordinal(), source, false, false);
        } else {
            encoder.legacy(width, 0, from == Width.I16 ? 0x0FBF : 0x0FBE, to.ordinal(), source, false,
                from == Width.I8);
        }
    }

    /** LEA. */
    public void lea(Width width, HostRegister to, HostAddress address) {
        encoder.legacy(width, 0, 0x8D, to.ordinal(), address, false, false);
    }

    /** CMOVcc of 16, 32 or 64 bits. */
    public void cmov(Cond condition, Width width, HostRegister to, HostOperand from) {
        encoder.legacy(width, 0, 0x0F40 | condition.ordinal(), to.ordinal(), from, false, false);
    }

    /** SETcc of a byte. */
    public void set(Cond condition, HostOperand to) {
        encoder.legacy(Width.I8, 0, 0x0F90 | condition.ordinal(), 0, to, false, true);
    }

    /** PUSH of a 64-bit register. */
    public void push(HostRegister register) {
        encoder.opcodeRegister(false, 0x50, register.ordinal());
    }

    /** POP of a 64-bit register. */
    public void pop(HostRegister register) {
        encoder.opcodeRegister(false, 0x58, register.ordinal());
    }

    /** PUSHFQ. */
    public void pushFlags() {
        buffer.put8(0x9C);
    }

    /** BSWAP of 32 or 64 bits. */
    public void byteSwap(Width width, HostRegister register) {
        encoder.opcodeRegister(width == Width.I64, 0x0FC8, register.ordinal());
    }

    // Arithmetic.

    /** A two-operand instruction, one operand of which is a register. */
    public void alu(Alu op, Width width, HostOperand to, HostOperand from) {
        guard.beforeFlagsChange();
        if (from instanceof HostRegister register) {
            legacy(width, op.ordinal() << 3, register.ordinal(), to);
        } else {
            legacy(width, op.ordinal() << 3 | 2, ((HostRegister) to).ordinal(), from);
        }
    }

    /** A two-operand instruction with a constant, for 64 bits one that is a sign-extended 32-bit one. */
    public void alu(Alu op, Width width, HostOperand to, long value) {
        guard.beforeFlagsChange();
        if (width.bytes() != 1 && width.signExtend(value) == (byte) value) {
            legacy(width, 0x82, op.ordinal(), to);
            buffer.put8((int) value);
        } else {
            legacy(width, 0x80, op.ordinal(), to);
            immediate(width, value);
        }
    }

    /** TEST with a register. */
    public void test(Width width, HostOperand a, HostRegister b) {
        guard.beforeFlagsChange();
        legacy(width, 0x84, b.ordinal(), a);
    }

    /** TEST with a constant, for 64 bits one that is a sign-extended 32-bit one. */
    public void test(Width width, HostOperand a, long value) {
        guard.beforeFlagsChange();
        legacy(width, 0xF6, 0, a);
        immediate(width, value);
    }

    /** A one-operand instruction. */
    public void unary(Unary op, Width width, HostOperand operand) {
        if (op != Unary.NOT) {
            guard.beforeFlagsChange();
        }
        legacy(width, op.opcode(), op.extension(), operand);
    }

    /** IMUL of 16, 32 or 64 bits, low half. */
    public void imul(Width width, HostRegister to, HostOperand factor) {
        guard.beforeFlagsChange();
        encoder.legacy(width, 0, 0x0FAF, to.ordinal(), factor, false, false);
    }

    /** IMUL with a constant of 16, 32 or sign-extended 32 bits, low half. */
    public void imul(Width width, HostRegister to, HostOperand factor, long value) {
        guard.beforeFlagsChange();
        encoder.legacy(width, 0, 0x69, to.ordinal(), factor, false, false);
        immediate(width, value);
    }

    /** A shift by a constant below the width. */
    public void shift(Shift op, Width width, HostOperand operand, int count) {
        guard.beforeFlagsChange();
        legacy(width, 0xC0, op.extension(), operand);
        buffer.put8(count);
    }

    /** A shift by CL. */
    public void shiftByCl(Shift op, Width width, HostOperand operand) {
        guard.beforeFlagsChange();
        legacy(width, 0xD2, op.extension(), operand);
    }

    /** BT of bit 0 to 31 of a 32-bit operand: CF becomes the bit. */
    public void bitTest(HostOperand operand, int bit) {
        guard.beforeFlagsChange();
        encoder.legacy(Width.I32, 0, 0x0FBA, 4, operand, false, false);
        buffer.put8(bit);
    }

    /** CDQ or CQO: the accumulator's sign into EDX or RDX. */
    public void signIntoData(Width width) {
        if (width == Width.I64) {
            buffer.put8(0x48);
        }
        buffer.put8(0x99);
    }

    /** REP MOVS of elements of a width: RCX of them from RSI to RDI. */
    public void repMoveString(Width width) {
        repString(width, 0xA4);
    }

    /** REP STOS of elements of a width: RCX times the accumulator to RDI. */
    public void repStoreString(Width width) {
        repString(width, 0xAA);
    }

    private void repString(Width width, int byteOpcode) {
        if (width == Width.I16) {
            buffer.put8(0x66);
        }
        buffer.put8(0xF3);
        if (width == Width.I64) {
            buffer.put8(0x48);
        }
        buffer.put8(width == Width.I8 ? byteOpcode : byteOpcode | 1);
    }

    // Bit manipulation (POPCNT, LZCNT, BMI1, BMI2).

    /** POPCNT of 16, 32 or 64 bits. */
    public void popCount(Width width, HostRegister to, HostOperand from) {
        counting(0x0FB8, width, to, from);
    }

    /** LZCNT of 16, 32 or 64 bits. */
    public void leadingZeros(Width width, HostRegister to, HostOperand from) {
        counting(0x0FBD, width, to, from);
    }

    /** TZCNT of 16, 32 or 64 bits. */
    public void trailingZeros(Width width, HostRegister to, HostOperand from) {
        counting(0x0FBC, width, to, from);
    }

    private void counting(int opcode, Width width, HostRegister to, HostOperand from) {
        guard.beforeFlagsChange();
        encoder.legacy(width, 0xF3, opcode, to.ordinal(), from, false, false);
    }

    /** SHLX of 32 or 64 bits: leaves the flags alone; the count is taken modulo the width. */
    public void shiftLeft(Width width, HostRegister to, HostOperand from, HostRegister count) {
        encoder.vex(width, 2, PREFIX_66, 0xF7, to.ordinal(), count.ordinal(), from);
    }

    /** SHRX of 32 or 64 bits: leaves the flags alone; the count is taken modulo the width. */
    public void shiftRight(Width width, HostRegister to, HostOperand from, HostRegister count) {
        encoder.vex(width, 2, PREFIX_F2, 0xF7, to.ordinal(), count.ordinal(), from);
    }

    /** SARX of 32 or 64 bits: leaves the flags alone; the count is taken modulo the width. */
    public void shiftRightSigned(Width width, HostRegister to, HostOperand from, HostRegister count) {
        encoder.vex(width, 2, PREFIX_F3, 0xF7, to.ordinal(), count.ordinal(), from);
    }

    /** RORX of 32 or 64 bits: leaves the flags alone. */
    public void rotateRight(Width width, HostRegister to, HostOperand from, int count) {
        encoder.vex(width, 3, PREFIX_F2, 0xF0, to.ordinal(), 0, from);
        buffer.put8(count);
    }

    /** MULX of 32 or 64 bits: the unsigned product of RDX and a factor; leaves the flags alone. */
    public void multiply(Width width, HostRegister high, HostRegister low, HostOperand factor) {
        encoder.vex(width, 2, PREFIX_F2, 0xF6, high.ordinal(), low.ordinal(), factor);
    }

    /** PDEP of 32 or 64 bits. */
    public void deposit(Width width, HostRegister to, HostRegister source, HostOperand mask) {
        encoder.vex(width, 2, PREFIX_F2, 0xF5, to.ordinal(), source.ordinal(), mask);
    }

    /** PEXT of 32 or 64 bits. */
    public void extract(Width width, HostRegister to, HostRegister source, HostOperand mask) {
        encoder.vex(width, 2, PREFIX_F3, 0xF5, to.ordinal(), source.ordinal(), mask);
    }

    // Control.

    /** Jcc. */
    public void jump(Cond condition, Label target) {
        buffer.put8(0x0F);
        buffer.put8(0x80 | condition.ordinal());
        relative(target);
    }

    /** JMP. */
    public void jump(Label target) {
        buffer.put8(0xE9);
        relative(target);
    }

    /** JMP to the address in a register or in memory. */
    public void jump(HostOperand target) {
        encoder.legacy(Width.I32, 0, 0xFF, 4, target, false, false);
    }

    /** RET. */
    public void ret() {
        buffer.put8(0xC3);
    }

    /** CPUID. */
    public void cpuid() {
        buffer.put8(0x0F);
        buffer.put8(0xA2);
    }

    /** An instruction whose byte form has an even opcode, the others the next. */
    private void legacy(Width width, int byteOpcode, int reg, HostOperand rm) {
        boolean bytes = width.bytes() == 1;
        boolean registerOperand = (byteOpcode & 0xC4) == 0 || byteOpcode >= 0x84 && byteOpcode <= 0x8A;
        encoder.legacy(width, 0, bytes ? byteOpcode : byteOpcode | 1, reg, rm, bytes && registerOperand, bytes);
    }

    private void immediate(Width width, long value) {
        switch (width) {
            case I1, I8 -> buffer.put8((int) value);
            case I16 -> {
                buffer.put8((int) value);
                buffer.put8((int) value >> 8);
            }
            default -> {
                if (width == Width.I64 && value != (int) value) {
                    throw new IllegalArgumentException("no 64-bit immediate: 0x%x".formatted(value));
                }
                buffer.put32((int) value);
            }
        }
    }

    private void relative(Label target) {
        long at = buffer.position();
        buffer.put32(0);
        target.use(at, buffer);
    }
}
