/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

import java.util.EnumSet;
import java.util.Set;

import static org.exitpoint.isa.ir.IrOp.Attribute.COMMITS;
import static org.exitpoint.isa.ir.IrOp.Attribute.MAY_EXIT;
import static org.exitpoint.isa.ir.IrOp.Attribute.MAY_FAULT;
import static org.exitpoint.isa.ir.IrOp.Attribute.MAY_SKIP;
import static org.exitpoint.isa.ir.IrOp.Attribute.PURE;
import static org.exitpoint.isa.ir.IrOp.Attribute.READS_FLAGS;
import static org.exitpoint.isa.ir.IrOp.Attribute.READS_STATE;
import static org.exitpoint.isa.ir.IrOp.Attribute.TERMINATES;
import static org.exitpoint.isa.ir.IrOp.Attribute.WRITES_FLAGS;

/**
 * The operations of the intermediate representation and what each may do. Engines, verifier and analyses read these
 * attributes only. {@code auxiliary} is the operation's constant: see each.
 */
public enum IrOp {
    /** A constant: auxiliary. */
    CONST(0, PURE),
    /** The instruction's first immediate, truncated to the width. */
    IMMEDIATE(0, PURE),
    /** The instruction's second immediate, truncated to the width. */
    IMMEDIATE2(0, PURE),
    /** A general register: auxiliary is a {@link RegisterSlot} code. */
    GET_REGISTER(0, READS_STATE),
    /** Writes a general register: auxiliary is a {@link RegisterSlot} code. */
    SET_REGISTER(1, COMMITS),
    /** Number of the register in the ModRM reg field (segment, control and debug registers). */
    REG_NUMBER(0, PURE),
    /** A state field: auxiliary is its ordinal. */
    GET_FIELD(0, READS_STATE),
    /** Writes a state field: auxiliary is its ordinal. */
    SET_FIELD(1, COMMITS),
    /** Base of a segment: auxiliary is its ordinal. */
    SEGMENT_BASE(0, READS_STATE),
    /** Offset of this instruction. */
    INSTRUCTION_POINTER(0, PURE),
    /** Offset of the next instruction, truncated to the instruction pointer's width. */
    NEXT_INSTRUCTION(0, PURE),
    /** Offset of the next instruction plus the first immediate, truncated as the branch's operand size says. */
    RELATIVE_TARGET(0, PURE),
    /**
     * The offset the memory operand denotes: base + index * scale + displacement, truncated to the address size.
     * Auxiliary is added when the base is the stack pointer.
     */
    EFFECTIVE_ADDRESS(0, READS_STATE),

    /** Sum. */
    ADD(2, PURE),
    /** Difference. */
    SUB(2, PURE),
    /** Two's complement. */
    NEG(1, PURE),
    /** One's complement. */
    NOT(1, PURE),
    /** And. */
    AND(2, PURE),
    /** Or. */
    OR(2, PURE),
    /** Exclusive or. */
    XOR(2, PURE),
    /** Shift left. */
    SHL(2, PURE),
    /** Logical shift right. */
    SHR(2, PURE),
    /** Arithmetic shift right. */
    SAR(2, PURE),
    /** Rotate left. */
    ROL(2, PURE),
    /** Rotate right. */
    ROR(2, PURE),
    /** Low half of a product. */
    MUL(2, PURE),
    /** High half of an unsigned product. */
    MULHU(2, PURE),
    /** High half of a signed product. */
    MULHS(2, PURE),
    /** Whether an unsigned division is possible. */
    DIV_FITS_U(3, PURE),
    /** Unsigned quotient. */
    DIV_U(3, PURE),
    /** Unsigned remainder. */
    REM_U(3, PURE),
    /** Whether a signed division is possible. */
    DIV_FITS_S(3, PURE),
    /** Signed quotient. */
    DIV_S(3, PURE),
    /** Signed remainder. */
    REM_S(3, PURE),
    /** Reversed bytes. */
    BYTE_SWAP(1, PURE),
    /** Number of ones. */
    POP_COUNT(1, PURE),
    /** Leading zeros. */
    LEADING_ZEROS(1, PURE),
    /** Trailing zeros. */
    TRAILING_ZEROS(1, PURE),
    /** Parallel deposit. */
    DEPOSIT(2, PURE),
    /** Parallel extract. */
    EXTRACT(2, PURE),
    /** Zero-extension from the argument's width. */
    ZERO_EXTEND(1, PURE),
    /** Sign-extension from the argument's width. */
    SIGN_EXTEND(1, PURE),
    /** Low bits. */
    TRUNCATE(1, PURE),
    /** Choice by a condition. */
    SELECT(3, PURE),
    /** Equality; the operands' width is that of the arguments. */
    EQUAL(2, PURE),
    /** Unsigned less. */
    LESS_U(2, PURE),
    /** Signed less. */
    LESS_S(2, PURE),

    /**
     * Defines all status flags from (source, result, carry): auxiliary is the kind's ordinal, width the operation's.
     */
    FLAGS_DEF(3, COMMITS, WRITES_FLAGS),
    /** If (condition) defines all status flags from (source, result): auxiliary is the kind's ordinal. */
    FLAGS_DEF_IF(3, COMMITS, WRITES_FLAGS, READS_FLAGS),
    /** One flag: auxiliary is its ordinal. */
    FLAG(0, READS_FLAGS),
    /** A condition: auxiliary is its number. */
    CONDITION(0, READS_FLAGS),
    /** All status flags at their EFLAGS positions. */
    FLAGS_GET(0, READS_FLAGS),
    /** Replaces the status flags in the mask that auxiliary is. */
    FLAGS_SET(1, COMMITS, WRITES_FLAGS, READS_FLAGS),

    /** Loads at (offset): auxiliary is the segment's ordinal. */
    LOAD(1, MAY_FAULT, READS_STATE),
    /** Stores at (offset, value): auxiliary is the segment's ordinal. */
    STORE(2, MAY_FAULT, COMMITS),
    /** Checks writability at (offset): auxiliary is the segment's ordinal. */
    PROBE_WRITE(1, MAY_FAULT),
    /** Loads at (offset) for writing: auxiliary is the segment's ordinal. The value is the token of STORE_RMW. */
    LOAD_RMW(1, MAY_FAULT, READS_STATE),
    /** Stores (token, value) where the load was. */
    STORE_RMW(2, COMMITS),

    /** Faults unless (condition): auxiliary is the fault's ordinal. */
    GUARD(1, MAY_FAULT),
    /** Faults unless (target) can be branched to. */
    GUARD_TARGET(1, MAY_FAULT),
    /** If (condition), completes the instruction here and goes on to the next. */
    SKIP_IF(1, MAY_SKIP),
    /** A sensitive event with its qualification: auxiliary is the intercept's ordinal. */
    INTERCEPT(1, MAY_EXIT, READS_STATE),
    /** Calls a helper: auxiliary is its ordinal; effects are the helper's. */
    HELPER(-1),
    /** Goes to a relative (target). */
    JUMP(1, COMMITS, TERMINATES),
    /** If (condition) goes to a relative (target). */
    JUMP_IF(2, COMMITS, TERMINATES),
    /** Goes to a computed (target). */
    JUMP_INDIRECT(1, COMMITS, TERMINATES),
    /** Calls (target). */
    CALL(1, COMMITS, TERMINATES),
    /** Returns to (target). */
    RET(1, COMMITS, TERMINATES),
    /** Repeats the instruction if (condition). */
    REPEAT(1, COMMITS, TERMINATES),
    /** Falls through to the next instruction. */
    NEXT(0, COMMITS, TERMINATES),
    /** Falls through, ending the block. */
    END_BLOCK(0, COMMITS, TERMINATES),
    /** A helper has set the instruction pointer. */
    TRANSFERRED(0, COMMITS, TERMINATES),
    /** The machine stops: not implemented. */
    NOT_IMPLEMENTED(0, TERMINATES);

    /** What an operation may do. */
    public enum Attribute {
        /** It depends on its arguments only. */
        PURE,
        /** It reads registers, fields or memory. */
        READS_STATE,
        /** It may raise a fault. */
        MAY_FAULT,
        /** It may cause a VM exit. */
        MAY_EXIT,
        /** It may complete the instruction before the program's end. */
        MAY_SKIP,
        /** It writes architectural state. */
        COMMITS,
        /** It reads the status flags. */
        READS_FLAGS,
        /** It writes the status flags. */
        WRITES_FLAGS,
        /** It is the last of its program. */
        TERMINATES
    }

    private final int arguments;
    private final Set<Attribute> attributes;

    IrOp(int arguments, Attribute... attributes) {
        this.arguments = arguments;
        this.attributes = EnumSet.noneOf(Attribute.class);
        this.attributes.addAll(Set.of(attributes));
    }

    /** Number of arguments, or -1 if it varies. */
    public int arguments() {
        return arguments;
    }

    /** Whether the operation has the attribute. */
    public boolean has(Attribute attribute) {
        return attributes.contains(attribute);
    }
}
