/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.isa.shape.Instruction;

/**
 * A place where emitted code leaves for Java, and what Java must know to go on from there.
 *
 * @param reason why
 * @param offset instruction pointer to go on from
 * @param instruction the instruction there, or null if it is not known
 * @param giveBack steps that were taken from the budget for instructions that were not executed
 * @param flags where the status flags are
 * @param restart host address to go back to once the obstacle is out of the way, or 0
 * @param bytes size of the access in question, or 0
 * @param write whether the access needs write permission
 */
public record Exit(Reason reason, long offset, Instruction instruction, int giveBack, FlagState flags, long restart,
        int bytes, boolean write) {
    /** Why emitted code leaves. */
    public enum Reason {
        /** The budget does not suffice for the next block. */
        BUDGET,
        /** The next instruction is the interpreter's. */
        HAND_OVER,
        /** The next instruction is in no region that is known here. */
        LOOK_UP,
        /** The fast TLB does not know an access. */
        TLB_MISS,
        /** The status flags' tuple must be put in its explicit form. */
        EXPLICIT_FLAGS
    }
}
