/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

/** The bytes at hand end within the instruction. Preallocated, without a stack trace: it is an ordinary outcome. */
final class OutOfBytes extends RuntimeException {
    static final OutOfBytes INSTANCE = new OutOfBytes();

    private static final long serialVersionUID = 1;

    private OutOfBytes() {
        super("instruction is not complete", null, false, false);
    }
}
