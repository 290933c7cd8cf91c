/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import java.util.Arrays;
import java.util.List;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.shape.Instruction;

/** The program of one instruction, ready for lowering. */
public final class BoundProgram {
    private final Instruction instruction;
    private final long offset;
    private final List<BoundOp> ops;
    private final Constants constants;
    private final int[] uses;
    private final int[] overflowOf;
    private final boolean emittable;
    private boolean flagsLiveBefore;
    private boolean mayLeave;

    BoundProgram(Instruction instruction, long offset, List<BoundOp> ops, Constants constants, int[] overflowOf,
            boolean emittable) {
        this.instruction = instruction;
        this.offset = offset;
        this.ops = List.copyOf(ops);
        this.constants = constants;
        this.overflowOf = overflowOf;
        this.emittable = emittable;
        this.uses = new int[overflowOf.length];
    }

    /** The instruction. */
    public Instruction instruction() {
        return instruction;
    }

    /** Its offset in the code segment. */
    public long offset() {
        return offset;
    }

    /** Offset of the instruction after it. */
    public long nextOffset() {
        return offset + instruction.length() & instruction.shape().key().mode().instructionPointerMask();
    }

    /** The operations in order. */
    public List<BoundOp> ops() {
        return ops;
    }

    /** The last operation. */
    public BoundOp terminator() {
        return ops.getLast();
    }

    /** Number of values. */
    public int values() {
        return uses.length;
    }

    /** How many live operations use a value. */
    public int uses(int value) {
        return uses[value];
    }

    /** Whether a value is known. */
    public boolean isConstant(int value) {
        return constants.isKnown(value);
    }

    /** A known value. */
    public long constant(int value) {
        return constants.get(value);
    }

    /** The value that is the overflow of a product, or {@link BoundOp#NONE}. */
    public int overflowOf(int product) {
        return overflowOf[product];
    }

    /** Whether control may go elsewhere than to the next instruction, or get there on two ways. */
    public boolean endsBlock() {
        if (terminator().op() != IrOp.NEXT) {
            return true;
        }
        for (BoundOp op : ops) {
            if (op.op() == IrOp.SKIP_IF) {
                return true;
            }
        }
        return false;
    }

    /** The most that a value can be, as far as a conjunction with a constant or its width says; unsigned. */
    public long upperBound(int value) {
        if (isConstant(value)) {
            return constant(value);
        }
        for (BoundOp op : ops) {
            if (op.result() == value && op.op() == IrOp.AND && isConstant(op.argument(1))) {
                return constant(op.argument(1));
            }
        }
        return -1L;
    }

    /** Whether emitted code can execute it; else the interpreter must. */
    public boolean isEmittable() {
        return emittable;
    }

    /** Whether the status flags, as they are before it, are read by it or later. */
    public boolean flagsLiveBefore() {
        return flagsLiveBefore;
    }

    /** Whether it reads status flags that were defined before it, so that their tuple must be of a known kind. */
    public boolean readsFlags() {
        for (BoundOp op : ops) {
            if (op.isAlive() && op.op().has(IrOp.Attribute.READS_FLAGS) && op.op() != IrOp.FLAGS_DEF_IF
                && !(op.op() == IrOp.FLAGS_SET && op.auxiliary() == Flag.ALL)) {
                return true;
            }
            if (op.op() == IrOp.FLAGS_DEF && op.isAlive()) {
                return false;
            }
        }
        return false;
    }

    /** Whether emitted code may leave it for Java and come back to its start. */
    public boolean mayLeave() {
        return mayLeave;
    }

    /**
     * Strikes out what nobody needs.
     *
     * @param flagsLiveAfter whether the status flags after the instruction may be read
     */
    public void markAlive(boolean flagsLiveAfter) {
        boolean flagsLive = flagsLiveAfter;
        mayLeave = false;
        Arrays.fill(uses, 0);
        for (int i = ops.size() - 1; i >= 0; i--) {
            BoundOp op = ops.get(i);
            op.setFlagsLiveAfter(flagsLive);
            op.setAlive(Liveness.isNeeded(op, flagsLive, op.result() >= 0 && isUsed(op.result())));
            if (op.isAlive()) {
                flagsLive = Liveness.flagsLiveBefore(op, flagsLive);
                mayLeave |= Liveness.mayLeave(op);
                for (int a = 0; a < op.argumentCount() && !branchesThroughCache(op); a++) {
                    if (op.argument(a) >= 0) {
                        uses[op.argument(a)]++;
                    }
                }
            }
        }
        flagsLiveBefore = flagsLive;
    }

    /** Computed targets are used by GUARD_TARGET, and no more once they are looked up. */
    private static boolean branchesThroughCache(BoundOp op) {
        return op.op() == IrOp.JUMP_INDIRECT || op.op() == IrOp.CALL || op.op() == IrOp.RET;
    }

    private boolean isUsed(int value) {
        return uses[value] > 0 || overflowOf[value] >= 0 && uses[overflowOf[value]] > 0;
    }
}
