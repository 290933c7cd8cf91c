/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.tlb.FastTlb;
import org.exitpoint.translate.lower.Exit;
import org.exitpoint.translate.lower.Scratch;

/** Makes the fast TLB know what an access of emitted code needs, if it may. */
final class AccessFiller {
    private final Core core;
    private final GuestState state;

    AccessFiller(Core core) {
        this.core = core;
        this.state = core.state();
    }

    /**
     * Translates the access that an exit stands for and enters it in the fast TLB.
     *
     * @return whether emitted code can do the access now; if not, the interpreter must, or must raise its fault
     */
    boolean fill(Exit exit) {
        long linear = state.get(Scratch.ACCESS_ADDRESS);
        boolean crosses = (linear & PhysicalMemory.PAGE_SIZE - 1) + exit.bytes() > PhysicalMemory.PAGE_SIZE;
        boolean bits64 = state.get8(GuestState.CODE_MODE) == CodeMode.BITS64.ordinal();
        if (crosses || bits64 && !core.memory().isCanonical(linear)) {
            return false;
        }
        int mode = core.memory().explicitAccess();
        int access = mode | (exit.write() ? Access.WRITE : Access.READ);
        if (core.mmu().translate(linear, access) < 0) {
            return false;
        }
        core.mmu().fill(linear, mode);
        long bank = state.get(GuestState.TLB_BANK);
        return FastTlb.lookup(bank, linear, exit.write() ? FastTlb.OFFSET_WRITE : FastTlb.OFFSET_READ,
            exit.bytes()) != 0;
    }
}
