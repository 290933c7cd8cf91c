/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.IOException;
import java.io.OutputStream;
import org.exitpoint.devices.uart.SerialSink;

/** Writes what the guest sends to a stream, each byte at once. */
final class StreamSink implements SerialSink {
    private final OutputStream out;
    private boolean broken;

    StreamSink(OutputStream out) {
        this.out = out;
    }

    @Override
    public void transmitted(byte value) {
        if (broken) {
            return;
        }
        try {
            out.write(value);
            out.flush();
        } catch (IOException e) {
            // As on a serial line with nobody at its end, the guest goes on.
            broken = true;
        }
    }
}
