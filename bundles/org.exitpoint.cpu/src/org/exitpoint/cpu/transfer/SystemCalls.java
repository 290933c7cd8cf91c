/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.transfer;

import org.exitpoint.arch.Efer;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.segment.Selector;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** SYSCALL, SYSRET, SYSENTER and SYSEXIT (SDM vol. 2), which load fixed segments without reading descriptors. */
public final class SystemCalls {
    private static final int RCX = GeneralRegister.RCX.number();
    private static final int RDX = GeneralRegister.RDX.number();
    private static final int RSP = GeneralRegister.RSP.number();
    private static final int R11 = 11;
    private static final long SCE = Efer.SCE.mask();
    private static final long FLAT_LIMIT = 0xFFFF_FFFFL;
    private static final int CODE64 = 0xA09B;
    private static final int CODE32 = 0xC09B;
    private static final int DATA = 0xC093;
    private static final int DPL3 = 0x60;
    private static final long SYSENTER_CLEARS = Rflags.IF.mask() | Rflags.VM.mask() | Rflags.RF.mask();
    private static final long SYSRET_FLAGS = 0x3C_7FD7;

    private final GuestState state;
    private final LinearMemory memory;

    /** The system calls of a processor. */
    public SystemCalls(Core core) {
        state = core.state();
        memory = core.memory();
    }

    /** Helper SYSCALL. */
    public long syscall(Instruction instruction) {
        if (!ModeUpkeep.is64Bit(state) || !state.isSet(GuestState.EFER, SCE)) {
            throw Faults.invalidOpcode();
        }
        long flags = state.rflags();
        int selector = (int) (state.get(MsrSlots.STAR) >>> 32) & 0xFFFC;
        state.setRegister(RCX, state.rip() + instruction.length());
        state.setRegister(R11, flags & ~Rflags.RF.mask());
        state.setRflags(flags & ~(state.get(MsrSlots.FMASK) | Rflags.RF.mask()));
        enter(selector, selector + 8, CODE64, 0);
        state.setRip(state.get(MsrSlots.LSTAR));
        return 0;
    }

    /** Helper SYSRET. */
    public long sysret(Instruction instruction) {
        if (!ModeUpkeep.is64Bit(state) || !state.isSet(GuestState.EFER, SCE)) {
            throw Faults.invalidOpcode();
        }
        boolean to64Bit = instruction.shape().key().operandWidth() == Width.I64;
        long target = state.register(RCX);
        if (state.cpl() != 0 || to64Bit && !memory.isCanonical(target)) {
            throw Faults.generalProtection();
        }
        int base = (int) (state.get(MsrSlots.STAR) >>> 48);
        state.setRflags(state.register(R11) & SYSRET_FLAGS);
        enter(base + (to64Bit ? 16 : 0) | 3, base + 8 | 3, to64Bit ? CODE64 : CODE32, 3);
        state.setRip(to64Bit ? target : target & FLAT_LIMIT);
        return 0;
    }

    /** Helper SYSENTER. */
    public long sysenter() {
        int selector = (int) state.get(MsrSlots.SYSENTER_CS) & 0xFFFF;
        if (!ModeUpkeep.isProtected(state) || Selector.isNull(selector)) {
            throw Faults.generalProtection();
        }
        boolean longMode = ModeUpkeep.isLongModeActive(state);
        long mask = longMode ? -1 : FLAT_LIMIT;
        state.setRflags(state.rflags() & ~SYSENTER_CLEARS);
        int base = selector & 0xFFFC;
        enter(base, base + 8, longMode ? CODE64 : CODE32, 0);
        state.setRegister(RSP, state.get(MsrSlots.SYSENTER_ESP) & mask);
        state.setRip(state.get(MsrSlots.SYSENTER_EIP) & mask);
        return 0;
    }

    /** Helper SYSEXIT. */
    public long sysexit(Instruction instruction) {
        int selector = (int) state.get(MsrSlots.SYSENTER_CS) & 0xFFFF;
        boolean to64Bit = instruction.shape().key().operandWidth() == Width.I64;
        long target = state.register(RDX);
        long pointer = state.register(RCX);
        boolean canonical = memory.isCanonical(target) && memory.isCanonical(pointer);
        if (!ModeUpkeep.isProtected(state) || state.cpl() != 0 || Selector.isNull(selector) || to64Bit && !canonical) {
            throw Faults.generalProtection();
        }
        int base = selector + (to64Bit ? 32 : 16);
        long mask = to64Bit ? -1 : FLAT_LIMIT;
        enter(base | 3, base + 8 | 3, to64Bit ? CODE64 : CODE32, 3);
        state.setRegister(RSP, pointer & mask);
        state.setRip(target & mask);
        return 0;
    }

    private void enter(int code, int stack, int codeRights, int level) {
        int dpl = level == 0 ? 0 : DPL3;
        state.setSegment(GuestState.CS, code & 0xFFFF, 0, FLAT_LIMIT, codeRights | dpl);
        state.setSegment(GuestState.SS, stack & 0xFFFF, 0, FLAT_LIMIT, DATA | dpl);
        ModeUpkeep.refresh(state);
    }
}
