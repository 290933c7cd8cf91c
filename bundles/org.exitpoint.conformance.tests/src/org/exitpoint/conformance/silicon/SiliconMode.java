/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;

/** A mode of execution that a user-mode program can enter; in the order of the runner's numbers. */
enum SiliconMode {
    /** 64-bit mode. */
    LONG(CodeMode.BITS64, Width.I64),
    /** Compatibility mode, flat 32-bit segments. */
    PROTECTED32(CodeMode.BITS32, Width.I32),
    /** Compatibility mode, 16-bit code and stack segments of 64 KBytes with a base. */
    PROTECTED16(CodeMode.BITS16, Width.I16);

    private final CodeMode codeMode;
    private final Width stackWidth;

    SiliconMode(CodeMode codeMode, Width stackWidth) {
        this.codeMode = codeMode;
        this.stackWidth = stackWidth;
    }

    CodeMode codeMode() {
        return codeMode;
    }

    Width stackWidth() {
        return stackWidth;
    }

    /** How many general registers code of this mode can name. */
    int registers() {
        return this == LONG ? 16 : 8;
    }

    /** Base of the code segment. */
    long codeBase() {
        return this == PROTECTED16 ? Window.CODE : 0;
    }

    /** Base of ES, SS and DS. */
    long dataBase() {
        return this == PROTECTED16 ? Window.DATA : 0;
    }

    /** Limit of CS, ES, SS and DS. */
    long limit() {
        return this == PROTECTED16 ? 0xFFFF : 0xFFFF_FFFFL;
    }
}
