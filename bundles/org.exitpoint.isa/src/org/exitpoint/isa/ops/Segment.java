/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/**
 * Segment of an access: a fixed register in encoding order, or the one that the memory operand of the instruction has.
 */
public enum Segment {
    /** ES. */
    ES,
    /** CS. */
    CS,
    /** SS. */
    SS,
    /** DS. */
    DS,
    /** FS. */
    FS,
    /** GS. */
    GS,
    /** The memory operand's segment: its default or the override prefix; bound per instruction. */
    OPERAND
}
