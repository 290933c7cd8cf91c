/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;

/** The stack as the rows use it. */
final class Stack {
    /** Number of the stack pointer's register. */
    static final int POINTER = GeneralRegister.RSP.number();

    private Stack() {
    }

    /** Pushes a value of its own width. */
    static <V> void push(Ops<V> o, V value) {
        V pointer = o.getRegister(o.stackWidth(), POINTER);
        V below = o.sub(pointer, o.constant(o.stackWidth(), o.operandWidth().bytes()));
        o.store(Segment.SS, o.zeroExtend(Width.I64, below), value);
        setPointer(o, below);
    }

    /** The value at the top of the stack, of operand size. */
    static <V> V top(Ops<V> o) {
        return o.load(o.operandWidth(), Segment.SS, o.zeroExtend(Width.I64, o.getRegister(o.stackWidth(), POINTER)));
    }

    /** Releases the value at the top and as many bytes more. */
    static <V> void release(Ops<V> o, V extraBytes) {
        V size = o.constant(o.stackWidth(), o.operandWidth().bytes());
        V pointer = o.add(o.getRegister(o.stackWidth(), POINTER), size);
        setPointer(o, extraBytes == null ? pointer : o.add(pointer, extraBytes));
    }

    /** Sets the stack pointer. */
    static <V> void setPointer(Ops<V> o, V pointer) {
        o.setRegister(o.stackWidth(), POINTER, pointer);
    }
}
