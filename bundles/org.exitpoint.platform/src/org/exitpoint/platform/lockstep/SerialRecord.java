/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.lockstep;

import java.util.Optional;
import java.util.zip.CRC32;

import org.exitpoint.devices.uart.SerialSink;

/** Passes serial output on and keeps what is needed to compare it. */
final class SerialRecord implements SerialSink {
    private final SerialSink next;
    private final CRC32 sum = new CRC32();
    private long count;

    SerialRecord(SerialSink next) {
        this.next = next;
    }

    @Override
    public void transmitted(byte value) {
        count++;
        sum.update(value);
        next.transmitted(value);
    }

    /** How the output differs from another's, in words; empty if it does not. */
    Optional<String> difference(SerialRecord other) {
        return count == other.count && sum.getValue() == other.sum.getValue() ? Optional.empty()
            : Optional.of("the serial output differs (%d and %d bytes)".formatted(count, other.count));
    }
}
