/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.uart;

/** Takes what a guest sends through a serial port, byte by byte, at once. Called by the machine's thread only. */
@FunctionalInterface
public interface SerialSink {
    /** A byte left the transmitter. */
    void transmitted(byte value);
}
