/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.ApicBase;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.MsrLoadCheck;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** The MSR areas: lists of 16-byte entries in memory (index, reserved, data). */
@Sdm(section = "28.4", title = "Loading MSRs")
final class MsrLists {
    private static final int ENTRY_SIZE = 16;
    private static final int DATA = 8;
    private static final int X2APIC_RANGE = 8;
    private static final long X2APIC_ENABLED = ApicBase.EXTD.mask();

    private final Core core;
    private MsrLoadCheck failure;

    MsrLists(Core core) {
        this.core = core;
    }

    /** The check that the last list load failed. */
    MsrLoadCheck failure() {
        return failure;
    }

    /**
     * Loads the MSRs of a list.
     *
     * @return 0, or the number of the entry that failed, counted from 1
     */
    long load(Vmcs vmcs, VmcsField address, VmcsField count) {
        long entries = vmcs.get(count);
        long entry = vmcs.get(address);
        for (long i = 1; i <= entries; i++, entry += ENTRY_SIZE) {
            failure = loadEntry(core.physical(), entry);
            if (failure != null) {
                return i;
            }
        }
        return 0;
    }

    private MsrLoadCheck loadEntry(PhysicalMemory memory, long entry) {
        long index = memory.read(entry, Long.BYTES);
        int msr = (int) index;
        if (index >>> Integer.SIZE != 0) {
            return MsrLoadCheck.MSR_ENTRY_RESERVED_BITS;
        }
        if (msr == Msr.IA32_FS_BASE.address()) {
            return MsrLoadCheck.MSR_ENTRY_FS_BASE;
        }
        if (msr == Msr.IA32_GS_BASE.address()) {
            return MsrLoadCheck.MSR_ENTRY_GS_BASE;
        }
        if (msr == Msr.IA32_SMM_MONITOR_CTL.address() || msr == Msr.IA32_SMBASE.address()) {
            return MsrLoadCheck.MSR_ENTRY_SMM_ONLY;
        }
        if (isX2apic(msr)) {
            return MsrLoadCheck.MSR_ENTRY_X2APIC;
        }
        try {
            core.msrs().write(msr, memory.read(entry + DATA, Long.BYTES));
            return null;
        } catch (Interruption.Fault generalProtection) {
            return MsrLoadCheck.MSR_ENTRY_VALUE;
        }
    }

    /** Stores the MSRs of the VM-exit MSR-store list; false if an entry is not allowed, which is a VMX abort. */
    @Sdm(section = "29.4", title = "Saving MSRs")
    boolean store(Vmcs vmcs) {
        PhysicalMemory memory = core.physical();
        long entries = vmcs.get(VmcsField.VM_EXIT_MSR_STORE_COUNT);
        long entry = vmcs.get(VmcsField.VM_EXIT_MSR_STORE_ADDRESS);
        for (long i = 0; i < entries; i++, entry += ENTRY_SIZE) {
            long index = memory.read(entry, Long.BYTES);
            if (index >>> Integer.SIZE != 0 || isX2apic((int) index) || index == Msr.IA32_SMBASE.address()) {
                return false;
            }
            try {
                memory.write(entry + DATA, Long.BYTES, core.msrs().read((int) index));
            } catch (Interruption.Fault generalProtection) {
                return false;
            }
        }
        return true;
    }

    private boolean isX2apic(int msr) {
        return msr >>> Byte.SIZE == X2APIC_RANGE && (core.interrupts().base() & X2APIC_ENABLED) != 0;
    }
}
