/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.capability;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.ProcessorFeatures;

/** The one list of controls whose 1-setting this machine implements. */
public final class ImplementedControls {
    /** All of them. */
    public static final Set<VmxControl> ALL = Collections.unmodifiableSet(EnumSet.of(
            // Pin-based.
            VmxControl.EXTERNAL_INTERRUPT_EXITING, VmxControl.NMI_EXITING, VmxControl.VIRTUAL_NMIS,
            VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER,
            // Primary processor-based.
            VmxControl.INTERRUPT_WINDOW_EXITING, VmxControl.USE_TSC_OFFSETTING, VmxControl.HLT_EXITING,
            VmxControl.INVLPG_EXITING, VmxControl.MWAIT_EXITING, VmxControl.RDPMC_EXITING, VmxControl.RDTSC_EXITING,
            VmxControl.CR3_LOAD_EXITING, VmxControl.CR3_STORE_EXITING, VmxControl.CR8_LOAD_EXITING,
            VmxControl.CR8_STORE_EXITING, VmxControl.NMI_WINDOW_EXITING, VmxControl.MOV_DR_EXITING,
            VmxControl.UNCONDITIONAL_IO_EXITING, VmxControl.USE_IO_BITMAPS, VmxControl.USE_MSR_BITMAPS,
            VmxControl.MONITOR_EXITING, VmxControl.PAUSE_EXITING, VmxControl.ACTIVATE_SECONDARY_CONTROLS,
            // Secondary processor-based.
            VmxControl.ENABLE_EPT, VmxControl.DESCRIPTOR_TABLE_EXITING, VmxControl.ENABLE_RDTSCP,
            VmxControl.ENABLE_VPID, VmxControl.WBINVD_EXITING, VmxControl.RDRAND_EXITING, VmxControl.ENABLE_INVPCID,
            VmxControl.RDSEED_EXITING,
            // VM-exit.
            VmxControl.EXIT_SAVE_DEBUG_CONTROLS, VmxControl.EXIT_HOST_ADDRESS_SPACE_SIZE,
            VmxControl.EXIT_ACKNOWLEDGE_INTERRUPT_ON_EXIT, VmxControl.EXIT_SAVE_IA32_PAT,
            VmxControl.EXIT_LOAD_IA32_PAT, VmxControl.EXIT_SAVE_IA32_EFER, VmxControl.EXIT_LOAD_IA32_EFER,
            VmxControl.EXIT_SAVE_VMX_PREEMPTION_TIMER_VALUE,
            // VM-entry.
            VmxControl.ENTRY_LOAD_DEBUG_CONTROLS, VmxControl.ENTRY_IA_32E_MODE_GUEST, VmxControl.ENTRY_LOAD_IA32_PAT,
            VmxControl.ENTRY_LOAD_IA32_EFER));

    /** Controls of instructions that a processor may lack. */
    private static final Map<VmxControl, CpuidFeature> FEATURES = Map.of(
            VmxControl.ENABLE_RDTSCP, CpuidFeature.RDTSCP, VmxControl.ENABLE_INVPCID, CpuidFeature.INVPCID,
            VmxControl.RDRAND_EXITING, CpuidFeature.RDRAND, VmxControl.RDSEED_EXITING, CpuidFeature.RDSEED);

    private ImplementedControls() {
    }

    /** Those of them that a processor with these features has. */
    public static Set<VmxControl> of(ProcessorFeatures features) {
        Set<VmxControl> controls = EnumSet.copyOf(ALL);
        controls.removeIf(control -> FEATURES.containsKey(control) && !features.has(FEATURES.get(control)));
        return controls;
    }
}
