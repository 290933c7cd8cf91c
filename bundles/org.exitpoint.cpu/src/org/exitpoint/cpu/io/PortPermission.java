/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.io;

import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.segment.Rights;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;

/** Who may access a port: IOPL and the TSS's I/O permission bit map (SDM vol. 1, "I/O Protection"). */
final class PortPermission {
    private static final int MAP_BASE = 0x66;

    private final GuestState state;
    private final LinearMemory memory;

    PortPermission(Core core) {
        state = core.state();
        memory = core.memory();
    }

    /** Raises #GP(0) unless the current privilege level may access that many ports. */
    void check(int port, int bytes) {
        if (!ModeUpkeep.isProtected(state)) {
            return;
        }
        long flags = state.get(GuestState.SYSTEM_FLAGS);
        boolean allowed = state.cpl() <= Rflags.IOPL.of(flags) && !ModeUpkeep.isVirtual8086(state);
        if (!allowed && !mapAllows(port, bytes)) {
            throw Faults.generalProtection();
        }
    }

    private boolean mapAllows(int port, int bytes) {
        SystemDescriptorType type = Rights.systemType(state.segmentRights(GuestState.TR));
        boolean wide = type == SystemDescriptorType.TSS_BUSY || type == SystemDescriptorType.TSS_AVAILABLE;
        long limit = state.segmentLimit(GuestState.TR);
        if (!wide || limit < MAP_BASE + 1) {
            return false;
        }
        long base = state.segmentBase(GuestState.TR);
        long at = memory.loadSystem(base + MAP_BASE, 2) + port / 8;
        if (at + 1 > limit) {
            return false;
        }
        long map = memory.loadSystem(base + at, 2);
        return (map >>> port % 8 & (1 << bytes) - 1) == 0;
    }
}
