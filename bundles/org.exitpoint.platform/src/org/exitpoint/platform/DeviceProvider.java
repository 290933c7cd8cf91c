/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Adds devices to boards without a change to this bundle: put an implementation with a public constructor without
 * parameters on the class path of the machine, and name it in
 * {@code META-INF/services/org.exitpoint.platform.DeviceProvider}.
 */
public interface DeviceProvider {
    /** Plugs the provider's devices into a new board: maps their registers, takes their lines and timers. */
    void addDevices(DeviceSlots slots);

    /** The providers on the class path, in the order of their class names so that a machine is the same each time. */
    static List<DeviceProvider> installed() {
        return ServiceLoader.load(DeviceProvider.class, DeviceProvider.class.getClassLoader()).stream()
                .sorted(Comparator.comparing(provider -> provider.type().getName()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
