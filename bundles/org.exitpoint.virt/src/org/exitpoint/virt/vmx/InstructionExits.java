/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.EnumMap;
import java.util.Map;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/** Exits of instructions that need no more than a yes or no: their reasons, qualifications and information. */
@Sdm(section = "27.1", title = "Instructions That Cause VM Exits")
final class InstructionExits {
    private static final Map<Intercept, ExitReason> REASONS = new EnumMap<>(Intercept.class);

    static {
        REASONS.put(Intercept.WBINVD, ExitReason.WBINVD_OR_WBNOINVD);
        REASONS.put(Intercept.GDTR_IDTR_ACCESS, ExitReason.GDTR_IDTR_ACCESS);
        REASONS.put(Intercept.LDTR_TR_ACCESS, ExitReason.LDTR_TR_ACCESS);
        for (Intercept named : new Intercept[] {Intercept.CPUID, Intercept.HLT, Intercept.INVLPG, Intercept.INVPCID,
            Intercept.RDTSC, Intercept.RDTSCP, Intercept.RDPMC, Intercept.INVD, Intercept.PAUSE, Intercept.MONITOR,
            Intercept.MWAIT, Intercept.XSETBV, Intercept.VMCALL, Intercept.VMREAD, Intercept.VMWRITE,
            Intercept.RDRAND, Intercept.RDSEED, Intercept.GETSEC}) {
            REASONS.put(named, ExitReason.valueOf(named.name()));
        }
    }

    private final GuestState state;
    private final VmExit exit;

    InstructionExits(GuestState state, VmExit exit) {
        this.state = state;
        this.exit = exit;
    }

    /**
     * Exits for an event whose bit in the intercept mask is set; the qualification counts for INVLPG and MWAIT only.
     */
    void intercepted(Intercept event, Instruction instruction, long qualification) {
        ExitReason reason = REASONS.get(event);
        if (reason == null) {
            throw new IllegalArgumentException(event + " is not decided by the intercept mask alone");
        }
        boolean given = event == Intercept.INVLPG || event == Intercept.MWAIT;
        deliver(reason, instruction, given ? qualification : displacement(reason, instruction));
    }

    /** Exits for a VMX instruction, all of which do in non-root operation; VMFUNC and VMCALL too. */
    void vmxInstruction(Helper helper, Instruction instruction) {
        ExitReason reason = switch (helper) {
            case VMREAD_TO_REGISTER, VMREAD_TO_MEMORY -> ExitReason.VMREAD;
            case VMWRITE_FROM_REGISTER, VMWRITE_FROM_MEMORY -> ExitReason.VMWRITE;
            default -> ExitReason.valueOf(helper.name());
        };
        deliver(reason, instruction, displacement(reason, instruction));
    }

    private void deliver(ExitReason reason, Instruction instruction, long qualification) {
        exit.begin(reason).instruction(instruction.length()).qualification(qualification)
                .instructionInformation(InstructionDescription.information(reason, instruction));
        exit.deliver();
    }

    private long displacement(ExitReason reason, Instruction instruction) {
        return reason.information().contains(ExitReason.Information.QUALIFICATION)
                ? InstructionDescription.displacement(instruction, state) : 0;
    }
}
