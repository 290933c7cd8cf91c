/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.util.OptionalLong;

/**
 * A device: registers at offsets from where the platform put it. It knows neither its address nor the board.
 *
 * <p>Called by the machine's thread only. Everything that a guest can observe is saved and restored; time is a deadline
 * field given to a {@link Clock}, never a host timer.
 */
public interface Device {
    /** A short stable name, unique on its board, such as {@code uart0}: the key of its part of a snapshot. */
    String name();

    /**
     * The widest access in bytes (1, 2, 4 or 8) that the device's registers take. The bus halves wider accesses until
     * they fit, so that {@link #read}, {@link #write} and {@link #peek} never see one.
     */
    default int widestAccess() {
        return 4;
    }

    /** Reads 1, 2, 4 or 8 bytes at an offset, zero-extended, with every effect a guest's read has. */
    long read(long offset, int bytes);

    /** Writes 1, 2, 4 or 8 bytes at an offset. */
    void write(long offset, int bytes, long value);

    /** What {@link #read} would give, with no effect; empty when that cannot be said. */
    OptionalLong peek(long offset, int bytes);

    /** Puts the device in its state after power-on. */
    void reset();

    /** Writes all guest-visible state. */
    void save(StateWriter out);

    /** Reads what {@link #save} wrote. */
    void restore(StateReader in);
}
