/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

import org.exitpoint.machine.Device;

/** I/O port space: one table entry a port. */
final class PortDecoder implements Decoder {
    private static final int PORTS = 1 << 16;

    private final Mapping[] byPort = new Mapping[PORTS];

    void map(int port, int count, Device device) {
        if (port < 0 || count <= 0 || port > PORTS - count) {
            throw new IllegalArgumentException(
                    "%s: no ports 0x%x to 0x%x".formatted(device.name(), port, (long) port + count - 1));
        }
        for (int p = port; p < port + count; p++) {
            if (byPort[p] != null) {
                throw new IllegalArgumentException("%s: port 0x%x is taken by %s"
                        .formatted(device.name(), p, byPort[p].device().name()));
            }
        }
        Mapping mapping = new Mapping(port, count, device);
        for (int p = port; p < port + count; p++) {
            byPort[p] = mapping;
        }
    }

    /** Ports at and above 0x10000, which an access at the end of the space may reach, are nobody's. */
    @Override
    public Mapping at(long address) {
        return address >= 0 && address < PORTS ? byPort[(int) address] : null;
    }
}
