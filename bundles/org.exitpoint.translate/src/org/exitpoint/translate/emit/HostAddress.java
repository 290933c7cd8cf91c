/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import java.util.Objects;

/**
 * Host memory at base + index * 2^scale + displacement.
 *
 * @param base base register, or null for none
 * @param index index register, not RSP, or null for none
 * @param scale shift of the index, 0 to 3
 * @param displacement added bytes
 */
public record HostAddress(HostRegister base, HostRegister index, int scale, int displacement) implements HostOperand {
    /** Checks the index. */
    public HostAddress {
        if (index == HostRegister.RSP) {
            throw new IllegalArgumentException("RSP cannot be an index");
        }
        Objects.checkIndex(scale, 4);
    }

    /** Memory at a register plus a displacement. */
    public static HostAddress at(HostRegister base, int displacement) {
        return new HostAddress(base, null, 0, displacement);
    }

    /** Memory at the sum of two registers. */
    public static HostAddress at(HostRegister base, HostRegister index) {
        return new HostAddress(base, index, 0, 0);
    }
}
