/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.system;

import org.exitpoint.arch.Cr4;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.walk.TranslationContext;

/** INVLPG and INVPCID. */
public final class TlbInstructions {
    private static final InvalidationRule[] INVPCID_TYPES = {InvalidationRule.INVPCID_INDIVIDUAL_ADDRESS,
        InvalidationRule.INVPCID_SINGLE_CONTEXT, InvalidationRule.INVPCID_ALL_CONTEXTS_AND_GLOBALS,
        InvalidationRule.INVPCID_ALL_CONTEXTS};
    private static final int DESCRIPTOR_BYTES = 16;
    private static final long PCID = 0xFFF;
    private static final long PCIDE = Cr4.PCIDE.mask();

    private final Core core;
    private final GuestState state;
    private final LinearMemory memory;

    /** The TLB instructions of a processor. */
    public TlbInstructions(Core core) {
        this.core = core;
        state = core.state();
        memory = core.memory();
    }

    /** Helper INVLPG. */
    public long invalidatePage(long linear) {
        if (memory.isCanonical(linear)) {
            core.mmu().invalidate(InvalidationRule.INVLPG, linear);
        }
        return 0;
    }

    /** Helper INVPCID. */
    public long invalidateContext(Instruction instruction, long type, long offset) {
        if (core.virtualization().forbids(Helper.INVPCID)) {
            throw Faults.invalidOpcode();
        }
        if (state.cpl() != 0) {
            throw Faults.generalProtection();
        }
        if (state.isSet(GuestState.INTERCEPTS, Intercept.INVPCID.mask())
            && core.virtualization().intercept(Intercept.INVPCID, instruction, 0)) {
            return 0;
        }
        int segment = instruction.segment();
        memory.probeRead(segment, offset, DESCRIPTOR_BYTES);
        long pcid = memory.load(segment, offset, 8);
        long linear = memory.load(segment, offset + 8, 8);
        if (Long.compareUnsigned(type, INVPCID_TYPES.length) >= 0 || (pcid & ~PCID) != 0) {
            throw Faults.generalProtection();
        }
        InvalidationRule rule = INVPCID_TYPES[(int) type];
        boolean usesPcid = type <= 1;
        if (usesPcid && pcid != 0 && !state.isSet(GuestState.CR4, PCIDE)
            || rule.isForOneAddress() && !memory.isCanonical(linear)) {
            throw Faults.generalProtection();
        }
        TranslationContext context = core.mmu().context();
        core.mmu().invalidate(rule, context.vpid(), (int) pcid, context.ep4ta(), linear);
        return 0;
    }
}
