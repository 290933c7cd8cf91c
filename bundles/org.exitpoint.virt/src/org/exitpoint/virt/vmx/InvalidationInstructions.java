/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.EptVpidCapability;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.mmu.format.EptFormat;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.check.EptPointerRules;

/** INVEPT and INVVPID in VMX root operation at privilege level 0. */
@Sdm(section = "30.4.3.1", title = "Operations that Invalidate Cached Mappings")
final class InvalidationInstructions {
    private static final long VPID = 0xFFFF;
    private static final InvalidationRule[] INVEPT_TYPES = {null, InvalidationRule.INVEPT_SINGLE_CONTEXT,
        InvalidationRule.INVEPT_ALL_CONTEXTS};
    private static final InvalidationRule[] INVVPID_TYPES = {InvalidationRule.INVVPID_INDIVIDUAL_ADDRESS,
        InvalidationRule.INVVPID_SINGLE_CONTEXT, InvalidationRule.INVVPID_ALL_CONTEXTS,
        InvalidationRule.INVVPID_SINGLE_CONTEXT_RETAINING_GLOBALS};

    private final Core core;
    private final VmxCapabilities capabilities;
    private final InstructionOutcome outcome;
    private final long eptVpid;

    InvalidationInstructions(Core core, VmxCapabilities capabilities, InstructionOutcome outcome) {
        this.core = core;
        this.capabilities = capabilities;
        this.outcome = outcome;
        this.eptVpid = capabilities.msr(Msr.IA32_VMX_EPT_VPID_CAP);
    }

    /** Raises #UD if the processor has no INVEPT. */
    void requireInvept() {
        require(EptVpidCapability.INVEPT);
    }

    /** Raises #UD if the processor has no INVVPID. */
    void requireInvvpid() {
        require(EptVpidCapability.INVVPID);
    }

    private void require(EptVpidCapability capability) {
        if (!capability.isSet(eptVpid)) {
            throw Faults.invalidOpcode();
        }
    }

    /** INVEPT. */
    void invept(Instruction instruction, long type, long offset) {
        InvalidationRule rule = rule(INVEPT_TYPES, type);
        if (rule == null) {
            fail();
            return;
        }
        long eptPointer = load(instruction, offset);
        boolean reserved = load(instruction, offset + Long.BYTES) != 0;
        boolean single = rule == InvalidationRule.INVEPT_SINGLE_CONTEXT;
        if (reserved || single && !EptPointerRules.isValid(capabilities, eptPointer)) {
            fail();
            return;
        }
        core.mmu().invalidate(rule, 0, 0, EptFormat.root(eptPointer), 0);
        outcome.succeed();
    }

    /** INVVPID. */
    void invvpid(Instruction instruction, long type, long offset) {
        InvalidationRule rule = rule(INVVPID_TYPES, type);
        if (rule == null) {
            fail();
            return;
        }
        long descriptor = load(instruction, offset);
        long linear = load(instruction, offset + Long.BYTES);
        int vpid = (int) (descriptor & VPID);
        boolean all = rule == InvalidationRule.INVVPID_ALL_CONTEXTS;
        boolean individual = rule == InvalidationRule.INVVPID_INDIVIDUAL_ADDRESS;
        if ((descriptor & ~VPID) != 0 || vpid == 0 && !all
                || individual && !capabilities.model().isCanonical(linear)) {
            fail();
            return;
        }
        core.mmu().invalidate(rule, vpid, 0, 0, linear);
        outcome.succeed();
    }

    private static InvalidationRule rule(InvalidationRule[] types, long type) {
        return type >= 0 && type < types.length ? types[(int) type] : null;
    }

    private long load(Instruction instruction, long offset) {
        return core.memory().load(instruction.segment(), offset, Long.BYTES);
    }

    private void fail() {
        outcome.fail(InstructionError.INVALID_OPERAND_TO_INVEPT_INVVPID);
    }
}
