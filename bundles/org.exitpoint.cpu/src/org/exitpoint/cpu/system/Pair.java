/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.state.GuestState;

/** EDX:EAX as one value, and ECX that selects what it is. */
final class Pair {
    /** Number of RCX. */
    static final int RCX = GeneralRegister.RCX.number();

    private static final int RAX = GeneralRegister.RAX.number();
    private static final int RDX = GeneralRegister.RDX.number();
    private static final long LOW = 0xFFFF_FFFFL;

    private Pair() {
    }

    static long get(GuestState state) {
        return state.register(RDX) << 32 | state.register(RAX) & LOW;
    }

    static void set(GuestState state, long value) {
        state.setRegister(RAX, value & LOW);
        state.setRegister(RDX, value >>> 32);
    }

    static int selector(GuestState state) {
        return (int) state.register(RCX);
    }
}
