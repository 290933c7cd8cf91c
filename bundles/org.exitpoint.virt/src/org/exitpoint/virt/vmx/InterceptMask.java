/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.List;

import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.isa.ops.Intercept;

/** Which sensitive events a guest's controls make interesting: the mask that engines test. */
final class InterceptMask {
    private static final long ALWAYS = mask(Intercept.CPUID, Intercept.INVD, Intercept.XSETBV, Intercept.VMCALL,
            Intercept.VMX_INSTRUCTION, Intercept.VMREAD, Intercept.VMWRITE, Intercept.GETSEC, Intercept.RDMSR,
            Intercept.WRMSR);
    private static final Rule[] RULES = List.of(
            new Rule(VmxControl.HLT_EXITING, mask(Intercept.HLT)),
            new Rule(VmxControl.INVLPG_EXITING, mask(Intercept.INVLPG, Intercept.INVPCID)),
            new Rule(VmxControl.RDTSC_EXITING, mask(Intercept.RDTSC, Intercept.RDTSCP)),
            new Rule(VmxControl.RDPMC_EXITING, mask(Intercept.RDPMC)),
            new Rule(VmxControl.WBINVD_EXITING, mask(Intercept.WBINVD)),
            new Rule(VmxControl.PAUSE_EXITING, mask(Intercept.PAUSE)),
            new Rule(VmxControl.MONITOR_EXITING, mask(Intercept.MONITOR)),
            new Rule(VmxControl.MWAIT_EXITING, mask(Intercept.MWAIT)),
            new Rule(VmxControl.MOV_DR_EXITING, mask(Intercept.MOV_DR)),
            new Rule(VmxControl.UNCONDITIONAL_IO_EXITING, mask(Intercept.IO)),
            new Rule(VmxControl.USE_IO_BITMAPS, mask(Intercept.IO)),
            new Rule(VmxControl.DESCRIPTOR_TABLE_EXITING, mask(Intercept.GDTR_IDTR_ACCESS, Intercept.LDTR_TR_ACCESS)),
            new Rule(VmxControl.RDRAND_EXITING, mask(Intercept.RDRAND)),
            new Rule(VmxControl.RDSEED_EXITING, mask(Intercept.RDSEED)),
            new Rule(VmxControl.CR3_LOAD_EXITING, mask(Intercept.CR_WRITE)),
            new Rule(VmxControl.CR8_LOAD_EXITING, mask(Intercept.CR_WRITE)),
            new Rule(VmxControl.CR3_STORE_EXITING, mask(Intercept.CR_READ)),
            new Rule(VmxControl.CR8_STORE_EXITING, mask(Intercept.CR_READ))).toArray(Rule[]::new);

    private record Rule(VmxControl control, long events) {
    }

    private InterceptMask() {
    }

    private static long mask(Intercept... events) {
        long mask = 0;
        for (Intercept event : events) {
            mask |= event.mask();
        }
        return mask;
    }

    /** The mask for the controls in force. */
    static long of(VmxState vmx) {
        long mask = ALWAYS;
        for (Rule rule : RULES) {
            mask |= vmx.has(rule.control()) ? rule.events() : 0;
        }
        return vmx.cr0Mask != 0 || vmx.cr4Mask != 0 ? mask | Intercept.CR_WRITE.mask() : mask;
    }
}
