/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.memory.OperandMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.PhysicalMemory;

/** A processor of registers and a window of memory: all that rows without helpers need. */
record BareCore(GuestState state, OperandMemory memory) implements Core {
    @Override
    public int index() {
        return 0;
    }

    @Override
    public PhysicalMemory physical() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Bus bus() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Clock clock() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Virtualization virtualization() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void exited() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean takeExited() {
        return false;
    }
}
