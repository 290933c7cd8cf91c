/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.debug.context.GuestRecord;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.mmu.walk.TranslationContext;

/**
 * A context's state where it now stands: in its processor, or in a VMCS. Machine's thread only.
 *
 * <p>What a register is called and where each place has it says {@link RegisterTable}; this says which place counts.
 */
sealed interface ContextState {
    /** A register's value, if it is known. */
    OptionalLong get(RegisterDescriptor register);

    /** Whether values are a snapshot that writing would not reach. */
    boolean isSnapshot(RegisterDescriptor register);

    /** Sets VPID, EPT and PDPTEs for translation of this context's linear addresses. */
    void virtualize(TranslationContext context);

    /** The value of a register by name; 0 if it is not known. */
    default long value(String name) {
        return RegisterTable.ALL.stream().filter(register -> register.name().equals(name)).findFirst().orElseThrow()
                .slotIn(this).orElse(0);
    }

    /** How the context's code is decoded. */
    default CodeMode codeMode() {
        long rights = value("CS.rights");
        boolean longMode = Efer.LMA.isSet(value("IA32_EFER"));
        return longMode && AccessRights.L.isSet(rights) ? CodeMode.BITS64
                : AccessRights.DB.isSet(rights) ? CodeMode.BITS32 : CodeMode.BITS16;
    }

    /** Width of the context's stack pointer. */
    default Width stackWidth() {
        return codeMode() == CodeMode.BITS64 ? Width.I64
                : AccessRights.DB.isSet(value("SS.rights")) ? Width.I32 : Width.I16;
    }

    /** Linear address of an offset in the code segment. */
    default long codeAddress(long offset) {
        return codeMode() == CodeMode.BITS64 ? offset : value("CS.base") + offset & Width.I32.mask();
    }

    /** A context that is in control of its processor. */
    record Live(Core core) implements ContextState {
        @Override
        public OptionalLong get(RegisterDescriptor register) {
            return OptionalLong.of(register.slot().get(core.state()));
        }

        @Override
        public boolean isSnapshot(RegisterDescriptor register) {
            return false;
        }

        @Override
        public void virtualize(TranslationContext context) {
            context.virtualization(core.mmu().context().vpid(), core.mmu().context().eptPointer());
            int pdptes = GuestState.PDPTES;
            context.pdptes(core.state().get(pdptes), core.state().get(pdptes + 8), core.state().get(pdptes + 16),
                    core.state().get(pdptes + 24));
        }
    }

    /** A guest that does not run: its VMCS, and what was saved at its last VM exit. */
    record Saved(GuestRecord guest, ToLongFunction<VmcsField> vmcs) implements ContextState {
        @Override
        public OptionalLong get(RegisterDescriptor register) {
            if (register.guest() == VmcsField.GUEST_IA32_EFER) {
                return OptionalLong.of(efer());
            }
            if (register.guest() != null) {
                return OptionalLong.of(vmcs.applyAsLong(register.guest()));
            }
            return register.saved() == null || guest.exitSteps().isEmpty() ? OptionalLong.empty()
                    : OptionalLong.of(guest.saved(register.saved()));
        }

        /** Without "load IA32_EFER" entry makes LMA and LME what "IA-32e mode guest" says and keeps the rest. */
        private long efer() {
            long controls = vmcs.applyAsLong(VmcsField.VM_ENTRY_CONTROLS);
            long mode = Efer.LMA.mask() | (Cr0.PG.isSet(vmcs.applyAsLong(VmcsField.GUEST_CR0)) ? Efer.LME.mask() : 0);
            long value = vmcs.applyAsLong(VmcsField.GUEST_IA32_EFER);
            return VmxControl.ENTRY_LOAD_IA32_EFER.isSet(controls) ? value
                    : VmxControl.ENTRY_IA_32E_MODE_GUEST.isSet(controls) ? value | mode : value & ~mode;
        }

        @Override
        public boolean isSnapshot(RegisterDescriptor register) {
            return register.guest() == null;
        }

        @Override
        public void virtualize(TranslationContext context) {
            long primary = vmcs.applyAsLong(VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS);
            long secondary = VmxControl.ACTIVATE_SECONDARY_CONTROLS.isSet(primary)
                    ? vmcs.applyAsLong(VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS) : 0;
            long vpid = VmxControl.ENABLE_VPID.isSet(secondary)
                    ? vmcs.applyAsLong(VmcsField.VIRTUAL_PROCESSOR_IDENTIFIER) : 0;
            long eptPointer = VmxControl.ENABLE_EPT.isSet(secondary) ? vmcs.applyAsLong(VmcsField.EPT_POINTER)
                    : TranslationContext.NO_EPT;
            context.virtualization((int) vpid, eptPointer);
            context.pdptes(vmcs.applyAsLong(VmcsField.GUEST_PDPTE0), vmcs.applyAsLong(VmcsField.GUEST_PDPTE1),
                    vmcs.applyAsLong(VmcsField.GUEST_PDPTE2), vmcs.applyAsLong(VmcsField.GUEST_PDPTE3));
        }
    }

    /** A root context whose processor is in a guest: what the next VM exit will load. */
    record Host(ToLongFunction<VmcsField> vmcs) implements ContextState {
        @Override
        public OptionalLong get(RegisterDescriptor register) {
            if (register.name().equals("CS.rights")) {
                return OptionalLong.of(codeRights());
            }
            if (register.host() == VmcsField.HOST_IA32_EFER) {
                long mode = VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE.isSet(exitControls())
                        ? Efer.LMA.mask() | Efer.LME.mask() : 0;
                return OptionalLong.of(VmxControl.EXIT_LOAD_IA32_EFER.isSet(exitControls())
                        ? vmcs.applyAsLong(VmcsField.HOST_IA32_EFER) : mode);
            }
            return register.host() == null ? OptionalLong.empty()
                    : OptionalLong.of(vmcs.applyAsLong(register.host()));
        }

        private long exitControls() {
            return vmcs.applyAsLong(VmcsField.PRIMARY_VM_EXIT_CONTROLS);
        }

        /** VM exits load CS as the manual says in "Loading Host Segment and Descriptor-Table Registers". */
        private long codeRights() {
            boolean wide = VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE.isSet(exitControls());
            return AccessRights.TYPE_CODE | AccessRights.TYPE_READABLE | AccessRights.TYPE_ACCESSED
                    | AccessRights.S.mask() | AccessRights.P.mask() | AccessRights.G.mask()
                    | (wide ? AccessRights.L.mask() : AccessRights.DB.mask());
        }

        @Override
        public boolean isSnapshot(RegisterDescriptor register) {
            return false;
        }

        @Override
        public void virtualize(TranslationContext context) {
            context.virtualization(0, TranslationContext.NO_EPT);
        }
    }
}
