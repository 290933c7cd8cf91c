/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.address;

import java.util.Objects;

/**
 * An address.
 *
 * @param space whose
 * @param offset the number, unsigned
 */
public record Address(Space space, long offset) {
    /** Rejects a missing space. */
    public Address {
        Objects.requireNonNull(space);
    }

    /**
     * The address a number of bytes on.
     *
     * @param bytes how far; wraps at 2^64
     * @return the address
     */
    public Address plus(long bytes) {
        return new Address(space, offset + bytes);
    }
}
