/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.ArrayList;
import java.util.List;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of debug exceptions. Unlike in DR6, a bit is 1 if its condition was met.
 *
 * @param breakpoints one bit for each of DR0 to DR3 whose condition was met
 * @param busLock a bus lock was detected
 * @param registerAccess BD: a debug register was about to be accessed
 * @param singleStep BS: an instruction or a taken branch was single-stepped
 * @param rtm the exception occurred inside an RTM region
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record DebugException(int breakpoints, boolean busLock, boolean registerAccess, boolean singleStep, boolean rtm)
        implements ExitQualification {
    private static final NamedBits BREAKPOINTS = new NamedBits("breakpoints", 0, 3, "Breakpoint conditions met");
    private static final NamedBits BUS_LOCK = new NamedBits("busLock", 11, "Bus lock detected");
    private static final NamedBits REGISTER_ACCESS = new NamedBits("BD", 13, "Debug register access detected");
    private static final NamedBits SINGLE_STEP = new NamedBits("BS", 14, "Single step");
    private static final NamedBits RTM = new NamedBits("RTM", 16, "Inside an RTM region");
    private static final List<BitField> FIELDS = List.of(BREAKPOINTS, BUS_LOCK, REGISTER_ACCESS, SINGLE_STEP, RTM);
    private static final int BREAKPOINT_COUNT = 4;

    static DebugException decode(long value) {
        return new DebugException((int) BREAKPOINTS.of(value), BUS_LOCK.isSet(value), REGISTER_ACCESS.isSet(value),
                SINGLE_STEP.isSet(value), RTM.isSet(value));
    }

    @Override
    public long encode() {
        return BREAKPOINTS.encode(breakpoints) | BUS_LOCK.encode(busLock) | REGISTER_ACCESS.encode(registerAccess)
                | SINGLE_STEP.encode(singleStep) | RTM.encode(rtm);
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < BREAKPOINT_COUNT; i++) {
            if ((breakpoints >>> i & 1) != 0) {
                parts.add("breakpoint in DR" + i);
            }
        }
        if (busLock) {
            parts.add("bus lock");
        }
        if (registerAccess) {
            parts.add("debug register access");
        }
        if (singleStep) {
            parts.add("single step");
        }
        if (rtm) {
            parts.add("inside an RTM region");
        }
        return String.join(", ", parts);
    }
}
