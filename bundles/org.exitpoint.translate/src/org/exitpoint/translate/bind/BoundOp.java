/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Width;

/**
 * One operation of a bound program. Arguments and result are numbers of values; auxiliary codes of registers and
 * segments are numbers of registers. ADD and SUB may have a third argument, a carry or borrow that goes in.
 */
public final class BoundOp {
    /** In place of a value that is missing. */
    public static final int NONE = -1;

    private final IrOp op;
    private final Width width;
    private final int result;
    private final Width resultWidth;
    private final int[] arguments;
    private final long auxiliary;
    private boolean alive;
    private boolean flagsLiveAfter;

    BoundOp(IrOp op, Width width, int result, Width resultWidth, long auxiliary, int... arguments) {
        this.op = op;
        this.width = width;
        this.result = result;
        this.resultWidth = resultWidth;
        this.auxiliary = auxiliary;
        this.arguments = arguments;
    }

    /** What it does. */
    public IrOp op() {
        return op;
    }

    /** The width it works in, as in {@link org.exitpoint.isa.ir.IrInsn#width()}. */
    public Width width() {
        return width;
    }

    /** The value it defines, or {@link #NONE}. */
    public int result() {
        return result;
    }

    /** Width of the result, or null. */
    public Width resultWidth() {
        return resultWidth;
    }

    /** Number of arguments. */
    public int argumentCount() {
        return arguments.length;
    }

    /** An argument, or {@link #NONE}. */
    public int argument(int position) {
        return arguments[position];
    }

    /** The constant that {@link IrOp} documents, with slots bound. */
    public long auxiliary() {
        return auxiliary;
    }

    /** Whether anything depends on it. */
    public boolean isAlive() {
        return alive;
    }

    /** Whether the status flags, as they are after this operation, will be read before they are all replaced. */
    public boolean flagsLiveAfter() {
        return flagsLiveAfter;
    }

    void setAlive(boolean isAlive) {
        alive = isAlive;
    }

    void setFlagsLiveAfter(boolean live) {
        flagsLiveAfter = live;
    }

    @Override
    public String toString() {
        return (alive ? "" : "(dead) ") + (result < 0 ? "" : "v" + result + " = ") + op + "." + width + " "
            + java.util.Arrays.toString(arguments) + " #" + auxiliary;
    }
}
