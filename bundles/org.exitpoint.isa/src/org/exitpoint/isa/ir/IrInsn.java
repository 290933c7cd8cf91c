/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

import java.util.List;

import org.exitpoint.isa.ops.Width;

/**
 * One operation of a program.
 *
 * @param op what it does
 * @param width the width it works in: of its arguments for comparisons, flag definitions, stores and intercepts, else
 *        of its result
 * @param result the value it defines, or null
 * @param arguments the values it takes; a missing optional one is null
 * @param auxiliary the constant that {@link IrOp} documents
 */
public record IrInsn(IrOp op, Width width, Value result, List<Value> arguments, long auxiliary) {
    /** The argument at a position. */
    public Value argument(int position) {
        return arguments.get(position);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (result != null) {
            text.append('v').append(result.id()).append(':').append(result.width()).append(" = ");
        }
        text.append(op).append('.').append(width);
        for (Value argument : arguments) {
            text.append(argument == null ? " -" : " v" + argument.id());
        }
        return text.append(" #").append(auxiliary).toString();
    }
}
