/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import java.util.OptionalLong;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.CrAccess;
import org.exitpoint.cpu.core.EffectiveAddress;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.segment.Rights;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.mmu.tlb.InvalidationRule;

/** MOV to and from control registers, CLTS, LMSW and SMSW (SDM vol. 2, "MOV—Move to/from Control Registers"). */
public final class ControlRegisters {
    private static final long PE = Cr0.PE.mask();
    private static final long TS = Cr0.TS.mask();
    private static final long ET = Cr0.ET.mask();
    private static final long NW = Cr0.NW.mask();
    private static final long CD = Cr0.CD.mask();
    private static final long PG = Cr0.PG.mask();
    private static final long CR0_DEFINED = BitField.maskOf(Cr0.values());
    private static final long CR0_RELOADS_PDPTES = PG | CD | NW;
    private static final long HIGH = 0xFFFF_FFFF_0000_0000L;
    private static final long STATUS_WORD = 0xF;
    private static final long PAE = Cr4.PAE.mask();
    private static final long PCIDE = Cr4.PCIDE.mask();
    private static final long LA57 = Cr4.LA57.mask();
    private static final long CR4_RELOADS_PDPTES =
        PAE | Cr4.PGE.mask() | Cr4.PSE.mask() | Cr4.SMEP.mask();
    private static final long LME = Efer.LME.mask();
    private static final long LMA = Efer.LMA.mask();
    private static final long CR3_RETAIN = 1L << 63;
    private static final long CR3_PCID = 0xFFF;
    private static final long TPR_CLASS = 0xF;

    private final Core core;
    private final GuestState state;
    private final Cr4Features cr4Features;
    private final PdpteRegisters pdptes;

    /** The control registers of a processor. */
    public ControlRegisters(Core core) {
        this.core = core;
        state = core.state();
        cr4Features = new Cr4Features(core.features());
        pdptes = new PdpteRegisters(core);
    }

    /** Helper READ_CR. */
    public long read(Instruction instruction, int number) {
        boolean intercepted = (number == 3 || number == 8) && intercepts(Intercept.CR_READ)
            && core.virtualization().interceptCrRead(instruction, number, instruction.rm());
        if (intercepted) {
            return 0;
        }
        return switch (number) {
            case 0 -> core.virtualization().visibleControlRegister(0, state.get(GuestState.CR0));
            case 2 -> state.get(GuestState.CR2);
            case 3 -> state.get(GuestState.CR3);
            case 4 -> core.virtualization().visibleControlRegister(4, state.get(GuestState.CR4));
            case 8 -> core.interrupts().taskPriorityClass();
            default -> throw Faults.invalidOpcode();
        };
    }

    /** Helper WRITE_CR. */
    public long write(Instruction instruction, int number, long value) {
        if (number != 2 && intercepts(Intercept.CR_WRITE) && core.virtualization().interceptCrWrite(CrAccess.MOV,
            instruction, number, instruction.rm(), value, OptionalLong.empty())) {
            return 0;
        }
        switch (number) {
            case 0 -> writeCr0(value);
            case 2 -> state.set(GuestState.CR2, value);
            case 3 -> writeCr3(value);
            case 4 -> writeCr4(value);
            case 8 -> writeCr8(value);
            default -> throw Faults.invalidOpcode();
        }
        return 0;
    }

    /** Helper SMSW. */
    public long machineStatusWord() {
        return core.virtualization().visibleControlRegister(0, state.get(GuestState.CR0));
    }

    /** Helper LMSW: sets MP, EM and TS, and PE, which it cannot clear. */
    public long loadMachineStatusWord(Instruction instruction, long value) {
        if (intercepts(Intercept.CR_WRITE) && core.virtualization().interceptCrWrite(CrAccess.LMSW, instruction, 0,
            instruction.rm(), value & 0xFFFF, operandAddress(instruction))) {
            return 0;
        }
        long old = state.get(GuestState.CR0);
        writeCr0(old & ~STATUS_WORD | value & STATUS_WORD | old & PE);
        return 0;
    }

    /** Helper CLTS. */
    public long clearTaskSwitched(Instruction instruction) {
        if (intercepts(Intercept.CR_WRITE) && core.virtualization().interceptCrWrite(CrAccess.CLTS, instruction, 0,
                0, 0,
            OptionalLong.empty())) {
            return 0;
        }
        long old = state.get(GuestState.CR0);
        state.set(GuestState.CR0, core.virtualization().mergeControlRegister(0, old, old & ~TS));
        return 0;
    }

    private boolean intercepts(Intercept event) {
        return state.isSet(GuestState.INTERCEPTS, event.mask());
    }

    private OptionalLong operandAddress(Instruction instruction) {
        if (!instruction.shape().key().memory()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(core.memory().linear(instruction.segment(), EffectiveAddress.of(state, instruction)));
    }

    // CR0.

    private void writeCr0(long value) {
        if ((value & HIGH) != 0) {
            throw Faults.generalProtection();
        }
        long old = state.get(GuestState.CR0);
        long fresh = core.virtualization().mergeControlRegister(0, old, value & CR0_DEFINED | ET);
        boolean pagingWithoutProtection = (fresh & (PG | PE)) == PG;
        boolean notWriteThroughWithCache = (fresh & (NW | CD)) == NW;
        if (pagingWithoutProtection || notWriteThroughWithCache
            || !core.virtualization().allowsControlRegister(0, fresh)) {
            throw Faults.generalProtection();
        }
        long efer = state.get(GuestState.EFER);
        if ((fresh & ~old & PG) != 0) {
            efer = enablePaging(efer);
        } else if ((old & ~fresh & PG) != 0) {
            efer = disablePaging(efer);
        }
        boolean reload = usesPae(fresh, state.get(GuestState.CR4), efer) && ((old ^ fresh) & CR0_RELOADS_PDPTES) != 0;
        if (reload) {
            pdptes.load(state.get(GuestState.CR3));
        }
        state.set(GuestState.CR0, fresh);
        state.set(GuestState.EFER, efer);
        core.stateReplaced();
        core.mmu().invalidate(InvalidationRule.ofMovToCr0(old, fresh), 0);
    }

    /** SDM vol. 3, "Initializing IA-32e Mode": IA32_EFER as it is with paging on. */
    private long enablePaging(long efer) {
        if ((efer & LME) == 0) {
            return efer;
        }
        SystemDescriptorType task = Rights.systemType(state.segmentRights(GuestState.TR));
        boolean task16 = task == SystemDescriptorType.TSS_16_BUSY || task == SystemDescriptorType.TSS_16_AVAILABLE;
        boolean realMode = !ModeUpkeep.isProtected(state);
        if (!state.isSet(GuestState.CR4, PAE) || Rights.isLong(state.segmentRights(GuestState.CS))
            || task16 && !realMode) {
            throw Faults.generalProtection();
        }
        return efer | LMA;
    }

    private long disablePaging(long efer) {
        if (ModeUpkeep.is64Bit(state) || state.isSet(GuestState.CR4, PCIDE)) {
            throw Faults.generalProtection();
        }
        return efer & ~LMA;
    }

    private static boolean usesPae(long cr0, long cr4, long efer) {
        return (cr0 & PG) != 0 && (cr4 & PAE) != 0 && (efer & LMA) == 0;
    }

    // CR3.

    private void writeCr3(long value) {
        boolean pcids = state.isSet(GuestState.CR4, PCIDE);
        long stored = pcids ? value & ~CR3_RETAIN : value;
        if (ModeUpkeep.is64Bit(state) && stored >>> core.features().physicalAddressBits() != 0) {
            throw Faults.generalProtection();
        }
        if (usesPae(state.get(GuestState.CR0), state.get(GuestState.CR4), state.get(GuestState.EFER))) {
            pdptes.load(stored);
        }
        state.set(GuestState.CR3, stored);
        core.stateReplaced();
        core.mmu().invalidate(InvalidationRule.ofMovToCr3(value, state.get(GuestState.CR4)), 0);
    }

    // CR4.

    private void writeCr4(long value) {
        long old = state.get(GuestState.CR4);
        long fresh = core.virtualization().mergeControlRegister(4, old, value);
        long changed = old ^ fresh;
        if ((fresh & ~cr4Features.mask()) != 0 || !core.virtualization().allowsControlRegister(4, fresh)) {
            throw Faults.generalProtection();
        }
        boolean longMode = ModeUpkeep.isLongModeActive(state);
        boolean leavesPae = longMode && (fresh & PAE) == 0;
        boolean changesLevels = longMode && (changed & LA57) != 0;
        boolean startsPcids = (fresh & ~old & PCIDE) != 0
            && (!longMode || (state.get(GuestState.CR3) & CR3_PCID) != 0);
        if (leavesPae || changesLevels || startsPcids) {
            throw Faults.generalProtection();
        }
        boolean paePaging = usesPae(state.get(GuestState.CR0), fresh, state.get(GuestState.EFER));
        if (paePaging && (changed & CR4_RELOADS_PDPTES) != 0) {
            pdptes.load(state.get(GuestState.CR3));
        }
        state.set(GuestState.CR4, fresh);
        core.stateReplaced();
        core.mmu().invalidate(InvalidationRule.ofMovToCr4(old, fresh), 0);
    }

    // CR8.

    private void writeCr8(long value) {
        if ((value & ~TPR_CLASS) != 0) {
            throw Faults.generalProtection();
        }
        core.interrupts().setTaskPriorityClass((int) value);
    }
}
