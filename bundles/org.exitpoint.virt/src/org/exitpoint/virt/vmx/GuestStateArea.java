/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.Interruptibility;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.mmu.walk.PagingMode;
import org.exitpoint.virt.vmx.check.EntryState;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** The guest-state area: loaded by VM entry, saved by VM exit. */
@Sdm(section = "28.3.2", title = "Loading Guest State")
final class GuestStateArea {
    /** Bits of CR0 that VM entry and VM exit leave as they are. */
    static final long CR0_UNMODIFIED = ~BitField.maskOf(Cr0.PE, Cr0.MP, Cr0.EM, Cr0.TS, Cr0.NE, Cr0.WP, Cr0.AM, Cr0.PG);
    /** Offset of DR7 in the state. */
    static final int DR7 = GuestState.DEBUG_REGISTERS + 7 * Long.BYTES;

    private static final long DR7_RESERVED = 1L << 12 | 1L << 14 | 1L << 15;
    private static final long PG = Cr0.PG.mask();
    private static final long LME = Efer.LME.mask();
    private static final long LMA = Efer.LMA.mask();
    private static final long RF = Rflags.RF.mask();
    private static final long BLOCKING = BitField.maskOf(Interruptibility.BLOCKING_BY_STI,
            Interruptibility.BLOCKING_BY_MOV_SS, Interruptibility.BLOCKING_BY_SMI);
    private static final long BLOCKING_BY_NMI = Interruptibility.BLOCKING_BY_NMI.mask();
    private static final VmcsField[] PDPTES = {VmcsField.GUEST_PDPTE0, VmcsField.GUEST_PDPTE1, VmcsField.GUEST_PDPTE2,
        VmcsField.GUEST_PDPTE3};

    private final Core core;
    private final GuestState state;
    private final VmxState vmx;

    GuestStateArea(Core core, VmxState vmx) {
        this.core = core;
        this.state = core.state();
        this.vmx = vmx;
    }

    /** Loads everything but what depends on event injection; the controls are in force already. */
    void load(EntryState entry) {
        Vmcs vmcs = vmx.current;
        loadControlRegisters(vmcs);
        loadMsrs(vmcs);
        SegmentArea.load(vmcs, state);
        state.setRip(vmcs.get(VmcsField.GUEST_RIP));
        state.setRegister(Vmx.RSP, vmcs.get(VmcsField.GUEST_RSP));
        state.setRflags(vmcs.get(VmcsField.GUEST_RFLAGS));
        if (entry.usesPaePaging()) {
            for (int i = 0; i < PDPTES.length; i++) {
                state.set(GuestState.PDPTES + i * Long.BYTES, entry.pdpte(i));
            }
        }
        loadNonRegisterState(vmcs);
    }

    private void loadControlRegisters(Vmcs vmcs) {
        long cr0 = vmcs.get(VmcsField.GUEST_CR0);
        state.set(GuestState.CR0, state.get(GuestState.CR0) & CR0_UNMODIFIED | cr0 & ~CR0_UNMODIFIED);
        state.set(GuestState.CR3, vmcs.get(VmcsField.GUEST_CR3));
        state.set(GuestState.CR4, vmcs.get(VmcsField.GUEST_CR4));
        if (vmx.has(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS)) {
            long dr7 = vmcs.get(VmcsField.GUEST_DR7);
            state.set(DR7, dr7 & ~DR7_RESERVED | Dr7.FIXED1.mask());
            state.set(MsrSlots.DEBUGCTL, vmcs.get(VmcsField.GUEST_IA32_DEBUGCTL));
        }
    }

    private void loadMsrs(Vmcs vmcs) {
        state.set(MsrSlots.SYSENTER_CS, vmcs.get(VmcsField.GUEST_IA32_SYSENTER_CS));
        state.set(MsrSlots.SYSENTER_ESP, vmcs.get(VmcsField.GUEST_IA32_SYSENTER_ESP));
        state.set(MsrSlots.SYSENTER_EIP, vmcs.get(VmcsField.GUEST_IA32_SYSENTER_EIP));
        if (vmx.has(VmxControl.ENTRY_LOAD_IA32_PAT)) {
            state.set(MsrSlots.PAT, vmcs.get(VmcsField.GUEST_IA32_PAT));
        }
        if (vmx.has(VmxControl.ENTRY_LOAD_IA32_EFER)) {
            state.set(GuestState.EFER, vmcs.get(VmcsField.GUEST_IA32_EFER));
            return;
        }
        boolean ia32e = vmx.has(VmxControl.ENTRY_IA_32E_MODE_GUEST);
        long efer = state.get(GuestState.EFER) & ~LMA | (ia32e ? LMA : 0);
        if ((state.get(GuestState.CR0) & PG) != 0) {
            efer = efer & ~LME | (ia32e ? LME : 0);
        }
        state.set(GuestState.EFER, efer);
    }

    private void loadNonRegisterState(Vmcs vmcs) {
        long interruptibility = vmcs.get(VmcsField.GUEST_INTERRUPTIBILITY_STATE);
        boolean nmi = (interruptibility & BLOCKING_BY_NMI) != 0;
        boolean isVirtual = vmx.has(VmxControl.VIRTUAL_NMIS);
        vmx.virtualNmiBlocking = isVirtual && nmi;
        int blocking = (int) (interruptibility & BLOCKING);
        blocking |= nmi && !isVirtual ? GuestState.BLOCKING_BY_NMI : 0;
        blocking |= (blocking & (GuestState.BLOCKING_BY_STI | GuestState.BLOCKING_BY_MOV_SS)) != 0
                ? GuestState.BLOCKING_IS_FRESH : 0;
        state.set8(GuestState.BLOCKING, blocking);
        state.set8(GuestState.ACTIVITY, (int) vmcs.get(VmcsField.GUEST_ACTIVITY_STATE));
    }

    /** Saves everything; {@code resumeFlag} says what becomes of RF. */
    @Sdm(section = "29.3", title = "Saving Guest State")
    void save(ExitInformation.ResumeFlag resumeFlag) {
        Vmcs vmcs = vmx.current;
        vmcs.set(VmcsField.GUEST_CR0, state.get(GuestState.CR0));
        vmcs.set(VmcsField.GUEST_CR3, state.get(GuestState.CR3));
        vmcs.set(VmcsField.GUEST_CR4, state.get(GuestState.CR4));
        saveMsrs(vmcs);
        SegmentArea.save(vmcs, state);
        vmcs.set(VmcsField.GUEST_RIP, state.rip());
        vmcs.set(VmcsField.GUEST_RSP, state.register(Vmx.RSP));
        vmcs.set(VmcsField.GUEST_RFLAGS, switch (resumeFlag) {
            case UNCHANGED -> state.rflags();
            case SET -> state.rflags() | RF;
            case CLEARED -> state.rflags() & ~RF;
        });
        saveNonRegisterState(vmcs);
    }

    private void saveMsrs(Vmcs vmcs) {
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_CS, state.get(MsrSlots.SYSENTER_CS) & 0xFFFF_FFFFL);
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_ESP, state.get(MsrSlots.SYSENTER_ESP));
        vmcs.set(VmcsField.GUEST_IA32_SYSENTER_EIP, state.get(MsrSlots.SYSENTER_EIP));
        if (vmx.has(VmxControl.EXIT_SAVE_DEBUG_CONTROLS)) {
            vmcs.set(VmcsField.GUEST_DR7, state.get(DR7));
            vmcs.set(VmcsField.GUEST_IA32_DEBUGCTL, state.get(MsrSlots.DEBUGCTL));
        }
        if (vmx.has(VmxControl.EXIT_SAVE_IA32_PAT)) {
            vmcs.set(VmcsField.GUEST_IA32_PAT, state.get(MsrSlots.PAT));
        }
        if (vmx.has(VmxControl.EXIT_SAVE_IA32_EFER)) {
            vmcs.set(VmcsField.GUEST_IA32_EFER, state.get(GuestState.EFER));
        }
    }

    private void saveNonRegisterState(Vmcs vmcs) {
        int blocking = state.get8(GuestState.BLOCKING);
        boolean nmi = vmx.has(VmxControl.VIRTUAL_NMIS) ? vmx.virtualNmiBlocking
                : (blocking & GuestState.BLOCKING_BY_NMI) != 0;
        vmcs.set(VmcsField.GUEST_INTERRUPTIBILITY_STATE, blocking & BLOCKING | (nmi ? BLOCKING_BY_NMI : 0));
        vmcs.set(VmcsField.GUEST_ACTIVITY_STATE, state.get8(GuestState.ACTIVITY));
        vmcs.set(VmcsField.GUEST_PENDING_DEBUG_EXCEPTIONS, state.get(GuestState.PENDING_DEBUG));
        if (vmx.has(VmxControl.ENABLE_EPT) && core.mmu().context().mode() == PagingMode.PAE) {
            for (int i = 0; i < PDPTES.length; i++) {
                vmcs.set(PDPTES[i], state.get(GuestState.PDPTES + i * Long.BYTES));
            }
        }
    }
}
