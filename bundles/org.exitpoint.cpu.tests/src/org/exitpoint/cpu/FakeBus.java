/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Device;

/** A bus that notes port and memory writes and answers reads with one value. */
final class FakeBus implements Bus {
    final List<String> writes = new ArrayList<>();
    long answer = 0x1122_3344_5566_7788L;

    @Override
    public void mapPorts(int port, int count, Device device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mapMemory(long address, long bytes, Device device) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long readPort(int port, int bytes) {
        return answer & -1L >>> 64 - 8 * bytes;
    }

    @Override
    public void writePort(int port, int bytes, long value) {
        writes.add("port %x/%d=%x".formatted(port, bytes, value));
    }

    @Override
    public boolean claims(long address) {
        return true;
    }

    @Override
    public long readMemory(long address, int bytes) {
        return answer & -1L >>> 64 - 8 * bytes;
    }

    @Override
    public void writeMemory(long address, int bytes, long value) {
        writes.add("memory %x/%d=%x".formatted(address, bytes, value));
    }

    @Override
    public OptionalLong peekMemory(long address, int bytes) {
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong peekPort(int port, int bytes) {
        return OptionalLong.empty();
    }
}
