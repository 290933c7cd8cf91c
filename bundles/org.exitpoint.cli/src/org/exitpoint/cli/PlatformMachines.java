/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.MachineFactory;
import org.exitpoint.cli.machine.MachineRequest;
import org.exitpoint.debug.port.MachineControl;

/** Makes machines of the platform. */
final class PlatformMachines implements MachineFactory {
    @Override
    public MachineControl create(MachineRequest request) throws Failure {
        throw Failure.internal("there is no platform yet");
    }
}
