/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.util.OptionalLong;

/**
 * Where processors meet devices: I/O ports and memory-mapped registers by address.
 *
 * <p>Accesses are split and merged by the bus only as the platform's chipset does: an access that no device claims as a
 * whole, or that is wider than the device's {@link Device#widestAccess() registers}, is halved, lower half first, until
 * each part fits; what nobody claims reads as all ones and drops writes. Called by the machine's thread only.
 */
public interface Bus {
    /** Maps a device's registers to I/O ports {@code [port, port + count)}. Throws if a port is taken. */
    void mapPorts(int port, int count, Device device);

    /** Maps a device's registers to physical addresses {@code [address, address + bytes)}. Throws if taken. */
    void mapMemory(long address, long bytes, Device device);

    /** Reads 1, 2 or 4 bytes from an I/O port, zero-extended. */
    long readPort(int port, int bytes);

    /** Writes 1, 2 or 4 bytes to an I/O port. */
    void writePort(int port, int bytes, long value);

    /** Whether a device claims the physical address. */
    boolean claims(long address);

    /** Reads 1, 2, 4 or 8 bytes at a physical address outside RAM, zero-extended. */
    long readMemory(long address, int bytes);

    /** Writes 1, 2, 4 or 8 bytes at a physical address outside RAM. */
    void writeMemory(long address, int bytes, long value);

    /** What a read would give, without any effect; empty when the device cannot say. */
    OptionalLong peekMemory(long address, int bytes);

    /** What a port read would give, without any effect; empty when the device cannot say. */
    OptionalLong peekPort(int port, int bytes);
}
