/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Registers that are shown together.
 *
 * @param name {@code General}, {@code Control}, {@code Segments} or {@code Debug}
 * @param registers the registers, in the manual's order; empty if they are not known
 * @param snapshotSteps the step count of the VM exit at which these values were saved; empty if they are live
 */
public record RegisterGroup(String name, List<RegisterValue> registers, OptionalLong snapshotSteps) {
    /** Copies the list. */
    public RegisterGroup {
        registers = List.copyOf(registers);
    }

    /**
     * Finds a register.
     *
     * @param register its name, in either case
     * @return the register, if the group has it
     */
    public Optional<RegisterValue> find(String register) {
        return registers.stream().filter(value -> value.name().equalsIgnoreCase(register)).findFirst();
    }
}
