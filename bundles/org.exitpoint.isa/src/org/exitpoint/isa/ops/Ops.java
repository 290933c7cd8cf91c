/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

import java.util.List;

/**
 * What an instruction may do to a machine, whatever a value is: a temporary of the intermediate representation, a
 * taint, a symbol.
 *
 * <p>A row's semantics runs once per shape against an implementation of this interface and must be straight line: the
 * same calls for every instruction of the shape. Nothing architectural may be written before the last operation that
 * may fault or exit; {@code IrVerifier} checks that for every shape. Values are typed by {@link Width}; binary
 * operations want equal widths.
 *
 * @param <V> a value
 */
public interface Ops<V> {

    // The shape that the semantics is run for.

    /** Operand size: I8 for byte forms, else the effective operand size. */
    Width operandWidth();

    /** Effective address size. */
    Width addressWidth();

    /** Size of the stack pointer that pushes and pops use. */
    Width stackWidth();

    /** Whether the code runs in 64-bit mode. */
    boolean longMode();

    /** Whether an operand of the row is in memory in this shape. */
    boolean isMemory(int operand);

    /** Width of an operand of the row in this shape. */
    Width widthOf(int operand);

    /** The repeat prefix of this shape. */
    Repeat repeatPrefix();

    // Operands of the row, by position.

    /** Reads an operand; a register, an immediate or memory. Each call is one access. */
    V read(int operand);

    /** Reads an operand that {@link #writeBack} will write: memory is checked for writing here. */
    V readForWrite(int operand);

    /** Writes an operand that was not read for writing. */
    void write(int operand, V value);

    /** Reads a register operand in another width than the row declares: its low bits, or the whole register. */
    V readRegister(Width width, int operand);

    /** Writes a register operand in another width than the row declares. */
    void writeRegister(Width width, int operand, V value);

    /** Writes the operand that {@link #readForWrite} gave {@code old} for. */
    void writeBack(int operand, V old, V value);

    /** The offset that a memory operand denotes, in its segment. */
    V effectiveAddress(int operand);

    /** The offset that POP's memory operand denotes: a base that is the stack pointer counts as already incremented. */
    V effectiveAddressAfterPop(int operand);

    /** The segment of a memory operand. */
    Segment segmentOf(int operand);

    // Values.

    /** A constant. */
    V constant(Width width, long value);

    /** A general register by number, 0 to 15. */
    V getRegister(Width width, int number);

    /** Writes a general register by number; 32-bit writes zero the upper half, narrower ones keep the rest. */
    void setRegister(Width width, int number, V value);

    /** Processor state. */
    V getField(StateField field);

    /** Writes processor state. */
    void setField(StateField field, V value);

    /** Base address of a segment as an access uses it: in 64-bit mode 0 for all but FS and GS. */
    V segmentBase(Segment segment);

    /** Offset of the instruction itself. */
    V instructionPointer();

    /** Offset of the next instruction. */
    V nextInstruction();

    // Integer arithmetic, of the operands' width.

    /** Sum. */
    V add(V a, V b);

    /** Difference. */
    V sub(V a, V b);

    /** Two's complement. */
    V neg(V a);

    /** One's complement; of a condition, its negation. */
    V not(V a);

    /** Bitwise and. */
    V and(V a, V b);

    /** Bitwise or. */
    V or(V a, V b);

    /** Bitwise exclusive or. */
    V xor(V a, V b);

    /** Shift left; a count at or above the width gives 0. The count is I8. */
    V shl(V a, V count);

    /** Logical shift right; a count at or above the width gives 0. The count is I8. */
    V shr(V a, V count);

    /** Arithmetic shift right; a count at or above the width gives the sign. The count is I8. */
    V sar(V a, V count);

    /** Rotate left by the count modulo the width. The count is I8. */
    V rol(V a, V count);

    /** Rotate right by the count modulo the width. The count is I8. */
    V ror(V a, V count);

    /** Low half of the product. */
    V mul(V a, V b);

    /** High half of the unsigned product. */
    V mulhu(V a, V b);

    /** High half of the signed product. */
    V mulhs(V a, V b);

    /** 1 if the unsigned quotient of {@code high:low} by the divisor exists and fits. */
    V divFitsU(V high, V low, V divisor);

    /** Unsigned quotient of {@code high:low}; only after a guard on {@link #divFitsU}. */
    V divU(V high, V low, V divisor);

    /** Unsigned remainder of {@code high:low}; only after a guard on {@link #divFitsU}. */
    V remU(V high, V low, V divisor);

    /** 1 if the signed quotient of {@code high:low} by the divisor exists and fits. */
    V divFitsS(V high, V low, V divisor);

    /** Signed quotient of {@code high:low}, toward zero; only after a guard on {@link #divFitsS}. */
    V divS(V high, V low, V divisor);

    /** Signed remainder of {@code high:low}; only after a guard on {@link #divFitsS}. */
    V remS(V high, V low, V divisor);

    /** Bytes in reverse order. */
    V byteSwap(V a);

    /** Number of ones. */
    V popCount(V a);

    /** Leading zeros; the width for 0. */
    V leadingZeros(V a);

    /** Trailing zeros; the width for 0. */
    V trailingZeros(V a);

    /** Parallel deposit of the source's low bits where the mask has ones. */
    V deposit(V source, V mask);

    /** Parallel extract of the source's bits where the mask has ones. */
    V extract(V source, V mask);

    /** Zero-extends to a wider width, or gives the value itself. */
    V zeroExtend(Width width, V a);

    /** Sign-extends to a wider width, or gives the value itself. */
    V signExtend(Width width, V a);

    /** Low bits. */
    V truncate(Width width, V a);

    /** {@code condition ? a : b}. */
    V select(V condition, V a, V b);

    /** 1 if equal. */
    V equal(V a, V b);

    /** 1 if less, unsigned. */
    V lessU(V a, V b);

    /** 1 if less, signed. */
    V lessS(V a, V b);

    // Flags.

    /**
     * Defines all status flags. {@code carry} is I1: the carry in of ADC and SBB, the carry that stays of INC and DEC,
     * CF and OF of MUL, else null.
     */
    void flagsDef(FlagKind kind, V source, V result, V carry);

    /** Defines all status flags if the condition holds, else leaves them alone; for shifts, whose count may be 0. */
    void flagsDefIf(V condition, FlagKind kind, V source, V result);

    /** One status flag, I1. */
    V flag(Flag flag);

    /** A condition on the status flags, I1. */
    V condition(Cond condition);

    /** The status flags at their EFLAGS positions, all else 0; I32. */
    V flagsGet();

    /** Replaces the status flags of a mask by those in an I32 word. */
    void flagsSet(int mask, V word);

    // Memory. Limits, canonical form, alignment, paging and their faults belong to the access.

    /** Loads. */
    V load(Width width, Segment segment, V offset);

    /** Stores. */
    void store(Segment segment, V offset, V value);

    /** Checks that a later store to these bytes cannot fault. */
    void probeWrite(Width width, Segment segment, V offset);

    /** Loads for a read-modify-write: write permission is checked here. */
    V loadRmw(Width width, Segment segment, V offset);

    /** Completes the read-modify-write whose load gave {@code loaded}. Cannot fault. */
    void storeRmw(V loaded, V value);

    // Control.

    /** Raises the fault unless the condition holds. */
    void guard(V condition, GuardFault fault);

    /** Raises #GP(0) unless a branch target is canonical (64-bit mode) or within the code segment's limit. */
    void guardTarget(V target);

    /**
     * Goes on to the next instruction, which completes this one, if the condition holds. Nothing may be written before.
     */
    void skipIf(V condition);

    /** A sensitive event; {@code qualification} is I64 and means what the event's port method says, or null. */
    void intercept(Intercept event, V qualification);

    /** Calls a helper that gives a value of its declared width, or null if it gives none. */
    V helper(Helper helper, List<V> arguments);

    /** Calls a helper without arguments. */
    default V helper(Helper helper) {
        return helper(helper, List.of());
    }

    /** Calls a helper with one argument. */
    default V helper(Helper helper, V argument) {
        return helper(helper, List.of(argument));
    }

    /** Calls a helper with two arguments. */
    default V helper(Helper helper, V first, V second) {
        return helper(helper, List.of(first, second));
    }

    /** Raises the fault if the condition holds. */
    default void guardNot(V condition, GuardFault fault) {
        guard(not(condition), fault);
    }

    /** The offset that a relative branch of this instruction goes to: next instruction plus displacement. */
    V relativeTarget();

    /** Ends the row: goes to a relative target. */
    void jump(V target);

    /** Ends the row: goes to a relative target if the condition holds, else on. */
    void jumpIf(V condition, V target);

    /** Ends the row: goes to a computed offset. */
    void jumpIndirect(V target);

    /** Ends the row: a call, whose return address has been pushed, to a relative or computed target. */
    void call(V target);

    /** Ends the row: a return to a computed offset. */
    void ret(V target);

    /** Ends the row: repeats this instruction if the condition holds, else goes on. */
    void repeat(V condition);

    /** Ends the row: goes on, but not within one translated block (the mode or attention may have changed). */
    void endBlock();

    /** Ends the row: a helper has set the instruction pointer. */
    void transferred();

    /** Ends the row: the machine stops, saying that this is not implemented. */
    void notImplemented();
}
