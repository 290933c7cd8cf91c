/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.io;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.IoAccess;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.shape.Instruction;

/** IN, OUT, INS and OUTS. */
public final class PortInstructions {
    private static final int RDX = GeneralRegister.RDX.number();
    private static final int RSI = GeneralRegister.RSI.number();
    private static final int RDI = GeneralRegister.RDI.number();
    private static final int ES = 0;
    private static final int PORT_MASK = 0xFFFF;
    private static final long DF = Rflags.DF.mask();

    private final Core core;
    private final GuestState state;
    private final LinearMemory memory;
    private final PortPermission permission;

    /** The I/O instructions of a processor. */
    public PortInstructions(Core core) {
        this.core = core;
        state = core.state();
        memory = core.memory();
        permission = new PortPermission(core);
    }

    /** Helper IN. */
    public long in(Instruction instruction, int port, int bytes) {
        permission.check(port, bytes);
        if (intercepts() && core.virtualization().interceptIo(instruction,
            new IoAccess(port, bytes, true, false, isImmediate(instruction), 0))) {
            return 0;
        }
        return core.bus().readPort(port, bytes);
    }

    /** Helper OUT. */
    public long out(Instruction instruction, int port, long value, int bytes) {
        permission.check(port, bytes);
        if (intercepts() && core.virtualization().interceptIo(instruction,
            new IoAccess(port, bytes, false, false, isImmediate(instruction), 0))) {
            return 0;
        }
        core.bus().writePort(port, bytes, value);
        return 0;
    }

    /** Helper INS. */
    public long inString(Instruction instruction, int bytes) {
        int port = (int) state.register(RDX) & PORT_MASK;
        permission.check(port, bytes);
        Width width = instruction.shape().key().addressWidth();
        long offset = state.register(RDI) & width.mask();
        if (intercepts() && core.virtualization().interceptIo(instruction,
            new IoAccess(port, bytes, true, true, false, memory.linear(ES, offset)))) {
            return 0;
        }
        memory.probeWrite(ES, offset, bytes);
        memory.store(ES, offset, bytes, core.bus().readPort(port, bytes));
        advance(RDI, width, bytes);
        return 0;
    }

    /** Helper OUTS. */
    public long outString(Instruction instruction, int bytes) {
        int port = (int) state.register(RDX) & PORT_MASK;
        permission.check(port, bytes);
        Width width = instruction.shape().key().addressWidth();
        long offset = state.register(RSI) & width.mask();
        if (intercepts() && core.virtualization().interceptIo(instruction,
            new IoAccess(port, bytes, false, true, false, memory.linear(instruction.segment(), offset)))) {
            return 0;
        }
        core.bus().writePort(port, bytes, memory.load(instruction.segment(), offset, bytes));
        advance(RSI, width, bytes);
        return 0;
    }

    private boolean intercepts() {
        return state.isSet(GuestState.INTERCEPTS, Intercept.IO.mask());
    }

    private static boolean isImmediate(Instruction instruction) {
        return instruction.shape().key().encoding().operands().contains(Operand.Ib);
    }

    private void advance(int register, Width width, int bytes) {
        long old = state.register(register);
        long moved = state.isSet(GuestState.SYSTEM_FLAGS, DF) ? old - bytes : old + bytes;
        state.setRegister(register, width == Width.I16 ? old & ~width.mask() | moved & width.mask()
            : moved & width.mask());
    }
}
