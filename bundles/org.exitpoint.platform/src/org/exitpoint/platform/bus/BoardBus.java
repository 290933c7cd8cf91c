/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

import java.util.OptionalLong;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Device;

/** The bus of a board: a flat table of the 64 K ports, and a short sorted table of memory-mapped registers. */
public final class BoardBus implements Bus {
    private final PortDecoder ports = new PortDecoder();
    private final MemoryDecoder memory = new MemoryDecoder();

    @Override
    public void mapPorts(int port, int count, Device device) {
        ports.map(port, count, device);
    }

    @Override
    public void mapMemory(long address, long bytes, Device device) {
        memory.map(address, bytes, device);
    }

    @Override
    public boolean claims(long address) {
        return memory.at(address) != null;
    }

    @Override
    public long readPort(int port, int bytes) {
        return read(ports, port, bytes);
    }

    @Override
    public void writePort(int port, int bytes, long value) {
        write(ports, port, bytes, value);
    }

    @Override
    public OptionalLong peekPort(int port, int bytes) {
        return peek(ports, port, bytes);
    }

    @Override
    public long readMemory(long address, int bytes) {
        return read(memory, address, bytes);
    }

    @Override
    public void writeMemory(long address, int bytes, long value) {
        write(memory, address, bytes, value);
    }

    @Override
    public OptionalLong peekMemory(long address, int bytes) {
        return peek(memory, address, bytes);
    }

    private static long read(Decoder decoder, long address, int bytes) {
        Mapping mapping = decoder.at(address);
        if (mapping != null && mapping.takes(address, bytes)) {
            return mapping.device().read(address - mapping.start(), bytes) & ones(bytes);
        }
        if (bytes == 1) {
            return ones(1);
        }
        int half = bytes / 2;
        long low = read(decoder, address, half);
        return low | read(decoder, address + half, half) << half * Byte.SIZE;
    }

    private static void write(Decoder decoder, long address, int bytes, long value) {
        Mapping mapping = decoder.at(address);
        if (mapping != null && mapping.takes(address, bytes)) {
            mapping.device().write(address - mapping.start(), bytes, value & ones(bytes));
        } else if (bytes > 1) {
            int half = bytes / 2;
            write(decoder, address, half, value);
            write(decoder, address + half, half, value >>> half * Byte.SIZE);
        }
    }

    private static OptionalLong peek(Decoder decoder, long address, int bytes) {
        Mapping mapping = decoder.at(address);
        if (mapping != null && mapping.takes(address, bytes)) {
            return mapping.device().peek(address - mapping.start(), bytes);
        }
        if (bytes == 1) {
            return OptionalLong.of(ones(1));
        }
        int half = bytes / 2;
        OptionalLong low = peek(decoder, address, half);
        OptionalLong high = peek(decoder, address + half, half);
        if (low.isEmpty() || high.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(low.getAsLong() | high.getAsLong() << half * Byte.SIZE);
    }

    private static long ones(int bytes) {
        return -1L >>> Long.SIZE - bytes * Byte.SIZE;
    }
}
