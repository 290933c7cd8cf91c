/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.SegmentRegister;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitInformationTest {
    @Property(seed = "42")
    void crAccess(@ForAll @IntRange(max = 15) int register, @ForAll CrAccess.Type type, @ForAll boolean memory,
            @ForAll GeneralRegister operand, @ForAll @IntRange(max = 0xffff) int source) {
        CrAccess access = new CrAccess(register, type, memory, operand, source);
        assertThat(ExitQualification.decode(ExitReason.CR_ACCESS, access.encode())).isEqualTo(access);
    }

    @Property(seed = "42")
    void movDr(@ForAll @IntRange(max = 7) int register, @ForAll boolean from, @ForAll GeneralRegister operand) {
        MovDr access = new MovDr(register, from, operand);
        assertThat(ExitQualification.decode(ExitReason.MOV_DR, access.encode())).isEqualTo(access);
    }

    @Property(seed = "42")
    void ioInstruction(@ForAll("sizes") int size, @ForAll boolean in, @ForAll boolean string, @ForAll boolean rep,
            @ForAll boolean immediate, @ForAll @IntRange(max = 0xffff) int port) {
        IoInstruction io = new IoInstruction(size, in, string, rep, immediate, port);
        assertThat(ExitQualification.decode(ExitReason.IO_INSTRUCTION, io.encode())).isEqualTo(io);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(1, 2, 4);
    }

    @Property(seed = "42")
    void eptViolation(@ForAll Set<EptViolation.Bit> bits) {
        EptViolation violation = new EptViolation(bits);
        assertThat(ExitQualification.decode(ExitReason.EPT_VIOLATION, violation.encode())).isEqualTo(violation);
    }

    @Property(seed = "42")
    void taskSwitch(@ForAll @IntRange(max = 0xffff) int selector, @ForAll TaskSwitch.Source source) {
        TaskSwitch task = new TaskSwitch(selector, source);
        assertThat(ExitQualification.decode(ExitReason.TASK_SWITCH, task.encode())).isEqualTo(task);
    }

    @Property(seed = "42")
    void apicAccess(@ForAll @IntRange(max = 0xfff) int offset, @ForAll @IntRange(max = 15) int type,
            @ForAll boolean asynchronous) {
        ApicAccess access = new ApicAccess(offset, type, asynchronous);
        assertThat(ExitQualification.decode(ExitReason.APIC_ACCESS, access.encode())).isEqualTo(access);
    }

    @Property(seed = "42")
    void debugException(@ForAll @IntRange(max = 15) int breakpoints, @ForAll boolean lock, @ForAll boolean access,
            @ForAll boolean step, @ForAll boolean rtm) {
        DebugException exception = new DebugException(breakpoints, lock, access, step, rtm);
        InterruptionInfo event = new InterruptionInfo(1, InterruptionInfo.Type.HARDWARE_EXCEPTION, false, false);
        assertThat(ExitQualification.decode(event, exception.encode())).isEqualTo(exception);
    }

    @ParameterizedTest
    @EnumSource
    void decodingAnyReasonKeepsTheValue(ExitReason reason) {
        long value = 1;
        assertThat(ExitQualification.decode(reason, value).encode()).isEqualTo(value);
    }

    @Test
    void qualificationsAsTheManualLaysThemOut() {
        assertThat(CrAccess.movTo(3, GeneralRegister.RAX).encode()).isEqualTo(0x3);
        assertThat(CrAccess.movFrom(8, GeneralRegister.R15).encode()).isEqualTo(0xf18);
        assertThat(CrAccess.lmsw(0x1234, true).encode()).isEqualTo(0x1234_0070L);
        assertThat(new IoInstruction(4, true, false, false, false, 0xcfc).encode()).isEqualTo(0x0cfc_000bL);
        assertThat(EptViolation.of(EptViolation.Bit.WRITE, EptViolation.Bit.ENTRY_READ, EptViolation.Bit.LINEAR_VALID,
                EptViolation.Bit.FINAL_ACCESS).encode()).isEqualTo(0x18a);
        assertThat(new MovDr(7, true, GeneralRegister.RDX).encode()).isEqualTo(0x217);
    }

    @Test
    void qualificationsInWords() {
        assertThat(CrAccess.movTo(0, GeneralRegister.RCX).inWords()).isEqualTo("MOV to CR0 from RCX");
        assertThat(new IoInstruction(1, false, true, true, false, 0x3f8).inWords())
                .isEqualTo("REP OUTS of 1 byte, port 0x3f8 (DX)");
        assertThat(ExitQualification.decode(ExitReason.EPT_VIOLATION, 0x18a).inWords())
                .isEqualTo("write; the EPT entries permit R--");
        assertThat(ExitQualification.decode(ExitReason.EPT_VIOLATION, 0x84).inWords()).isEqualTo(
                "instruction fetch of a guest paging-structure entry; the EPT entries are not present");
        assertThat(ExitQualification.decode(ExitReason.INVLPG, 0x1000).inWords()).isEqualTo("linear address 0x1000");
        assertThat(ExitQualification.decode(ExitReason.CPUID, 0).inWords()).isEmpty();
    }

    @Property(seed = "42")
    void interruptionInformation(@ForAll @IntRange(max = 255) int vector, @ForAll InterruptionInfo.Type type,
            @ForAll boolean error, @ForAll boolean unblocking) {
        InterruptionInfo info = new InterruptionInfo(vector, type, error, unblocking);
        assertThat(InterruptionInfo.isValid(info.encode())).isTrue();
        assertThat(InterruptionInfo.decode(info.encode())).isEqualTo(info);
    }

    @Test
    void interruptionInformationAsTheManualLaysItOut() {
        InterruptionInfo fault = new InterruptionInfo(14, InterruptionInfo.Type.HARDWARE_EXCEPTION, true, false);
        assertThat(fault.encode()).isEqualTo(0x8000_0b0eL);
        assertThat(fault.inWords()).isEqualTo("hardware exception #PF with error code");
    }

    @Provide
    Arbitrary<MemoryOperand> memory() {
        return Combinators.combine(Arbitraries.of(SegmentRegister.USER),
                Arbitraries.of(GeneralRegister.class).injectNull(0.2),
                Arbitraries.of(GeneralRegister.class).injectNull(0.2), Arbitraries.integers().between(0, 3),
                Arbitraries.of(16, 32, 64)).as((segment, base, index, scale, size) ->
                        new MemoryOperand(segment, base, index, index == null ? 0 : scale, size));
    }

    @Property(seed = "42")
    void instructionInformation(@ForAll("memory") MemoryOperand memory, @ForAll GeneralRegister a,
            @ForAll GeneralRegister b, @ForAll @IntRange(max = 3) int identity) {
        for (InstructionInfo info : new InstructionInfo[] {
                InstructionInfo.ofMemory(memory), InstructionInfo.ofInvalidate(memory, a),
                InstructionInfo.ofVmreadVmwrite(memory, null, b), InstructionInfo.ofVmreadVmwrite(null, a, b),
                InstructionInfo.ofDescriptorTable(memory, 32, identity),
                InstructionInfo.ofSystemSegment(memory, null, identity),
                InstructionInfo.ofSystemSegment(null, a, identity), InstructionInfo.ofRegister(a, 16 << identity % 3),
                InstructionInfo.ofStringIo(memory.addressSize(), memory.segment())}) {
            assertThat(InstructionInfo.decode(info.format(), info.encode())).isEqualTo(info);
            long defined = BitField.maskOf(info.format().fields().toArray(BitField[]::new));
            assertThat(info.encode() & ~defined).isZero();
        }
    }

    @Test
    void everyReasonWithInstructionInformationHasAFormatOrIsListed() {
        assertThat(Arrays.stream(ExitReason.values())
                .filter(r -> r.information().contains(ExitReason.Information.INSTRUCTION_INFORMATION))
                .filter(r -> InstructionInfo.Format.of(r) == null)).containsExactly(
                        ExitReason.ENQCMD_PASID_TRANSLATION_FAILURE, ExitReason.ENQCMDS_PASID_TRANSLATION_FAILURE,
                        ExitReason.URDMSR, ExitReason.UWRMSR, ExitReason.RDMSR_IMMEDIATE,
                        ExitReason.WRMSRNS_IMMEDIATE);
    }

    @Test
    void exitReasonFields() {
        assertThat(ExitReason.ENTRY_FAILURE_GUEST_STATE.field()).isEqualTo(0x8000_0021L);
        assertThat(ExitReason.ofField(0x8000_0021L)).isEqualTo(ExitReason.ENTRY_FAILURE_GUEST_STATE);
        assertThat(ExitReason.ofNumber(35)).isNull();
        assertThat(ExitReason.ofNumber(0xffff)).isNull();
    }
}
