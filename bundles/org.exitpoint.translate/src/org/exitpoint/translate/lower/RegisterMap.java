/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;

/**
 * Where the guest's registers stand while emitted code runs. The map is fixed, so that leaving needs no description.
 *
 * <p>RAX to R11 are in the host's registers of the same names, which makes shifts by CL and RDX:RAX products free, but
 * for RSP, which is in R12 because the host's stays the host's. R12 to R15 are in the state block.
 */
public final class RegisterMap {
    /** The state block's address. */
    public static final HostRegister STATE = HostRegister.R15;
    /** Free for the code of one instruction. */
    public static final HostRegister SCRATCH = HostRegister.R13;
    /** Free for the code of one instruction, too. */
    public static final HostRegister SCRATCH2 = HostRegister.R14;

    private static final int STACK_POINTER = 4;
    private static final int PINNED = 12;

    private RegisterMap() {
    }

    /** Whether a guest register has a host register. */
    public static boolean isPinned(int guest) {
        return guest < PINNED;
    }

    /** The host register of a guest register that has one. */
    public static HostRegister pinned(int guest) {
        if (!isPinned(guest)) {
            throw new IllegalArgumentException("guest register " + guest + " has no host register");
        }
        return guest == STACK_POINTER ? HostRegister.R12 : HostRegister.of(guest);
    }

    /** Where a guest register is. */
    public static HostOperand operand(int guest) {
        return isPinned(guest) ? pinned(guest) : inState(guest);
    }

    /** A guest register's place in the state block. */
    public static HostAddress inState(int guest) {
        return state(GuestState.REGISTERS + 8 * guest);
    }

    /** A place in the state block. */
    public static HostAddress state(int offset) {
        return HostAddress.at(STATE, offset);
    }
}
