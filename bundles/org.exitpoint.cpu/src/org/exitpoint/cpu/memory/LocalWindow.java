/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import java.util.OptionalLong;

/**
 * Registers that a processor sees at physical addresses of its own: its local APIC. Physical addresses that the window
 * claims do not reach the bus. The machine's thread only.
 */
public interface LocalWindow {
    /** A processor without any. */
    LocalWindow NONE = new LocalWindow() {
        @Override
        public boolean claims(long address) {
            return false;
        }

        @Override
        public long read(long address, int bytes) {
            throw new IllegalStateException("an unclaimed address was read");
        }

        @Override
        public OptionalLong peek(long address, int bytes) {
            return OptionalLong.empty();
        }

        @Override
        public void write(long address, int bytes, long value) {
            throw new IllegalStateException("an unclaimed address was written");
        }
    };

    /** Whether an access to a host-physical address is the window's. */
    boolean claims(long address);

    /** Reads 1, 2, 4 or 8 bytes at a claimed address, zero-extended. */
    long read(long address, int bytes);

    /** What a read of a claimed address would give, without any effect; empty when that cannot be said. */
    OptionalLong peek(long address, int bytes);

    /** Writes 1, 2, 4 or 8 bytes at a claimed address. */
    void write(long address, int bytes, long value);
}
