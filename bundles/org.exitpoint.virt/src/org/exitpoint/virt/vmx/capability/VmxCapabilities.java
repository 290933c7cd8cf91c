/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.capability;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.EptVpidCapability;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmcsFieldSupport;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.arch.vmx.VmxBasic;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.arch.vmx.VmxMisc;

/**
 * The VMX capabilities of a processor: which controls may be 1, which must be, and the MSRs that say so. All derives
 * from the set of controls given and from {@link VmxModel}.
 */
@Sdm(section = "A", title = "VMX Capability Reporting Facility")
public final class VmxCapabilities {
    private static final int WRITE_BACK = 6;
    private static final int CR3_TARGETS = 4;
    private static final int PREEMPTION_TIMER_SHIFT = 5;
    private static final long CR0_FIXED0 = BitField.maskOf(Cr0.PE, Cr0.NE, Cr0.PG);
    private static final long CR0_FIXED1 = 0xFFFF_FFFFL;
    private static final long CR4_FIXED0 = Cr4.VMXE.mask();

    private final VmxModel model;
    private final Set<VmxControl> supported;
    private final long[] mayBe1 = new long[ControlWord.values().length];
    private final long[] mustBe1 = new long[ControlWord.values().length];
    private final boolean[] fieldExists = new boolean[VmcsField.values().length];
    private final Map<Msr, Long> msrs = new EnumMap<>(Msr.class);

    /** The capabilities of a processor of this model that implements these controls. */
    public VmxCapabilities(VmxModel model, Set<VmxControl> supported) {
        this.model = model;
        this.supported = EnumSet.copyOf(supported);
        for (ControlWord word : ControlWord.values()) {
            declare(word);
        }
        for (VmcsField field : VmcsField.values()) {
            fieldExists[field.ordinal()] = VmcsFieldSupport.exists(field, this.supported::contains);
        }
        msrs.put(Msr.IA32_VMX_BASIC, basic());
        msrs.put(Msr.IA32_VMX_MISC, misc());
        msrs.put(Msr.IA32_VMX_CR0_FIXED0, CR0_FIXED0);
        msrs.put(Msr.IA32_VMX_CR0_FIXED1, CR0_FIXED1);
        msrs.put(Msr.IA32_VMX_CR4_FIXED0, CR4_FIXED0);
        msrs.put(Msr.IA32_VMX_CR4_FIXED1, model.cr4() | CR4_FIXED0);
        msrs.put(Msr.IA32_VMX_VMCS_ENUM, vmcsEnumeration());
        if (this.supported.contains(VmxControl.ENABLE_EPT) || this.supported.contains(VmxControl.ENABLE_VPID)) {
            msrs.put(Msr.IA32_VMX_EPT_VPID_CAP, eptVpid());
        }
    }

    private void declare(ControlWord word) {
        long may = 0;
        long must = word.default1();
        for (VmxControl control : word.controls()) {
            if (supported.contains(control)) {
                may |= control.mask();
                must &= ~control.mask();
            }
        }
        may |= word.default1();
        mayBe1[word.ordinal()] = may;
        mustBe1[word.ordinal()] = must;
        if (may == 0) {
            return;
        }
        boolean wide = word.field().width() == VmcsField.Width.BITS_64;
        msrs.put(word.capability(), wide ? may : may << 32 | word.default1());
        word.trueCapability().ifPresent(msr -> msrs.put(msr, mayBe1(word) << 32 | mustBe1(word)));
    }

    private static long basic() {
        return VmxBasic.VMCS_REVISION_IDENTIFIER.range().deposit(0, VmcsLayout.REVISION_IDENTIFIER)
                | VmxBasic.REGION_SIZE.range().deposit(0, VmcsLayout.REGION_SIZE)
                | VmxBasic.MEMORY_TYPE.range().deposit(0, WRITE_BACK)
                | BitField.maskOf(VmxBasic.INS_OUTS_INFORMATION, VmxBasic.TRUE_CONTROLS);
    }

    private static long misc() {
        return VmxMisc.PREEMPTION_TIMER_SHIFT.range().deposit(0, PREEMPTION_TIMER_SHIFT)
                | BitField.maskOf(VmxMisc.ACTIVITY_HLT, VmxMisc.ACTIVITY_SHUTDOWN, VmxMisc.ACTIVITY_WAIT_FOR_SIPI,
                        VmxMisc.VMWRITE_EXIT_INFORMATION, VmxMisc.ZERO_LENGTH_INJECTION)
                | VmxMisc.CR3_TARGET_COUNT.range().deposit(0, CR3_TARGETS);
    }

    private long vmcsEnumeration() {
        int highest = 0;
        for (VmcsField field : VmcsField.values()) {
            highest = exists(field) ? Math.max(highest, field.index()) : highest;
        }
        return (long) highest << 1;
    }

    private long eptVpid() {
        long capability = 0;
        if (supported.contains(VmxControl.ENABLE_EPT)) {
            capability |= BitField.maskOf(EptVpidCapability.PAGE_WALK_LENGTH_4, EptVpidCapability.MEMORY_TYPE_UC,
                    EptVpidCapability.MEMORY_TYPE_WB, EptVpidCapability.INVEPT, EptVpidCapability.ACCESSED_DIRTY,
                    EptVpidCapability.ADVANCED_EXIT_INFORMATION, EptVpidCapability.INVEPT_SINGLE_CONTEXT,
                    EptVpidCapability.INVEPT_ALL_CONTEXT);
            capability |= model.paging().eptExecuteOnly() ? EptVpidCapability.EXECUTE_ONLY.mask() : 0;
            capability |= model.paging().eptLargePages() >= 2 ? EptVpidCapability.PAGE_2MB.mask() : 0;
            capability |= model.paging().eptLargePages() >= 3 ? EptVpidCapability.PAGE_1GB.mask() : 0;
        }
        if (supported.contains(VmxControl.ENABLE_VPID)) {
            capability |= BitField.maskOf(EptVpidCapability.INVVPID, EptVpidCapability.INVVPID_INDIVIDUAL_ADDRESS,
                    EptVpidCapability.INVVPID_SINGLE_CONTEXT, EptVpidCapability.INVVPID_ALL_CONTEXT,
                    EptVpidCapability.INVVPID_SINGLE_CONTEXT_RETAINING_GLOBALS);
        }
        return capability;
    }

    /** The processor model that the capabilities belong to. */
    public VmxModel model() {
        return model;
    }

    /** Whether the 1-setting of a control is supported. */
    public boolean supports(VmxControl control) {
        return supported.contains(control);
    }

    /** Whether VMREAD and VMWRITE know a field. */
    public boolean exists(VmcsField field) {
        return fieldExists[field.ordinal()];
    }

    /** Bits of a control word that may be 1. */
    public long mayBe1(ControlWord word) {
        return mayBe1[word.ordinal()];
    }

    /** Bits of a control word that must be 1, according to the true capability MSR where there is one. */
    public long mustBe1(ControlWord word) {
        return mustBe1[word.ordinal()];
    }

    /** The value of a capability MSR (480H to 493H); empty if the processor has none of that number. */
    public OptionalLong msr(int address) {
        Msr msr = Msr.ofAddress(address);
        Long value = msr == null ? null : msrs.get(msr);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The value of a capability MSR; 0 if the processor does not have it. */
    public long msr(Msr msr) {
        return msrs.getOrDefault(msr, 0L);
    }

    /** Bits that must be 1 in CR0 in VMX operation. */
    public long cr0Fixed0() {
        return CR0_FIXED0;
    }

    /** Bits that may be 1 in CR0 in VMX operation. */
    public long cr0Fixed1() {
        return CR0_FIXED1;
    }

    /** Bits that must be 1 in CR4 in VMX operation. */
    public long cr4Fixed0() {
        return CR4_FIXED0;
    }

    /** Bits that may be 1 in CR4 in VMX operation. */
    public long cr4Fixed1() {
        return model.cr4() | CR4_FIXED0;
    }

    /** Number of CR3-target values. */
    public int cr3Targets() {
        return CR3_TARGETS;
    }

    /** The VMX-preemption timer counts down once in 2 to this power ticks of the time-stamp counter. */
    public int preemptionTimerShift() {
        return PREEMPTION_TIMER_SHIFT;
    }
}
