/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.OptionalLong;

import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Device;

/** A bus without devices. */
final class FakeBus implements Bus {
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
        return -1L >>> 64 - 8 * bytes;
    }

    @Override
    public void writePort(int port, int bytes, long value) {
        // Nobody is there.
    }

    @Override
    public boolean claims(long address) {
        return false;
    }

    @Override
    public long readMemory(long address, int bytes) {
        return -1L >>> 64 - 8 * bytes;
    }

    @Override
    public void writeMemory(long address, int bytes, long value) {
        // Nobody is there.
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
