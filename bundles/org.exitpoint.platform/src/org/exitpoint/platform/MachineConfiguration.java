/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.List;

import org.exitpoint.devices.uart.SerialSink;
import org.exitpoint.platform.image.BootModule;
import org.exitpoint.platform.image.ImageFile;

/**
 * What a machine is made of and what it starts with. The same configuration and the same host input give the same run.
 *
 * @param memoryBytes RAM in bytes; see {@link org.exitpoint.platform.memory.RamLayout#pc}
 * @param processors number of processors, from 1
 * @param model CPU model with overrides, such as {@code skylake-server,-vmx,maxphyaddr=39}
 * @param engine what executes instructions
 * @param image the Multiboot image to load
 * @param arguments what follows the image's name in its command line; may be empty
 * @param modules further files to load behind it
 * @param serial takes what the guest sends through the first serial port
 * @param providers who adds devices to those of every board
 */
public record MachineConfiguration(long memoryBytes, int processors, String model, EngineKind engine, ImageFile image,
        String arguments, List<BootModule> modules, SerialSink serial, List<DeviceProvider> providers) {
    /** Copies the lists. */
    public MachineConfiguration {
        modules = List.copyOf(modules);
        providers = List.copyOf(providers);
    }

    /** The same machine with another engine, and another taker of its serial output. */
    public MachineConfiguration with(EngineKind otherEngine, SerialSink otherSerial) {
        return new MachineConfiguration(memoryBytes, processors, model, otherEngine, image, arguments, modules,
            otherSerial, providers);
    }
}
