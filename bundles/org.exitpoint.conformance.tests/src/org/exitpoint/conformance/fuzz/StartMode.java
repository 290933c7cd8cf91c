/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import org.exitpoint.isa.shape.CodeMode;

/** The operating mode in which a random guest starts. */
enum StartMode {
    REAL(CodeMode.BITS16),
    PROTECTED_16(CodeMode.BITS16),
    PROTECTED_32(CodeMode.BITS32),
    PAGED_32(CodeMode.BITS32),
    PAE(CodeMode.BITS32),
    COMPATIBILITY_16(CodeMode.BITS16),
    COMPATIBILITY_32(CodeMode.BITS32),
    LONG(CodeMode.BITS64);

    private final CodeMode code;

    StartMode(CodeMode code) {
        this.code = code;
    }

    CodeMode code() {
        return code;
    }

    boolean isProtected() {
        return this != REAL;
    }

    boolean isIa32e() {
        return ordinal() >= COMPATIBILITY_16.ordinal();
    }

    boolean hasPaging() {
        return ordinal() >= PAGED_32.ordinal();
    }

    boolean hasWideEntries() {
        return ordinal() >= PAE.ordinal();
    }
}
