/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.check.PdpteRules;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/** The host-state area, loaded by VM exits and by VM entries that fail late. */
@Sdm(section = "29.5", title = "Loading Host State")
final class HostStateArea {
    private static final long LME_LMA = Efer.LME.mask() | Efer.LMA.mask();
    private static final long ADDRESS_32 = 0xFFFF_FFFFL;
    private static final int TABLE_LIMIT = 0xFFFF;
    private static final int TSS_LIMIT = 0x67;
    private static final int UNUSABLE = (int) AccessRights.UNUSABLE.mask();
    private static final int PRESENT = (int) AccessRights.P.mask();
    private static final int FLAT = (int) (AccessRights.S.mask() | AccessRights.P.mask() | AccessRights.G.mask());
    private static final int DATA = FLAT | (int) AccessRights.DB.mask() | AccessRights.TYPE_WRITABLE
            | AccessRights.TYPE_ACCESSED;
    private static final int CODE = FLAT | AccessRights.TYPE_CODE | AccessRights.TYPE_READABLE
            | AccessRights.TYPE_ACCESSED;
    private static final int TSS = PRESENT | SystemDescriptorType.TSS_BUSY.type();

    private final Core core;
    private final GuestState state;
    private final VmxCapabilities capabilities;

    HostStateArea(Core core, VmxCapabilities capabilities) {
        this.core = core;
        this.state = core.state();
        this.capabilities = capabilities;
    }

    /** Loads everything but MSRs of the list; false if PDPTEs of the host are invalid, which is a VMX abort. */
    boolean load(Vmcs vmcs) {
        boolean is64Bit = vmcs.has(VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE);
        loadControlRegisters(vmcs, is64Bit);
        loadMsrs(vmcs, is64Bit);
        loadSegments(vmcs, is64Bit);
        state.setRip(vmcs.get(VmcsField.HOST_RIP) & (is64Bit ? -1L : ADDRESS_32));
        state.setRegister(Vmx.RSP, vmcs.get(VmcsField.HOST_RSP) & (is64Bit ? -1L : ADDRESS_32));
        state.setRflags(0);
        updateNonRegisterState();
        return is64Bit || loadPdptes();
    }

    private void loadControlRegisters(Vmcs vmcs, boolean is64Bit) {
        long cr0 = vmcs.get(VmcsField.HOST_CR0);
        state.set(GuestState.CR0, state.get(GuestState.CR0) & GuestStateArea.CR0_UNMODIFIED
                | cr0 & ~GuestStateArea.CR0_UNMODIFIED);
        state.set(GuestState.CR3, vmcs.get(VmcsField.HOST_CR3));
        long cr4 = vmcs.get(VmcsField.HOST_CR4);
        state.set(GuestState.CR4, is64Bit ? cr4 | Cr4.PAE.mask() : cr4 & ~Cr4.PCIDE.mask());
        state.set(GuestStateArea.DR7, Dr7.INITIAL);
    }

    private void loadMsrs(Vmcs vmcs, boolean is64Bit) {
        state.set(MsrSlots.DEBUGCTL, 0);
        state.set(MsrSlots.SYSENTER_CS, vmcs.get(VmcsField.HOST_IA32_SYSENTER_CS));
        state.set(MsrSlots.SYSENTER_ESP, vmcs.get(VmcsField.HOST_IA32_SYSENTER_ESP));
        state.set(MsrSlots.SYSENTER_EIP, vmcs.get(VmcsField.HOST_IA32_SYSENTER_EIP));
        if (vmcs.has(VmxControl.EXIT_LOAD_IA32_PAT)) {
            state.set(MsrSlots.PAT, vmcs.get(VmcsField.HOST_IA32_PAT));
        }
        long efer = vmcs.has(VmxControl.EXIT_LOAD_IA32_EFER) ? vmcs.get(VmcsField.HOST_IA32_EFER)
                : state.get(GuestState.EFER) & ~LME_LMA | (is64Bit ? LME_LMA : 0);
        state.set(GuestState.EFER, efer);
    }

    private void loadSegments(Vmcs vmcs, boolean is64Bit) {
        AccessRights size = is64Bit ? AccessRights.L : AccessRights.DB;
        state.setSegment(GuestState.CS, (int) vmcs.get(VmcsField.HOST_CS_SELECTOR), 0, ADDRESS_32,
                CODE | (int) size.mask());
        loadData(Vmx.ES, vmcs.get(VmcsField.HOST_ES_SELECTOR), 0);
        loadData(GuestState.SS, vmcs.get(VmcsField.HOST_SS_SELECTOR), 0);
        loadData(Vmx.DS, vmcs.get(VmcsField.HOST_DS_SELECTOR), 0);
        loadData(GuestState.FS, vmcs.get(VmcsField.HOST_FS_SELECTOR), vmcs.get(VmcsField.HOST_FS_BASE));
        loadData(GuestState.GS, vmcs.get(VmcsField.HOST_GS_SELECTOR), vmcs.get(VmcsField.HOST_GS_BASE));
        state.setSegment(GuestState.LDTR, 0, 0, 0, UNUSABLE);
        state.setSegment(GuestState.TR, (int) vmcs.get(VmcsField.HOST_TR_SELECTOR),
                vmcs.get(VmcsField.HOST_TR_BASE), TSS_LIMIT, TSS);
        SegmentArea.loadTable(state, GuestState.GDTR, vmcs.get(VmcsField.HOST_GDTR_BASE), TABLE_LIMIT);
        SegmentArea.loadTable(state, GuestState.IDTR, vmcs.get(VmcsField.HOST_IDTR_BASE), TABLE_LIMIT);
    }

    private void loadData(int number, long selector, long base) {
        state.setSegment(number, (int) selector, base, ADDRESS_32, selector == 0 ? DATA | UNUSABLE : DATA);
    }

    /** What is blocked by NMI stays so: only an exit due to an NMI changes it. */
    @Sdm(section = "29.5.5", title = "Updating Non-Register State")
    private void updateNonRegisterState() {
        state.set8(GuestState.BLOCKING, state.get8(GuestState.BLOCKING) & GuestState.BLOCKING_BY_NMI);
        state.set8(GuestState.ACTIVITY, Activity.ACTIVE.ordinal());
        state.set(GuestState.PENDING_DEBUG, 0);
    }

    /** A host outside IA-32e mode that has paging and PAE uses PAE paging. */
    @Sdm(section = "29.5.4", title = "Checking and Loading Host Page-Directory-Pointer-Table Entries")
    private boolean loadPdptes() {
        if (!state.isSet(GuestState.CR4, Cr4.PAE.mask()) || !state.isSet(GuestState.CR0, Cr0.PG.mask())) {
            return true;
        }
        long table = PdpteRules.table(state.get(GuestState.CR3));
        for (int i = 0; i < PdpteRules.COUNT; i++) {
            long pdpte = core.physical().read(table + i * Long.BYTES, Long.BYTES);
            if (!PdpteRules.isValid(capabilities.model(), pdpte)) {
                return false;
            }
            state.set(GuestState.PDPTES + i * Long.BYTES, pdpte);
        }
        return true;
    }
}
