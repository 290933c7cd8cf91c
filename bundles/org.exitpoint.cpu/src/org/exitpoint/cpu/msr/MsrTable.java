/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.msr;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.msr.DebugCtl;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.msr.MsrFamily;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.ModelSpecificRegisters;
import org.exitpoint.cpu.core.ProcessorFeatures;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.cpu.system.TimeStampCounter;

/**
 * The registers of one processor: one row each. What no row names, and the virtualization does not own, does not exist:
 * #GP(0).
 */
public final class MsrTable implements ModelSpecificRegisters {
    private static final LongPredicate ANY = _ -> true;
    private static final LongPredicate LOW_32 = value -> value >>> 32 == 0;
    private static final List<Msr> FIXED_MTRRS = List.of(Msr.IA32_MTRR_FIX64K_00000, Msr.IA32_MTRR_FIX16K_80000,
        Msr.IA32_MTRR_FIX16K_A0000, Msr.IA32_MTRR_FIX4K_C0000, Msr.IA32_MTRR_FIX4K_C8000, Msr.IA32_MTRR_FIX4K_D0000,
        Msr.IA32_MTRR_FIX4K_D8000, Msr.IA32_MTRR_FIX4K_E0000, Msr.IA32_MTRR_FIX4K_E8000, Msr.IA32_MTRR_FIX4K_F0000,
        Msr.IA32_MTRR_FIX4K_F8000);
    private static final long MTRRCAP = MsrSlots.VARIABLE_MTRRS | 1 << 8 | 1 << 10;
    /** Fast strings on; no branch trace storage and no precise sampling. */
    private static final long MISC_ENABLE_RESET = 1 | 1 << 11 | 1 << 12;
    private static final long MISC_ENABLE_DEFINED = 0x4_00C5_1889L | MISC_ENABLE_RESET;
    private static final long PAT_RESET = 0x0007_0406_0007_0406L;
    /** The bits of IA32_DEBUGCTL that may be 1. */
    public static final long DEBUGCTL_DEFINED = BitField.maskOf(DebugCtl.LBR, DebugCtl.BTF);
    private static final long DEBUGCTL_BTF = DebugCtl.BTF.mask();
    private static final long PG = Cr0.PG.mask();
    private static final long LME = Efer.LME.mask();
    private static final long LMA = Efer.LMA.mask();

    private final Core core;
    private final GuestState state;
    private final MsrPolicy[] rows = new MsrPolicy[Msr.values().length];
    private final TimeStampCounter counter;

    /** The registers of a processor. */
    public MsrTable(Core core) {
        this.core = core;
        this.state = core.state();
        this.counter = new TimeStampCounter(core);
        systemCalls();
        bases();
        time();
        memoryTypes();
        rest();
    }

    @Override
    public long read(int address) {
        MsrPolicy policy = find(address);
        if (policy != null) {
            return policy.read();
        }
        OptionalLong value = core.virtualization().readMsr(address);
        if (value.isEmpty()) {
            throw Faults.generalProtection();
        }
        return value.getAsLong();
    }

    @Override
    public void write(int address, long value) {
        MsrPolicy policy = find(address);
        if (policy != null) {
            policy.write(value);
        } else if (!core.virtualization().writeMsr(address, value)) {
            throw Faults.generalProtection();
        }
    }

    /** Puts the registers in their state after power-on; the state block has been zeroed. */
    public void reset() {
        state.set(MsrSlots.PAT, PAT_RESET);
        state.set(MsrSlots.offset(Msr.IA32_MISC_ENABLE), MISC_ENABLE_RESET);
    }

    private MsrPolicy find(int address) {
        Msr msr = Msr.ofAddress(address);
        return msr != null ? rows[msr.ordinal()] : variableMtrr(address);
    }

    private void row(Msr msr, MsrPolicy policy) {
        rows[msr.ordinal()] = policy;
    }

    private void row(CpuidFeature feature, Msr msr, MsrPolicy policy) {
        if (core.features().has(feature)) {
            row(msr, policy);
        }
    }

    private MsrPolicy stored(Msr msr, LongPredicate allowed) {
        return MsrPolicy.stored(state, MsrSlots.offset(msr), allowed);
    }

    private MsrPolicy stored(int offset, LongPredicate allowed) {
        return MsrPolicy.stored(state, offset, allowed);
    }

    private boolean isCanonical(long value) {
        return core.memory().isCanonical(value);
    }

    private void systemCalls() {
        row(CpuidFeature.SEP, Msr.IA32_SYSENTER_CS, stored(Msr.IA32_SYSENTER_CS, ANY));
        row(CpuidFeature.SEP, Msr.IA32_SYSENTER_ESP, stored(Msr.IA32_SYSENTER_ESP, this::isCanonical));
        row(CpuidFeature.SEP, Msr.IA32_SYSENTER_EIP, stored(Msr.IA32_SYSENTER_EIP, this::isCanonical));
        row(CpuidFeature.SYSCALL, Msr.IA32_STAR, stored(Msr.IA32_STAR, ANY));
        row(CpuidFeature.SYSCALL, Msr.IA32_LSTAR, stored(Msr.IA32_LSTAR, this::isCanonical));
        row(CpuidFeature.SYSCALL, Msr.IA32_CSTAR, stored(Msr.IA32_CSTAR, this::isCanonical));
        row(CpuidFeature.SYSCALL, Msr.IA32_FMASK, stored(Msr.IA32_FMASK, LOW_32));
    }

    private void bases() {
        int fs = GuestState.segment(GuestState.FS) + GuestState.SEGMENT_BASE;
        int gs = GuestState.segment(GuestState.GS) + GuestState.SEGMENT_BASE;
        row(CpuidFeature.INTEL_64, Msr.IA32_FS_BASE, stored(fs, this::isCanonical));
        row(CpuidFeature.INTEL_64, Msr.IA32_GS_BASE, stored(gs, this::isCanonical));
        row(CpuidFeature.INTEL_64, Msr.IA32_KERNEL_GS_BASE, stored(GuestState.KERNEL_GS_BASE, this::isCanonical));
        row(Msr.IA32_EFER, MsrPolicy.of(() -> state.get(GuestState.EFER), this::writeEfer));
        row(CpuidFeature.APIC, Msr.IA32_APIC_BASE,
            MsrPolicy.of(() -> core.interrupts().base(), value -> core.interrupts().setBase(value)));
    }

    private void time() {
        row(CpuidFeature.TSC, Msr.IA32_TIME_STAMP_COUNTER, MsrPolicy.of(
            () -> core.virtualization().visibleTimeStampCounter(counter.value()), this::writeCounter));
        row(CpuidFeature.TSC_ADJUST, Msr.IA32_TSC_ADJUST,
            MsrPolicy.of(() -> state.get(MsrSlots.TSC_ADJUST), this::writeAdjustment));
        row(CpuidFeature.TSC_DEADLINE, Msr.IA32_TSC_DEADLINE, MsrPolicy.of(() -> core.interrupts().tscDeadline(),
            value -> core.interrupts().setTscDeadline(value)));
        MsrPolicy processor = stored(GuestState.TSC_AUX, LOW_32);
        row(CpuidFeature.RDTSCP, Msr.IA32_TSC_AUX, processor);
        row(CpuidFeature.RDPID, Msr.IA32_TSC_AUX, processor);
    }

    private void memoryTypes() {
        row(CpuidFeature.PAT, Msr.IA32_PAT, stored(Msr.IA32_PAT, MemoryTypes::isPat));
        row(CpuidFeature.MTRR, Msr.IA32_MTRRCAP, MsrPolicy.readOnly(MTRRCAP));
        row(CpuidFeature.MTRR, Msr.IA32_MTRR_DEF_TYPE, stored(Msr.IA32_MTRR_DEF_TYPE, MemoryTypes::isDefaultType));
        for (Msr msr : FIXED_MTRRS) {
            row(CpuidFeature.MTRR, msr, stored(msr, MemoryTypes::isFixedRange));
        }
    }

    private void rest() {
        row(Msr.IA32_PLATFORM_ID, MsrPolicy.readOnly(0));
        row(Msr.IA32_BIOS_SIGN_ID, stored(Msr.IA32_BIOS_SIGN_ID, ANY));
        row(Msr.IA32_MISC_ENABLE, stored(Msr.IA32_MISC_ENABLE, value -> (value & ~MISC_ENABLE_DEFINED) == 0));
        row(Msr.IA32_DEBUGCTL, MsrPolicy.of(() -> state.get(MsrSlots.DEBUGCTL), this::writeDebugControl));
        row(CpuidFeature.MCA, Msr.IA32_MCG_CAP, MsrPolicy.readOnly(0));
        row(CpuidFeature.MCA, Msr.IA32_MCG_STATUS, stored(Msr.IA32_MCG_STATUS, value -> value == 0));
    }

    private MsrPolicy variableMtrr(int address) {
        if (!core.features().has(CpuidFeature.MTRR)) {
            return null;
        }
        int bits = core.features().physicalAddressBits();
        int range = MsrFamily.IA32_MTRR_PHYSBASE.indexOf(address);
        if (range >= 0 && range < MsrSlots.VARIABLE_MTRRS) {
            return stored(MsrSlots.variableMtrr(range, false), value -> MemoryTypes.isVariableBase(value, bits));
        }
        range = MsrFamily.IA32_MTRR_PHYSMASK.indexOf(address);
        return range >= 0 && range < MsrSlots.VARIABLE_MTRRS
            ? stored(MsrSlots.variableMtrr(range, true), value -> MemoryTypes.isVariableMask(value, bits)) : null;
    }

    /** IA32_EFER: LMA is read-only, LME cannot change while paging is on. */
    private void writeEfer(long value) {
        long old = state.get(GuestState.EFER);
        boolean changesMode = ((old ^ value) & LME) != 0 && state.isSet(GuestState.CR0, PG);
        if ((value & ~eferMask(core.features())) != 0 || changesMode) {
            throw Faults.generalProtection();
        }
        state.set(GuestState.EFER, value & ~LMA | old & LMA);
        core.stateReplaced();
    }

    /** The bits of IA32_EFER that a model has. */
    public static long eferMask(ProcessorFeatures features) {
        return (features.has(CpuidFeature.SYSCALL) ? Efer.SCE.mask() : 0)
            | (features.has(CpuidFeature.INTEL_64) ? BitField.maskOf(Efer.LME, Efer.LMA) : 0)
            | (features.has(CpuidFeature.NX) ? Efer.NXE.mask() : 0);
    }

    /** A write of the counter moves IA32_TSC_ADJUST by as much (SDM vol. 3, "IA32_TSC_ADJUST Register Support"). */
    private void writeCounter(long value) {
        writeAdjustment(state.get(MsrSlots.TSC_ADJUST) + value - counter.value());
    }

    private void writeAdjustment(long value) {
        long change = value - state.get(MsrSlots.TSC_ADJUST);
        state.set(MsrSlots.TSC_ADJUST, value);
        state.set(MsrSlots.TSC_OFFSET, state.get(MsrSlots.TSC_OFFSET) + change);
        core.interrupts().timeStampCounterChanged();
    }

    private void writeDebugControl(long value) {
        if ((value & ~DEBUGCTL_DEFINED) != 0) {
            throw Faults.generalProtection();
        }
        if ((value & DEBUGCTL_BTF) != 0) {
            throw new Interruption.NotImplemented("single-stepping on branches (IA32_DEBUGCTL.BTF)");
        }
        state.set(MsrSlots.DEBUGCTL, value);
    }
}
