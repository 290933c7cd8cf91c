/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.EnumMap;
import java.util.Map;

import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.Shape;

/** What a user-mode program cannot show of an instruction, and so is left out. */
final class NotCompared {
    private static final Helper[] HELPERS = Helper.values();
    private static final Map<Helper, String> REASONS = new EnumMap<>(Helper.class);

    static {
        put("goes where the host's kernel has put code", Helper.JMP_FAR, Helper.CALL_FAR, Helper.RET_FAR, Helper.IRET,
            Helper.INT, Helper.INT3, Helper.INT1, Helper.INTO, Helper.SYSCALL, Helper.SYSENTER);
        put("loads a segment of the host's descriptor tables", Helper.LOAD_SEGMENT, Helper.LOAD_SEGMENT_OF_POINTER);
        put("the host's kernel answers in the processor's place", Helper.SGDT, Helper.SIDT, Helper.SLDT, Helper.STR,
            Helper.SMSW);
        put("calls the host's hypervisor", Helper.VMCALL);
        put("answers what the host is, or when", Helper.CPUID, Helper.RDTSC, Helper.RDTSCP, Helper.RDPID,
            Helper.XGETBV);
        put("answers differently each time", Helper.RDRAND, Helper.RDSEED);
    }

    private NotCompared() {
    }

    private static void put(String reason, Helper... helpers) {
        for (Helper helper : helpers) {
            REASONS.put(helper, reason);
        }
    }

    /** Why a shape of a row is not compared; null if it is. */
    static String reason(Row row, Shape shape) {
        if (!row.implemented()) {
            return "not implemented";
        }
        for (IrInsn operation : shape.program().instructions()) {
            if (operation.op() == IrOp.HELPER) {
                String reason = REASONS.get(HELPERS[(int) operation.auxiliary()]);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return null;
    }
}
