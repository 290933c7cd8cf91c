/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;

/** XGETBV and XSETBV. */
public final class ExtendedControlRegisters {
    private static final long X87 = 1;
    private static final long SSE = 1 << 1;
    private static final long AVX = 1 << 2;

    private final GuestState state;
    private final long supported;

    /** The extended control registers of a processor. */
    public ExtendedControlRegisters(Core core) {
        state = core.state();
        supported = X87 | (core.features().has(CpuidFeature.SSE) ? SSE : 0)
            | (core.features().has(CpuidFeature.AVX) ? AVX : 0);
    }

    /** Helper XGETBV. */
    public long read() {
        if (Pair.selector(state) != 0) {
            throw Faults.generalProtection();
        }
        Pair.set(state, state.get(GuestState.XCR0));
        return 0;
    }

    /** Helper XSETBV. */
    public long write() {
        long value = Pair.get(state);
        boolean avxWithoutSse = (value & (AVX | SSE)) == AVX;
        if (Pair.selector(state) != 0 || (value & ~supported) != 0 || (value & X87) == 0 || avxWithoutSse) {
            throw Faults.generalProtection();
        }
        state.set(GuestState.XCR0, value);
        return 0;
    }
}
