/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** INT n, INT3, INT1, INTO and BOUND (SDM vol. 2, "INT n/INTO/INT3/INT1"). */
public final class SoftwareInterrupts {
    private final Core core;
    private final LinearMemory memory;

    /** The software interrupts of a processor. */
    public SoftwareInterrupts(Core core) {
        this.core = core;
        memory = core.memory();
    }

    /** Helper INT. */
    public long interrupt(Instruction instruction, int vector) {
        core.delivery().deliver(Event.software(EventType.SOFTWARE_INTERRUPT, vector, instruction.length()));
        return 0;
    }

    /** Helper INT3. */
    public long breakpoint(Instruction instruction) {
        return exception(instruction, EventType.SOFTWARE_EXCEPTION, ExceptionVector.BP);
    }

    /** Helper INT1. */
    public long debug(Instruction instruction) {
        return exception(instruction, EventType.PRIVILEGED_SOFTWARE_EXCEPTION, ExceptionVector.DB);
    }

    /** Helper INTO. */
    public long overflow(Instruction instruction) {
        return exception(instruction, EventType.SOFTWARE_EXCEPTION, ExceptionVector.OF);
    }

    /** Helper BOUND: signed bounds, lower then upper, at an offset. */
    public long bound(Instruction instruction, long index, long offset) {
        Width width = instruction.shape().key().operandWidth();
        int segment = instruction.segment();
        long lower = width.signExtend(memory.load(segment, offset, width.bytes()));
        long above = offset + width.bytes() & instruction.shape().key().addressWidth().mask();
        long upper = width.signExtend(memory.load(segment, above, width.bytes()));
        long value = width.signExtend(index);
        if (value < lower || value > upper) {
            throw new Interruption.Fault(ExceptionVector.BR, 0);
        }
        return 0;
    }

    private long exception(Instruction instruction, EventType type, ExceptionVector vector) {
        core.delivery().exception(Event.software(type, vector.vector(), instruction.length()));
        return 0;
    }
}
