/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Objects;

/**
 * A register, or a part of one that stands for itself such as a segment's base.
 *
 * @param name the manual's name
 * @param bits its size, 1 to 64
 * @param value its value, zero-extended
 * @param words the value in words where words exist, such as the names of its bits that are 1; else empty
 * @param writable whether {@code writeRegister} takes it now
 */
public record RegisterValue(String name, int bits, long value, String words, boolean writable) {
    /** Rejects missing parts. */
    public RegisterValue {
        Objects.requireNonNull(name);
        Objects.requireNonNull(words);
    }
}
