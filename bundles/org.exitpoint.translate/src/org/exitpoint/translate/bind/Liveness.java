/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.IrOp.Attribute;
import org.exitpoint.isa.ops.Flag;

/** What keeps an operation alive, and what the status flags are needed for. */
final class Liveness {
    private Liveness() {
    }

    static boolean isNeeded(BoundOp op, boolean flagsLiveAfter, boolean resultUsed) {
        if (op.op().has(Attribute.WRITES_FLAGS)) {
            return flagsLiveAfter;
        }
        return resultUsed || mayLeave(op) || op.op().has(Attribute.MAY_SKIP) || op.op().has(Attribute.COMMITS)
                || op.op().has(Attribute.TERMINATES);
    }

    static boolean flagsLiveBefore(BoundOp op, boolean flagsLiveAfter) {
        if (replacesAllFlags(op)) {
            return false;
        }
        return flagsLiveAfter || op.op().has(Attribute.READS_FLAGS) || mayLeave(op) || op.op().has(Attribute.MAY_SKIP);
    }

    /** Whether emitted code may leave for Java here, which needs the flags as they are. */
    static boolean mayLeave(BoundOp op) {
        return op.op().has(Attribute.MAY_FAULT);
    }

    private static boolean replacesAllFlags(BoundOp op) {
        return op.op() == IrOp.FLAGS_DEF || op.op() == IrOp.FLAGS_SET && op.auxiliary() == Flag.ALL;
    }
}
