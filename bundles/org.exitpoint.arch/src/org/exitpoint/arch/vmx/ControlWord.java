/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Optional;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;

/**
 * The words that hold VMX controls, with the MSRs that say how each bit may be set.
 *
 * <p>A 32-bit word has a capability MSR whose bits 31:0 are the allowed 0-settings (a bit that is 1 must be 1 in the
 * word) and whose bits 63:32 are the allowed 1-settings (a bit that is 0 must be 0 in the word). A word with a default1
 * class has a second, "true" MSR, which counts if bit 55 of IA32_VMX_BASIC is 1. A 64-bit word has one MSR with the
 * allowed 1-settings only.
 */
@Sdm(section = "A.2", title = "Reserved Controls and Default Settings")
public enum ControlWord {
    /** Pin-based VM-execution controls. */
    PIN_BASED(VmcsField.PIN_BASED_VM_EXECUTION_CONTROLS, Msr.IA32_VMX_PINBASED_CTLS,
            Msr.IA32_VMX_TRUE_PINBASED_CTLS, 0x0000_0016L),
    /** Primary processor-based VM-execution controls. */
    PRIMARY(VmcsField.PRIMARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, Msr.IA32_VMX_PROCBASED_CTLS,
            Msr.IA32_VMX_TRUE_PROCBASED_CTLS, 0x0401_e172L),
    /** Secondary processor-based VM-execution controls; all 0 unless the primary controls activate them. */
    SECONDARY(VmcsField.SECONDARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, Msr.IA32_VMX_PROCBASED_CTLS2, null, 0),
    /** Tertiary processor-based VM-execution controls; all 0 unless the primary controls activate them. */
    TERTIARY(VmcsField.TERTIARY_PROCESSOR_BASED_VM_EXECUTION_CONTROLS, Msr.IA32_VMX_PROCBASED_CTLS3, null, 0),
    /** Primary VM-exit controls. */
    EXIT(VmcsField.PRIMARY_VM_EXIT_CONTROLS, Msr.IA32_VMX_EXIT_CTLS, Msr.IA32_VMX_TRUE_EXIT_CTLS, 0x0003_6dffL),
    /** Secondary VM-exit controls; all 0 unless the primary VM-exit controls activate them. */
    SECONDARY_EXIT(VmcsField.SECONDARY_VM_EXIT_CONTROLS, Msr.IA32_VMX_EXIT_CTLS2, null, 0),
    /** VM-entry controls. */
    ENTRY(VmcsField.VM_ENTRY_CONTROLS, Msr.IA32_VMX_ENTRY_CTLS, Msr.IA32_VMX_TRUE_ENTRY_CTLS, 0x0000_11ffL);

    private final VmcsField field;
    private final Msr capability;
    private final Msr trueCapability;
    private final long default1;

    ControlWord(VmcsField field, Msr capability, Msr trueCapability, long default1) {
        this.field = field;
        this.capability = capability;
        this.trueCapability = trueCapability;
        this.default1 = default1;
    }

    /**
     * The VMCS field that holds the word.
     *
     * @return the field
     */
    public VmcsField field() {
        return field;
    }

    /**
     * The capability MSR.
     *
     * @return the MSR
     */
    public Msr capability() {
        return capability;
    }

    /**
     * The MSR that reports which bits of the default1 class may be 0.
     *
     * @return the MSR; empty for words without default1 class
     */
    public Optional<Msr> trueCapability() {
        return Optional.ofNullable(trueCapability);
    }

    /**
     * The default1 class: bits that software unaware of their meaning must set to 1.
     *
     * @return a mask, 0 if the word has no such class
     */
    public long default1() {
        return default1;
    }

    /**
     * The word's controls.
     *
     * @return an unmodifiable list, in ascending order of bits
     */
    public List<VmxControl> controls() {
        return VmxControl.of(this);
    }

    /**
     * The bits that must be 1, according to a value of the capability MSR or the true capability MSR.
     *
     * @param capabilityValue the MSR's value
     * @return a mask; 0 for a 64-bit word
     */
    public long mustBe1(long capabilityValue) {
        return field.width() == VmcsField.Width.BITS_64 ? 0 : capabilityValue & 0xffff_ffffL;
    }

    /**
     * The bits that may be 1, according to a value of the capability MSR or the true capability MSR.
     *
     * @param capabilityValue the MSR's value
     * @return a mask
     */
    public long mayBe1(long capabilityValue) {
        return field.width() == VmcsField.Width.BITS_64 ? capabilityValue : capabilityValue >>> 32;
    }
}
