/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/**
 * How the six status flags follow from an operation's operands and result.
 *
 * <p>The canonical flags of a processor are a tuple (kind, width, result, source, carry): {@code source} is the second
 * operand, {@code carry} the carry that went in (ADC, SBB), the carry that stays (INC, DEC) or CF and OF (MUL). The
 * first operand is rebuilt from result and source. {@link #EXPLICIT} holds the flags themselves in {@code result}.
 */
public enum FlagKind {
    /** The result is the flags, at their EFLAGS positions. */
    EXPLICIT,
    /** {@code result = a + source}. */
    ADD,
    /** {@code result = a + source + carry}. */
    ADC,
    /** {@code result = a - source}; also CMP and NEG. */
    SUB,
    /** {@code result = a - source - carry}. */
    SBB,
    /** AND, OR, XOR, TEST: CF and OF 0; AF, undefined by the manual, is 0. */
    LOGIC,
    /** {@code result = a + 1}; CF is {@code carry}. */
    INC,
    /** {@code result = a - 1}; CF is {@code carry}. */
    DEC,
    /**
     * Shift left by at least 1; {@code source} is the first operand shifted by one less. CF is the source's sign, OF
     * whether source and result differ in sign, AF is 0.
     */
    SHL,
    /**
     * Shift right, logical or arithmetic, by at least 1; {@code source} is the first operand shifted by one less. CF is
     * the source's bit 0, OF whether source and result differ in sign, AF is 0.
     */
    SHR,
    /** ZF, SF and PF follow from the result; CF and OF are {@code carry}, AF is 0; {@code source} is not looked at. */
    MUL
}
