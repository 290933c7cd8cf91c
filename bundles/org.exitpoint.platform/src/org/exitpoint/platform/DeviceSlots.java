/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.Device;
import org.exitpoint.machine.HostInput;
import org.exitpoint.machine.InterruptLine;
import org.exitpoint.machine.PhysicalMemory;

/** What a board offers to a device that is plugged into it. */
public interface DeviceSlots {
    /** Makes a device part of the board: it is reset, saved and restored with it. Its name must be unique. */
    void plug(Device device);

    /** Where the device's registers are mapped. */
    Bus bus();

    /** Where timers are had. */
    Clock clock();

    /** What the host sends in. */
    HostInput input();

    /** Memory, for devices that are bus masters. */
    PhysicalMemory memory();

    /** The line of an interrupt request, 0 to 15 but not 2. A line has one driver. */
    InterruptLine interruptRequest(int irq);
}
