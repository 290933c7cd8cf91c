/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.exitpoint.debug.api.address.Address;

/**
 * Bytes read from memory. Reading changes nothing: pages that are not mapped, and devices that cannot say what a read
 * would give, leave bytes unreadable.
 *
 * @param address the first byte's address
 * @param bytes the bytes; 0 where unreadable
 * @param readable which bytes could be read
 * @param reason why the first unreadable byte could not be read, as part of a sentence; empty if all could
 */
public record MemoryBytes(Address address, byte[] bytes, BitSet readable, String reason) {
    /** Copies the arrays. */
    public MemoryBytes {
        Objects.requireNonNull(address);
        bytes = bytes.clone();
        readable = (BitSet) readable.clone();
        Objects.requireNonNull(reason);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public BitSet readable() {
        return (BitSet) readable.clone();
    }

    /**
     * How many bytes from the start on are readable without gap.
     *
     * @return 0 to the number of bytes
     */
    public int readablePrefix() {
        return Math.min(readable.nextClearBit(0), bytes.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryBytes that && address.equals(that.address) && Arrays.equals(bytes, that.bytes)
                && readable.equals(that.readable) && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, Arrays.hashCode(bytes), readable, reason);
    }

    @Override
    public String toString() {
        return address + " " + Arrays.toString(bytes) + " " + readable + " " + reason;
    }
}
