/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/**
 * How the six status flags follow from an operation's operands and result.
 *
 * <p>The canonical flags of a processor are a tuple (kind, width, result, source, carry): {@code source} is the second
 * operand, {@code carry} the carry that went in (ADC, SBB) or the carry that stays (INC, DEC). The first operand is
 * rebuilt from result and source. {@link #EXPLICIT} holds the flags themselves in {@code result}.
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
    DEC
}
