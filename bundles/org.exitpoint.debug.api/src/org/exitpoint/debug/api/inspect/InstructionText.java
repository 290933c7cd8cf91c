/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.HexFormat;
import java.util.Objects;
import org.exitpoint.debug.api.address.Address;

/**
 * An instruction in memory.
 *
 * @param address where it begins
 * @param bytes its bytes, as hexadecimal digits
 * @param text its assembly text in the manual's syntax
 */
public record InstructionText(Address address, String bytes, String text) {
    /** Rejects missing parts. */
    public InstructionText {
        Objects.requireNonNull(address);
        Objects.requireNonNull(bytes);
        Objects.requireNonNull(text);
    }

    /**
     * The instruction's length.
     *
     * @return bytes, 1 to 15
     */
    public int length() {
        return HexFormat.of().parseHex(bytes).length;
    }
}
