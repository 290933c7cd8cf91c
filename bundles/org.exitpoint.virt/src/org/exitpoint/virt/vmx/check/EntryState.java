/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Rflags;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.InterruptionInfo;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.capability.VmxModel;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * What the checks of VM entry look at: a VMCS, and the processor that enters with it. Takes the control words when it
 * is made; fields are read when asked for.
 */
public final class EntryState {
    private static final ControlWord[] WORDS = ControlWord.values();
    private static final VmcsField[] PDPTES = {VmcsField.GUEST_PDPTE0, VmcsField.GUEST_PDPTE1, VmcsField.GUEST_PDPTE2,
        VmcsField.GUEST_PDPTE3};

    private final Vmcs vmcs;
    private final VmxCapabilities capabilities;
    private final PhysicalMemory memory;
    private final long efer;
    private final long vmxonPointer;
    private final long[] controls = new long[WORDS.length];

    /**
     * The state of an entry.
     *
     * @param vmcs the current VMCS
     * @param capabilities of the processor
     * @param memory host-physical memory, which some fields point to
     * @param efer the processor's IA32_EFER
     * @param vmxonPointer address of the VMXON region
     */
    public EntryState(Vmcs vmcs, VmxCapabilities capabilities, PhysicalMemory memory, long efer, long vmxonPointer) {
        this.vmcs = vmcs;
        this.capabilities = capabilities;
        this.memory = memory;
        this.efer = efer;
        this.vmxonPointer = vmxonPointer;
        for (ControlWord word : WORDS) {
            controls[word.ordinal()] = vmcs.controls(word);
        }
    }

    /** A field's value. */
    public long get(VmcsField field) {
        return vmcs.get(field);
    }

    /** Whether a control is 1, and the word that it belongs to counts. */
    public boolean has(VmxControl control) {
        return (controls[control.word().ordinal()] & control.mask()) != 0;
    }

    /** A control word as it counts. */
    long controls(ControlWord word) {
        return controls[word.ordinal()];
    }

    VmxCapabilities capabilities() {
        return capabilities;
    }

    VmxModel model() {
        return capabilities.model();
    }

    PhysicalMemory memory() {
        return memory;
    }

    long currentPointer() {
        return vmcs.address();
    }

    long vmxonPointer() {
        return vmxonPointer;
    }

    boolean isCanonical(VmcsField field) {
        return model().isCanonical(get(field));
    }

    boolean isPhysical(VmcsField field) {
        return model().isPhysical(get(field));
    }

    /** Whether the processor that enters is in IA-32e mode. */
    boolean entersFromIa32eMode() {
        return Efer.LMA.isSet(efer);
    }

    boolean isIa32eGuest() {
        return has(VmxControl.ENTRY_IA_32E_MODE_GUEST);
    }

    boolean isUnrestricted() {
        return has(VmxControl.UNRESTRICTED_GUEST);
    }

    boolean isVirtual8086() {
        return Rflags.VM.isSet(get(VmcsField.GUEST_RFLAGS));
    }

    /** Whether the guest will be in 64-bit mode. */
    boolean is64BitGuest() {
        return isIa32eGuest() && AccessRights.L.isSet(get(VmcsField.GUEST_CS_ACCESS_RIGHTS));
    }

    /** Whether an event is injected. */
    boolean injects() {
        return InterruptionInfo.isValid(get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION));
    }

    /** Type of the event injected; counts only if there is one. */
    InterruptionInfo.Type eventType() {
        long information = get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION);
        return InterruptionInfo.Type.ofNumber((int) InterruptionInfo.TYPE.of(information));
    }

    /** Whether an event of a type is injected. */
    boolean injects(InterruptionInfo.Type type) {
        return injects() && eventType() == type;
    }

    /** Vector of the event injected. */
    int eventVector() {
        return (int) InterruptionInfo.VECTOR.of(get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION));
    }

    /** Whether the event injected comes with an error code. */
    boolean eventHasErrorCode() {
        return InterruptionInfo.ERROR_CODE.isSet(get(VmcsField.VM_ENTRY_INTERRUPTION_INFORMATION));
    }

    /** Whether the guest will use PAE paging. */
    public boolean usesPaePaging() {
        return Cr0.PG.isSet(get(VmcsField.GUEST_CR0)) && Cr4.PAE.isSet(get(VmcsField.GUEST_CR4)) && !isIa32eGuest();
    }

    /** A PDPTE that the guest will use: of the VMCS with EPT, else of the table that the guest's CR3 refers to. */
    public long pdpte(int index) {
        return has(VmxControl.ENABLE_EPT) ? get(PDPTES[index])
                : memory.read(PdpteRules.table(get(VmcsField.GUEST_CR3)) + index * Long.BYTES, Long.BYTES);
    }
}
