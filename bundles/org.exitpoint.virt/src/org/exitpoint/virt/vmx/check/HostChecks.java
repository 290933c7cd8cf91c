/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.HostStateCheck;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;

import static org.exitpoint.virt.vmx.check.RegisterRules.aligned;
import static org.exitpoint.virt.vmx.check.RegisterRules.canonical;
import static org.exitpoint.virt.vmx.check.RegisterRules.fits32;
import static org.exitpoint.virt.vmx.check.RegisterRules.when;

/** Checks on the host-state area and on address-space size. */
@Sdm(section = "28.2", title = "Checks on VMX Controls and Host-State Area")
final class HostChecks {
    private static final int RPL_AND_TI = 7;
    private static final EntryPredicate IS_64_BIT = e -> e.has(VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE);
    private static final EntryPredicate IS_32_BIT = e -> !e.has(VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE);
    private static final EntryPredicate LOADS_EFER = e -> e.has(VmxControl.EXIT_LOAD_IA32_EFER);
    private static final EntryPredicate LOADS_CET = e -> e.has(VmxControl.EXIT_LOAD_CET_STATE);
    private static final EntryPredicate LOADS_FRED = e -> e.has(VmxControl.EXIT_LOAD_FRED_STATE);

    private HostChecks() {
    }

    static void bind(PredicateTable table) {
        controlRegisters(table);
        msrs(table);
        cetAndFred(table);
        selectors(table);
        bases(table);
        addressSpaceSize(table);
    }

    @Sdm(section = "28.2.2", title = "Checks on Host Control Registers, MSRs, and SSP")
    private static void controlRegisters(PredicateTable table) {
        table.bind(HostStateCheck.HOST_CR0_FIXED_BITS, e -> RegisterRules.allows(e.get(VmcsField.HOST_CR0),
                e.capabilities().cr0Fixed0(), e.capabilities().cr0Fixed1()));
        table.bind(HostStateCheck.HOST_CR4_FIXED_BITS, e -> RegisterRules.allows(e.get(VmcsField.HOST_CR4),
                e.capabilities().cr4Fixed0(), e.capabilities().cr4Fixed1()));
        table.bind(HostStateCheck.HOST_CR4_CET_WITHOUT_WP,
                e -> !Cr4.CET.isSet(e.get(VmcsField.HOST_CR4)) || Cr0.WP.isSet(e.get(VmcsField.HOST_CR0)));
        table.bind(HostStateCheck.HOST_CR3_WIDTH, e -> e.isPhysical(VmcsField.HOST_CR3));
    }

    private static void msrs(PredicateTable table) {
        table.bind(HostStateCheck.HOST_SYSENTER_ESP_CANONICAL, canonical(VmcsField.HOST_IA32_SYSENTER_ESP));
        table.bind(HostStateCheck.HOST_SYSENTER_EIP_CANONICAL, canonical(VmcsField.HOST_IA32_SYSENTER_EIP));
        table.bind(HostStateCheck.HOST_PERF_GLOBAL_CTRL_RESERVED_BITS,
                when(e -> e.has(VmxControl.EXIT_LOAD_IA32_PERF_GLOBAL_CTRL),
                        RegisterRules.zero(VmcsField.HOST_IA32_PERF_GLOBAL_CTRL)));
        table.bind(HostStateCheck.HOST_PAT_MEMORY_TYPES,
                when(e -> e.has(VmxControl.EXIT_LOAD_IA32_PAT), RegisterRules.pat(VmcsField.HOST_IA32_PAT)));
        table.bind(HostStateCheck.HOST_EFER_RESERVED_BITS,
                when(LOADS_EFER, RegisterRules.efer(VmcsField.HOST_IA32_EFER)));
        table.bind(HostStateCheck.HOST_EFER_LMA,
                when(LOADS_EFER, e -> Efer.LMA.isSet(e.get(VmcsField.HOST_IA32_EFER)) == IS_64_BIT.holds(e)));
        table.bind(HostStateCheck.HOST_EFER_LME,
                when(LOADS_EFER, e -> Efer.LME.isSet(e.get(VmcsField.HOST_IA32_EFER)) == IS_64_BIT.holds(e)));
        table.bind(HostStateCheck.HOST_PKRS_HIGH_BITS,
                when(e -> e.has(VmxControl.EXIT_LOAD_PKRS), fits32(VmcsField.HOST_IA32_PKRS)));
    }

    private static void cetAndFred(PredicateTable table) {
        VmcsField cet = VmcsField.HOST_IA32_S_CET;
        table.bind(HostStateCheck.HOST_S_CET_CANONICAL, when(LOADS_CET, canonical(cet)));
        table.bind(HostStateCheck.HOST_S_CET_RESERVED_BITS, when(LOADS_CET, RegisterRules.sCetReserved(cet)));
        table.bind(HostStateCheck.HOST_S_CET_SUPPRESS_AND_TRACKER, when(LOADS_CET, RegisterRules.sCetTracker(cet)));
        table.bind(HostStateCheck.HOST_INTERRUPT_SSP_TABLE_CANONICAL,
                when(LOADS_CET, canonical(VmcsField.HOST_IA32_INTERRUPT_SSP_TABLE_ADDR)));
        table.bind(HostStateCheck.HOST_SSP_ALIGNMENT, when(LOADS_CET, aligned(VmcsField.HOST_SSP, 2)));
        table.bind(HostStateCheck.HOST_SSP_CANONICAL, when(LOADS_CET, canonical(VmcsField.HOST_SSP)));
        table.bind(HostStateCheck.HOST_FRED_CONFIG,
                when(LOADS_FRED, RegisterRules.fredConfig(VmcsField.HOST_IA32_FRED_CONFIG)));
        table.bind(HostStateCheck.HOST_FRED_RSP, when(LOADS_FRED, RegisterRules.fredRsp(
                VmcsField.HOST_IA32_FRED_RSP1, VmcsField.HOST_IA32_FRED_RSP2, VmcsField.HOST_IA32_FRED_RSP3)));
        table.bind(HostStateCheck.HOST_FRED_SSP, when(LOADS_FRED, RegisterRules.fredSsp(
                VmcsField.HOST_IA32_FRED_SSP1, VmcsField.HOST_IA32_FRED_SSP2, VmcsField.HOST_IA32_FRED_SSP3)));
    }

    @Sdm(section = "28.2.3", title = "Checks on Host Segment and Descriptor-Table Registers")
    private static void selectors(PredicateTable table) {
        selector(table, HostStateCheck.HOST_ES_SELECTOR_RPL_AND_TI, VmcsField.HOST_ES_SELECTOR);
        selector(table, HostStateCheck.HOST_CS_SELECTOR_RPL_AND_TI, VmcsField.HOST_CS_SELECTOR);
        selector(table, HostStateCheck.HOST_SS_SELECTOR_RPL_AND_TI, VmcsField.HOST_SS_SELECTOR);
        selector(table, HostStateCheck.HOST_DS_SELECTOR_RPL_AND_TI, VmcsField.HOST_DS_SELECTOR);
        selector(table, HostStateCheck.HOST_FS_SELECTOR_RPL_AND_TI, VmcsField.HOST_FS_SELECTOR);
        selector(table, HostStateCheck.HOST_GS_SELECTOR_RPL_AND_TI, VmcsField.HOST_GS_SELECTOR);
        selector(table, HostStateCheck.HOST_TR_SELECTOR_RPL_AND_TI, VmcsField.HOST_TR_SELECTOR);
        table.bind(HostStateCheck.HOST_CS_SELECTOR_ZERO, e -> e.get(VmcsField.HOST_CS_SELECTOR) != 0);
        table.bind(HostStateCheck.HOST_TR_SELECTOR_ZERO, e -> e.get(VmcsField.HOST_TR_SELECTOR) != 0);
        table.bind(HostStateCheck.HOST_SS_SELECTOR_ZERO,
                when(IS_32_BIT, e -> e.get(VmcsField.HOST_SS_SELECTOR) != 0));
    }

    private static void selector(PredicateTable table, HostStateCheck check, VmcsField field) {
        table.bind(check, e -> (e.get(field) & RPL_AND_TI) == 0);
    }

    private static void bases(PredicateTable table) {
        table.bind(HostStateCheck.HOST_FS_BASE_CANONICAL, canonical(VmcsField.HOST_FS_BASE));
        table.bind(HostStateCheck.HOST_GS_BASE_CANONICAL, canonical(VmcsField.HOST_GS_BASE));
        table.bind(HostStateCheck.HOST_TR_BASE_CANONICAL, canonical(VmcsField.HOST_TR_BASE));
        table.bind(HostStateCheck.HOST_GDTR_BASE_CANONICAL, canonical(VmcsField.HOST_GDTR_BASE));
        table.bind(HostStateCheck.HOST_IDTR_BASE_CANONICAL, canonical(VmcsField.HOST_IDTR_BASE));
    }

    @Sdm(section = "28.2.4", title = "Checks Related to Address-Space Size")
    private static void addressSpaceSize(PredicateTable table) {
        table.bind(HostStateCheck.LEGACY_MODE_IA32E_GUEST, e -> e.entersFromIa32eMode() || !e.isIa32eGuest());
        table.bind(HostStateCheck.LEGACY_MODE_HOST_SIZE, e -> e.entersFromIa32eMode() || IS_32_BIT.holds(e));
        table.bind(HostStateCheck.IA32E_MODE_HOST_SIZE, e -> !e.entersFromIa32eMode() || IS_64_BIT.holds(e));
        table.bind(HostStateCheck.HOST_32_BIT_IA32E_GUEST, when(IS_32_BIT, e -> !e.isIa32eGuest()));
        table.bind(HostStateCheck.HOST_32_BIT_PCIDE,
                when(IS_32_BIT, e -> !Cr4.PCIDE.isSet(e.get(VmcsField.HOST_CR4))));
        table.bind(HostStateCheck.HOST_32_BIT_RIP, when(IS_32_BIT, fits32(VmcsField.HOST_RIP)));
        table.bind(HostStateCheck.HOST_32_BIT_S_CET,
                when(IS_32_BIT, when(LOADS_CET, fits32(VmcsField.HOST_IA32_S_CET))));
        table.bind(HostStateCheck.HOST_32_BIT_SSP, when(IS_32_BIT, when(LOADS_CET, fits32(VmcsField.HOST_SSP))));
        table.bind(HostStateCheck.HOST_64_BIT_PAE, when(IS_64_BIT, e -> Cr4.PAE.isSet(e.get(VmcsField.HOST_CR4))));
        table.bind(HostStateCheck.HOST_64_BIT_RIP, when(IS_64_BIT, canonical(VmcsField.HOST_RIP)));
    }
}
