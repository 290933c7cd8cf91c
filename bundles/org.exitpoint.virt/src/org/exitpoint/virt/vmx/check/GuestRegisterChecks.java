/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

import static org.exitpoint.virt.vmx.check.RegisterRules.canonical;
import static org.exitpoint.virt.vmx.check.RegisterRules.fits32;
import static org.exitpoint.virt.vmx.check.RegisterRules.when;
import static org.exitpoint.virt.vmx.check.RegisterRules.zero;

/** Checks on guest control registers, debug registers and MSRs. */
@Sdm(section = "28.3.1.1", title = "Checks on Guest Control Registers, Debug Registers, and MSRs")
final class GuestRegisterChecks {
    private static final long CR0_NOT_CHECKED = BitField.maskOf(Cr0.CD, Cr0.NW);
    private static final long CR0_UNRESTRICTED = BitField.maskOf(Cr0.PE, Cr0.PG);
    private static final long BNDCFGS_RESERVED = new BitRange(2, 11).mask();
    private static final long MAX_VECTOR = 0xFF;
    private static final EntryPredicate LOADS_DEBUG = e -> e.has(VmxControl.ENTRY_LOAD_DEBUG_CONTROLS);
    private static final EntryPredicate LOADS_EFER = e -> e.has(VmxControl.ENTRY_LOAD_IA32_EFER);
    private static final EntryPredicate LOADS_CET = e -> e.has(VmxControl.ENTRY_LOAD_CET_STATE);
    private static final EntryPredicate LOADS_FRED = e -> e.has(VmxControl.ENTRY_LOAD_FRED_STATE);

    private GuestRegisterChecks() {
    }

    static void bind(PredicateTable table) {
        controlRegisters(table);
        ia32eMode(table);
        debugRegisters(table);
        msrs(table);
        efer(table);
        absentFeatures(table);
        cetAndFred(table);
    }

    private static void controlRegisters(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_CR0_FIXED_BITS, GuestRegisterChecks::cr0FixedBits);
        table.bind(GuestStateCheck.GUEST_CR0_PG_WITHOUT_PE,
                e -> !Cr0.PG.isSet(e.get(VmcsField.GUEST_CR0)) || Cr0.PE.isSet(e.get(VmcsField.GUEST_CR0)));
        table.bind(GuestStateCheck.GUEST_CR4_FIXED_BITS, e -> RegisterRules.allows(e.get(VmcsField.GUEST_CR4),
                e.capabilities().cr4Fixed0(), e.capabilities().cr4Fixed1()));
        table.bind(GuestStateCheck.GUEST_CR4_CET_WITHOUT_WP,
                e -> !Cr4.CET.isSet(e.get(VmcsField.GUEST_CR4)) || Cr0.WP.isSet(e.get(VmcsField.GUEST_CR0)));
        table.bind(GuestStateCheck.GUEST_CR3_WIDTH, e -> e.isPhysical(VmcsField.GUEST_CR3));
    }

    private static boolean cr0FixedBits(EntryState e) {
        long fixed0 = e.capabilities().cr0Fixed0() & ~(e.isUnrestricted() ? CR0_UNRESTRICTED : 0);
        return RegisterRules.allows(e.get(VmcsField.GUEST_CR0) & ~CR0_NOT_CHECKED, fixed0 & ~CR0_NOT_CHECKED,
                e.capabilities().cr0Fixed1());
    }

    private static void ia32eMode(PredicateTable table) {
        EntryPredicate ia32e = EntryState::isIa32eGuest;
        EntryPredicate legacy = e -> !e.isIa32eGuest();
        table.bind(GuestStateCheck.GUEST_IA32E_WITHOUT_PG, when(ia32e, e -> Cr0.PG.isSet(e.get(VmcsField.GUEST_CR0))));
        table.bind(GuestStateCheck.GUEST_IA32E_WITHOUT_PAE,
                when(ia32e, e -> Cr4.PAE.isSet(e.get(VmcsField.GUEST_CR4))));
        table.bind(GuestStateCheck.GUEST_PCIDE_OUTSIDE_IA32E,
                when(legacy, e -> !Cr4.PCIDE.isSet(e.get(VmcsField.GUEST_CR4))));
        table.bind(GuestStateCheck.GUEST_FRED_OUTSIDE_IA32E,
                when(legacy, e -> !Cr4.FRED.isSet(e.get(VmcsField.GUEST_CR4))));
    }

    private static void debugRegisters(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_DEBUGCTL_RESERVED_BITS,
                when(LOADS_DEBUG, e -> (e.get(VmcsField.GUEST_IA32_DEBUGCTL) & ~e.model().debugCtl()) == 0));
        table.bind(GuestStateCheck.GUEST_DR7_HIGH_BITS, when(LOADS_DEBUG, fits32(VmcsField.GUEST_DR7)));
    }

    private static void msrs(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_SYSENTER_ESP_CANONICAL, canonical(VmcsField.GUEST_IA32_SYSENTER_ESP));
        table.bind(GuestStateCheck.GUEST_SYSENTER_EIP_CANONICAL, canonical(VmcsField.GUEST_IA32_SYSENTER_EIP));
        table.bind(GuestStateCheck.GUEST_PAT_MEMORY_TYPES,
                when(e -> e.has(VmxControl.ENTRY_LOAD_IA32_PAT), RegisterRules.pat(VmcsField.GUEST_IA32_PAT)));
        table.bind(GuestStateCheck.GUEST_PKRS_HIGH_BITS,
                when(e -> e.has(VmxControl.ENTRY_LOAD_PKRS), fits32(VmcsField.GUEST_IA32_PKRS)));
        table.bind(GuestStateCheck.GUEST_UINV_HIGH_BITS,
                when(e -> e.has(VmxControl.ENTRY_LOAD_UINV), e -> e.get(VmcsField.GUEST_UINV) <= MAX_VECTOR));
        EntryPredicate loadsBounds = e -> e.has(VmxControl.ENTRY_LOAD_IA32_BNDCFGS);
        table.bind(GuestStateCheck.GUEST_BNDCFGS_RESERVED_BITS,
                when(loadsBounds, e -> (e.get(VmcsField.GUEST_IA32_BNDCFGS) & BNDCFGS_RESERVED) == 0));
        table.bind(GuestStateCheck.GUEST_BNDCFGS_CANONICAL,
                when(loadsBounds, canonical(VmcsField.GUEST_IA32_BNDCFGS)));
    }

    private static void efer(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_EFER_RESERVED_BITS,
                when(LOADS_EFER, RegisterRules.efer(VmcsField.GUEST_IA32_EFER)));
        table.bind(GuestStateCheck.GUEST_EFER_LMA,
                when(LOADS_EFER, e -> Efer.LMA.isSet(e.get(VmcsField.GUEST_IA32_EFER)) == e.isIa32eGuest()));
        table.bind(GuestStateCheck.GUEST_EFER_LME, when(LOADS_EFER, e -> {
            long efer = e.get(VmcsField.GUEST_IA32_EFER);
            return !Cr0.PG.isSet(e.get(VmcsField.GUEST_CR0)) || Efer.LMA.isSet(efer) == Efer.LME.isSet(efer);
        }));
    }

    /** Registers of which the processor has no bit. */
    private static void absentFeatures(PredicateTable table) {
        table.bind(GuestStateCheck.GUEST_PERF_GLOBAL_CTRL_RESERVED_BITS,
                when(e -> e.has(VmxControl.ENTRY_LOAD_IA32_PERF_GLOBAL_CTRL),
                        zero(VmcsField.GUEST_IA32_PERF_GLOBAL_CTRL)));
        table.bind(GuestStateCheck.GUEST_RTIT_CTL_RESERVED_BITS,
                when(e -> e.has(VmxControl.ENTRY_LOAD_IA32_RTIT_CTL), zero(VmcsField.GUEST_IA32_RTIT_CTL)));
        table.bind(GuestStateCheck.GUEST_LBR_CTL_RESERVED_BITS,
                when(e -> e.has(VmxControl.ENTRY_LOAD_GUEST_IA32_LBR_CTL), zero(VmcsField.GUEST_IA32_LBR_CTL)));
    }

    private static void cetAndFred(PredicateTable table) {
        VmcsField cet = VmcsField.GUEST_IA32_S_CET;
        table.bind(GuestStateCheck.GUEST_S_CET_CANONICAL, when(LOADS_CET, canonical(cet)));
        table.bind(GuestStateCheck.GUEST_S_CET_RESERVED_BITS, when(LOADS_CET, RegisterRules.sCetReserved(cet)));
        table.bind(GuestStateCheck.GUEST_S_CET_SUPPRESS_AND_TRACKER, when(LOADS_CET, RegisterRules.sCetTracker(cet)));
        table.bind(GuestStateCheck.GUEST_INTERRUPT_SSP_TABLE_CANONICAL,
                when(LOADS_CET, canonical(VmcsField.GUEST_IA32_INTERRUPT_SSP_TABLE_ADDR)));
        table.bind(GuestStateCheck.GUEST_FRED_CONFIG,
                when(LOADS_FRED, RegisterRules.fredConfig(VmcsField.GUEST_IA32_FRED_CONFIG)));
        table.bind(GuestStateCheck.GUEST_FRED_RSP, when(LOADS_FRED, RegisterRules.fredRsp(
                VmcsField.GUEST_IA32_FRED_RSP1, VmcsField.GUEST_IA32_FRED_RSP2, VmcsField.GUEST_IA32_FRED_RSP3)));
        table.bind(GuestStateCheck.GUEST_FRED_SSP, when(LOADS_FRED, RegisterRules.fredSsp(
                VmcsField.GUEST_IA32_FRED_SSP1, VmcsField.GUEST_IA32_FRED_SSP2, VmcsField.GUEST_IA32_FRED_SSP3)));
    }
}
