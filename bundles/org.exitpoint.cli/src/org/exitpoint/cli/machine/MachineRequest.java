/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import java.util.List;
import org.exitpoint.devices.uart.SerialSink;
import org.exitpoint.platform.image.BootModule;
import org.exitpoint.platform.image.ImageFile;

/**
 * What a person asked for.
 *
 * @param image the image
 * @param arguments what follows the image's name in its command line
 * @param modules files to load behind it
 * @param memoryBytes RAM in bytes
 * @param processors number of processors
 * @param model CPU model with overrides
 * @param engine what executes instructions
 * @param serial takes what the guest sends
 */
public record MachineRequest(ImageFile image, String arguments, List<BootModule> modules, long memoryBytes,
        int processors, String model, Engine engine, SerialSink serial) {
    /** Copies the list. */
    public MachineRequest {
        modules = List.copyOf(modules);
    }

    /** What executes instructions. */
    public enum Engine {
        /** The fastest that this host has. */
        AUTO,
        /** The interpreter alone. */
        INTERPRETER,
        /** The translator to machine code of the host. */
        TRANSLATOR,
        /** One machine on each, side by side, compared as they run. */
        LOCKSTEP
    }
}
