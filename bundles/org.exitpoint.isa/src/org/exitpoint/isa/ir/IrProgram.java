/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The semantics of one shape: operations in order, the last of which ends the row.
 *
 * @param instructions the operations
 * @param values how many values they define
 */
public record IrProgram(List<IrInsn> instructions, int values) {
    /** The operation that ends the program. */
    public IrInsn terminator() {
        return instructions.getLast();
    }

    @Override
    public String toString() {
        return instructions.stream().map(IrInsn::toString).collect(Collectors.joining("\n"));
    }
}
