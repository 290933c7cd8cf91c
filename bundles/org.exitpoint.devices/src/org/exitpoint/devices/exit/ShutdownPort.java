/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.exit;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The shutdown port: the letters of {@code Shutdown} written one after the other power the machine off; any other byte
 * starts the word anew. By convention one port at 0x8900. Reads give all ones.
 */
public final class ShutdownPort implements Device {
    private static final byte[] WORD = "Shutdown".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final Runnable powerOff;
    private int matched;

    /** A shutdown port that calls back when the word is complete. */
    public ShutdownPort(String name, Runnable powerOff) {
        this.name = name;
        this.powerOff = powerOff;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int widestAccess() {
        return 1;
    }

    @Override
    public long read(long offset, int bytes) {
        return 0xFF;
    }

    @Override
    public OptionalLong peek(long offset, int bytes) {
        return OptionalLong.of(0xFF);
    }

    @Override
    public void write(long offset, int bytes, long value) {
        byte letter = (byte) value;
        if (letter != WORD[matched]) {
            matched = letter == WORD[0] ? 1 : 0;
        } else if (++matched == WORD.length) {
            matched = 0;
            powerOff.run();
        }
    }

    @Override
    public void reset() {
        matched = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.number("matched", matched);
    }

    @Override
    public void restore(StateReader in) {
        matched = (int) in.number("matched");
    }
}
