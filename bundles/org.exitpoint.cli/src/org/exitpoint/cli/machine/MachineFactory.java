/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import org.exitpoint.debug.port.MachineControl;

/** Makes machines. */
@FunctionalInterface
public interface MachineFactory {
    /**
     * Makes a machine with its image loaded.
     *
     * @param request what it is to be
     * @return the machine, which the caller closes
     * @throws Failure if it cannot be made
     */
    MachineControl create(MachineRequest request) throws Failure;
}
