/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

/** The eight two-operand instructions of the opcode blocks 00 to 3F, in encoding order. */
public enum Alu {
    /** Sum. */
    ADD,
    /** Or. */
    OR,
    /** Sum with carry. */
    ADC,
    /** Difference with borrow. */
    SBB,
    /** And. */
    AND,
    /** Difference. */
    SUB,
    /** Exclusive or. */
    XOR,
    /** Difference for its flags only. */
    CMP
}
