/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.util.OptionalLong;

import org.exitpoint.cpu.memory.LocalWindow;

/** The APIC's registers at the physical addresses at which its processor sees them. */
final class ApicWindow implements LocalWindow {
    private static final long OFFSET = LocalApic.PAGE_BYTES - 1L;

    private final LocalApic apic;

    ApicWindow(LocalApic apic) {
        this.apic = apic;
    }

    @Override
    public boolean claims(long address) {
        return apic.isEnabled() && (address & ~OFFSET) == apic.address();
    }

    @Override
    public long read(long address, int bytes) {
        return apic.read(address & OFFSET, bytes);
    }

    @Override
    public OptionalLong peek(long address, int bytes) {
        return apic.peek(address & OFFSET, bytes);
    }

    @Override
    public void write(long address, int bytes, long value) {
        apic.write(address & OFFSET, bytes, value);
    }
}
