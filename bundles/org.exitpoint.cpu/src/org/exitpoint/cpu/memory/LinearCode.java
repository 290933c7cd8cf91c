/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;

/** Instruction fetch of one processor, through its MMU. */
public final class LinearCode implements CodeMemory {
    private static final long LEGACY_MASK = 0xFFFF_FFFFL;

    private final GuestState state;
    private final LinearMemory memory;
    private final PhysicalMemory ram;
    private final PhysicalAccess access;

    /** The code of the processor whose state and memory these are. */
    public LinearCode(GuestState state, LinearMemory memory, PhysicalMemory ram, PhysicalAccess access) {
        this.state = state;
        this.memory = memory;
        this.ram = ram;
        this.access = access;
    }

    @Override
    public long physical(long offset) {
        int rights = state.cpl() == 3 ? Access.FETCH | Access.USER : Access.FETCH;
        if (ModeUpkeep.is64Bit(state)) {
            if (!memory.isCanonical(offset)) {
                throw Faults.generalProtection();
            }
            return translate(offset, rights);
        }
        if (offset > state.segmentLimit(GuestState.CS)) {
            throw Faults.generalProtection();
        }
        return translate(state.segmentBase(GuestState.CS) + offset & LEGACY_MASK, rights);
    }

    private long translate(long linear, int rights) {
        long host = memory.direct(linear, 1, rights);
        return host != 0 ? host - ram.base() : memory.translate(linear, rights);
    }

    @Override
    public int read(long offset, long physical, byte[] into, int at) {
        long page = PhysicalMemory.PAGE_SIZE - (physical & PhysicalMemory.PAGE_SIZE - 1);
        long available = Math.min(page, into.length - at);
        if (!ModeUpkeep.is64Bit(state)) {
            available = Math.min(available, state.segmentLimit(GuestState.CS) - offset + 1);
        }
        int bytes = (int) available;
        if ((ram.pageFlags(physical) & PhysicalMemory.RAM) != 0) {
            ram.read(physical, into, at, bytes);
        } else {
            for (int i = 0; i < bytes; i++) {
                into[at + i] = (byte) access.load(physical + i, 1);
            }
        }
        return bytes;
    }
}
