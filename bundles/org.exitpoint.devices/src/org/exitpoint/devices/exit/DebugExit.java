/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.exit;

import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The debug-exit port: a write of 1, 2 or 4 bytes anywhere in it ends the run with the value written. Reads give all
 * ones. By convention 4 ports at 0xF4.
 */
public final class DebugExit implements Device {
    /** Ports that the device occupies. */
    public static final int PORTS = 4;

    private final String name;
    private final LongConsumer exit;

    /** A debug-exit port that reports the zero-extended value written. */
    public DebugExit(String name, LongConsumer exit) {
        this.name = name;
        this.exit = exit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long read(long offset, int bytes) {
        return -1L >>> Long.SIZE - Byte.SIZE * bytes;
    }

    @Override
    public void write(long offset, int bytes, long value) {
        exit.accept(value & -1L >>> Long.SIZE - Byte.SIZE * bytes);
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(read(offset, bytes));
    }

    @Override
    public void reset() {
        // The port keeps nothing.
    }

    @Override
    public void save(StateWriter out) {
        // The port keeps nothing.
    }

    @Override
    public void restore(StateReader in) {
        // The port keeps nothing.
    }
}
