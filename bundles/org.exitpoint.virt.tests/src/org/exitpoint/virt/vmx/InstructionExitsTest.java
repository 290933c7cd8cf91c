/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.HexFormat;
import java.util.OptionalLong;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.core.CrAccess;
import org.exitpoint.cpu.core.IoAccess;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Exits that instructions cause: which, and what they report. */
class InstructionExitsTest {
    private final GuestMachine g = new GuestMachine();

    @AfterEach
    void close() {
        g.close();
    }

    private Instruction decode(String code) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(code);
        int[] ints = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ints[i] = bytes[i] & 0xFF;
        }
        return g.m.decode(ints);
    }

    @ParameterizedTest
    @CsvSource({"CPUID, 0F A2, 10", "INVD, 0F 08, 13", "XSETBV, 0F 01 D1, 55"})
    void unconditionalExits(Intercept event, String code, int reason) {
        g.enter();
        assertThat(g.m.state.get(GuestState.INTERCEPTS) & event.mask()).isNotZero();
        g.m.state.setRflags(g.m.state.rflags() | 1 << 16);
        assertThat(g.m.vmx.intercept(event, decode(code), 0)).isTrue();
        g.assertExit(reason, 0, code.split(" ").length);
        g.assertEvent(0);
        assertThat(g.vmcs.get(VmcsField.IDT_VECTORING_INFORMATION)).isZero();
        assertThat(g.vmcs.get(VmcsField.GUEST_RFLAGS)).as("RF is saved as 0").isEqualTo(0x202);
        assertThat(g.m.state.get(GuestState.INTERCEPTS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HLT, HLT_EXITING, F4, 12", "RDTSC, RDTSC_EXITING, 0F 31, 16", "RDTSCP, RDTSC_EXITING, 0F 01 F9, 51",
        "RDPMC, RDPMC_EXITING, 0F 33, 15", "PAUSE, PAUSE_EXITING, F3 90, 40", "MONITOR, MONITOR_EXITING, 0F 01 C8, 39",
        "WBINVD, WBINVD_EXITING, 0F 09, 54"})
    void exitsOfOneControl(Intercept event, VmxControl control, String code, int reason) {
        g.enter();
        assertThat(g.m.state.get(GuestState.INTERCEPTS) & event.mask()).isZero();
        g.m.vmx.interceptTripleFault();
        g.m.processor.takeExited();
        g.enter(control);
        assertThat(g.m.state.get(GuestState.INTERCEPTS) & event.mask()).isNotZero();
        g.m.vmx.intercept(event, decode(code), 77);
        g.assertExit(reason, 0, code.split(" ").length);
    }

    @Test
    void invlpgReportsTheLinearAddressAndMwaitWhetherArmed() {
        g.enter(VmxControl.INVLPG_EXITING, VmxControl.MWAIT_EXITING);
        g.m.vmx.intercept(Intercept.INVLPG, decode("0F 01 38"), 0xFFFF_8000_1234_5678L);
        g.assertExit(14, 0xFFFF_8000_1234_5678L, 3);
        g.enter();
        g.m.vmx.intercept(Intercept.MWAIT, decode("0F 01 C9"), 1);
        g.assertExit(36, 1, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "VMCLEAR, 66 0F C7 70 10, 19, 10, 00418100", "VMPTRLD, 0F C7 B4 8B 00 01 00 00, 21, 100, 01858102",
        "VMPTRST, 0F C7 38, 22, 0, 00418100", "VMXON, F3 0F C7 34 25 00 10 00 00, 27, 1000, 08418100",
        "VMREAD_TO_REGISTER, 0F 78 D8, 23, 0, 30400400", "VMREAD_TO_MEMORY, 0F 78 19, 23, 0, 30C18100",
        "VMWRITE_FROM_REGISTER, 41 0F 79 D9, 25, 0, 30400448", "INVEPT, 66 0F 38 80 08, 50, 0, 10418100",
        "INVVPID, 66 0F 38 81 48 F8, 53, fffffffffffffff8, 10418100"})
    void vmxInstructionsReportTheirOperands(Helper helper, String code, int reason, String qualification,
            String information) {
        g.enter();
        g.m.vmx.execute(helper, decode(code), 0, 0);
        g.assertExit(reason, Long.parseUnsignedLong(qualification, 16), code.split(" ").length);
        if (!helper.name().endsWith("REGISTER")) {
            assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION))
                    .isEqualTo(Long.parseLong(information, 16));
        } else {
            long mask = 0xF000_0478L;
            assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION) & mask)
                    .isEqualTo(Long.parseLong(information, 16) & mask);
        }
    }

    @ParameterizedTest
    @CsvSource({"VMCALL, 18", "VMLAUNCH, 20", "VMRESUME, 24", "VMXOFF, 26"})
    void vmxInstructionsWithoutOperandsExitAtAnyPrivilegeLevel(Helper helper, int reason) {
        g.enter();
        g.m.state.set8(GuestState.CPL, 3);
        g.m.execute(helper, 0, 0);
        g.assertExit(reason, 0, 3);
    }

    @Test
    void ripRelativeDisplacementsIncludeTheNextInstruction() {
        g.enter();
        g.m.vmx.execute(Helper.VMPTRLD, decode("0F C7 35 10 00 00 00"), 0, 0);
        g.assertExit(21, GuestMachine.RIP + 7 + 0x10, 7);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION) & 0x0840_0000L).as("neither base nor index")
                .isEqualTo(0x0840_0000L);
    }

    private boolean movToCr(int register, long value) {
        return g.m.vmx.interceptCrWrite(CrAccess.MOV, decode("0F 22 D8"), register, 3, value, OptionalLong.empty());
    }

    @Test
    void masksAndShadowsDecideAboutCr0AndCr4() {
        g.vmcs.set(VmcsField.CR0_GUEST_HOST_MASK, 0x8000_0008L);
        g.vmcs.set(VmcsField.CR0_READ_SHADOW, 0x8000_0000L);
        g.vmcs.set(VmcsField.CR4_GUEST_HOST_MASK, 0x2000);
        g.vmcs.set(VmcsField.CR4_READ_SHADOW, 0);
        g.enter();
        assertThat(g.m.vmx.visibleControlRegister(0, 0x31 | 8)).isEqualTo(0x8000_0031L);
        assertThat(g.m.vmx.visibleControlRegister(4, 0x2020)).isEqualTo(0x20);
        assertThat(g.m.vmx.mergeControlRegister(0, 0x8000_0031L, 0x6)).isEqualTo(0x8000_0006L);
        assertThat(g.m.vmx.mergeControlRegister(4, 0x2020, 0xA0)).isEqualTo(0x20A0);
        g.assertInside(movToCr(0, 0x8000_0035L));
        assertThat(movToCr(0, 0x35)).isTrue();
        g.assertExit(28, 0x300, 3);
        g.enter();
        g.assertInside(movToCr(4, 0x20));
        assertThat(movToCr(4, 0x2020)).isTrue();
        g.assertExit(28, 0x304, 3);
        assertThat(g.m.vmx.visibleControlRegister(4, 0x2020)).as("in root operation").isEqualTo(0x2020);
    }

    @Test
    void cltsAndLmsw() {
        g.vmcs.set(VmcsField.CR0_GUEST_HOST_MASK, 9);
        g.vmcs.set(VmcsField.CR0_READ_SHADOW, 8);
        g.enter();
        Instruction clts = decode("0F 06");
        assertThat(g.m.vmx.interceptCrWrite(CrAccess.CLTS, clts, 0, 0, 0, OptionalLong.empty())).isTrue();
        g.assertExit(28, 0x20, 2);
        g.enter();
        Instruction lmsw = decode("0F 01 30");
        g.assertInside(g.m.vmx.interceptCrWrite(CrAccess.LMSW, lmsw, 0, 0, 0x8E, OptionalLong.of(0x1234)));
        assertThat(g.m.vmx.interceptCrWrite(CrAccess.LMSW, lmsw, 0, 0, 0x9, OptionalLong.of(0x1234))).isTrue();
        g.assertExit(28, 0x9_0070, 3);
        assertThat(g.vmcs.get(VmcsField.GUEST_LINEAR_ADDRESS)).isEqualTo(0x1234);
        g.enter();
        assertThat(g.m.vmx.interceptCrWrite(CrAccess.LMSW, lmsw, 0, 0, 0, OptionalLong.empty())).as("TS differs")
                .isTrue();
        g.assertExit(28, 0x30, 3);
        g.vmcs.set(VmcsField.CR0_READ_SHADOW, 1);
        g.enter();
        g.assertInside(g.m.vmx.interceptCrWrite(CrAccess.CLTS, clts, 0, 0, 0, OptionalLong.empty()));
        g.assertInside(g.m.vmx.interceptCrWrite(CrAccess.LMSW, lmsw, 0, 0, 0, OptionalLong.empty()));
    }

    @Test
    void cr3TargetsDoNotExit() {
        g.vmcs.set(VmcsField.CR3_TARGET_COUNT, 2);
        g.vmcs.set(VmcsField.CR3_TARGET_VALUE_1, 0x5000);
        g.vmcs.set(VmcsField.CR3_TARGET_VALUE_2, 0x6000);
        g.enter(VmxControl.CR3_LOAD_EXITING, VmxControl.CR3_STORE_EXITING);
        g.assertInside(movToCr(3, 0x5000));
        assertThat(movToCr(3, 0x6000)).isTrue();
        g.assertExit(28, 0x303, 3);
        g.enter();
        assertThat(g.m.vmx.interceptCrRead(decode("0F 20 D9"), 3, 1)).isTrue();
        g.assertExit(28, 0x113, 3);
    }

    @Test
    void cr8AndDebugRegisters() {
        g.enter(VmxControl.CR8_LOAD_EXITING, VmxControl.CR8_STORE_EXITING, VmxControl.MOV_DR_EXITING);
        assertThat(movToCr(8, 1)).isTrue();
        g.assertExit(28, 0x308, 3);
        g.enter();
        assertThat(g.m.vmx.interceptCrRead(decode("44 0F 20 C2"), 8, 2)).isTrue();
        g.assertExit(28, 0x218, 4);
        g.enter();
        assertThat(g.m.vmx.interceptMovDr(decode("0F 21 F8"), 7, false, 5)).isTrue();
        g.assertExit(29, 0x517, 3);
        g.enter();
        assertThat(g.m.vmx.interceptMovDr(decode("0F 23 F8"), 6, true, 12)).isTrue();
        g.assertExit(29, 0xC06, 3);
    }

    private boolean io(int port, int bytes, boolean input) {
        return g.m.vmx.interceptIo(decode("EE"), new IoAccess(port, bytes, input, false, false, 0));
    }

    @Test
    void ioBitmapsDecideForEveryPortOfAnAccess() {
        g.vmcs.set(VmcsField.ADDRESS_OF_IO_BITMAP_A, VmxMachine.IO_BITMAP_A);
        g.vmcs.set(VmcsField.ADDRESS_OF_IO_BITMAP_B, VmxMachine.IO_BITMAP_B);
        g.m.memory.write(VmxMachine.IO_BITMAP_A + 0x3FB / 8, 1, 1 << 3);
        g.m.memory.write(VmxMachine.IO_BITMAP_B + 0xFFF, 1, 1 << 7);
        g.enter(VmxControl.USE_IO_BITMAPS, VmxControl.UNCONDITIONAL_IO_EXITING);
        g.assertInside(io(0x3FC, 1, false));
        g.assertInside(io(0x3F8, 2, false));
        assertThat(io(0x3F8, 4, false)).isTrue();
        g.assertExit(30, 0x3F8_0003L, 1);
        g.enter();
        assertThat(io(0xFFFF, 1, true)).isTrue();
        g.assertExit(30, 0xFFFF_0008L, 1);
        g.enter();
        assertThat(io(0xFFFF, 2, true)).as("wraps around").isTrue();
        g.assertExit(30, 0xFFFF_0009L, 1);
    }

    @Test
    void stringIoReportsAddressSizeAndSegment() {
        g.enter(VmxControl.UNCONDITIONAL_IO_EXITING);
        g.m.vmx.interceptIo(decode("F3 64 67 6E"), new IoAccess(0x10, 1, false, true, false, 0x12345));
        g.assertExit(30, 0x10_0030L, 4);
        assertThat(g.vmcs.get(VmcsField.GUEST_LINEAR_ADDRESS)).isEqualTo(0x12345);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION)).isEqualTo(0x2_0080L);
        g.enter();
        g.m.vmx.interceptIo(decode("6D"), new IoAccess(0x10, 4, true, true, false, 0x54321));
        g.assertExit(30, 0x10_001BL, 1);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION)).isEqualTo(0x100);
        g.enter();
        g.m.vmx.interceptIo(decode("E4 60"), new IoAccess(0x60, 1, true, false, true, 0));
        g.assertExit(30, 0x60_0048L, 2);
    }

    private boolean msr(int msr, boolean write) {
        return g.m.vmx.interceptMsr(decode("0F 32"), msr, write);
    }

    @Test
    void msrBitmapsHaveFourParts() {
        g.enter();
        assertThat(msr(0x10, false)).as("without bitmaps").isTrue();
        g.assertExit(31, 0, 2);
        g.vmcs.set(VmcsField.ADDRESS_OF_MSR_BITMAPS, VmxMachine.MSR_BITMAPS);
        int[] msrs = {0x174, 0xC000_0081, 0x175, 0xC000_0082};
        for (int part = 0; part < 4; part++) {
            int index = msrs[part] & 0x1FFF;
            g.m.memory.write(VmxMachine.MSR_BITMAPS + part * 0x400 + index / 8, 1, 1L << index % 8);
        }
        g.enter(VmxControl.USE_MSR_BITMAPS);
        for (int part = 0; part < 4; part++) {
            boolean write = part >= 2;
            g.assertInside(msr(msrs[part], !write));
            assertThat(msr(msrs[part], write)).isTrue();
            g.assertExit(write ? 32 : 31, 0, 2);
            g.enter();
        }
        assertThat(msr(0x2000, false)).isTrue();
        g.assertExit(31, 0, 2);
        g.enter();
        assertThat(msr(0xBFFF_FFFF, true)).isTrue();
        g.assertExit(32, 0, 2);
        g.enter();
        assertThat(msr(0xC000_2000, true)).isTrue();
        g.assertExit(32, 0, 2);
    }

    @Test
    void descriptorTableInstructionsReportTheirIdentity() {
        g.enter(VmxControl.DESCRIPTOR_TABLE_EXITING);
        g.m.vmx.intercept(Intercept.GDTR_IDTR_ACCESS, decode("0F 01 5B 08"), 0);
        g.assertExit(46, 8, 4);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION)).isEqualTo(0x31C1_8900L);
        g.enter();
        g.m.vmx.intercept(Intercept.LDTR_TR_ACCESS, decode("0F 00 D9"), 0);
        g.assertExit(47, 0, 3);
        assertThat(g.vmcs.get(VmcsField.VM_EXIT_INSTRUCTION_INFORMATION)).isEqualTo(0x3000_0408L);
    }

    @Test
    void instructionsThatNeedAControl() {
        g.enter();
        assertThat(g.m.vmx.forbids(Helper.RDTSCP)).isTrue();
        assertThat(g.m.vmx.forbids(Helper.INVPCID)).isTrue();
        g.m.vmx.interceptTripleFault();
        assertThat(g.m.vmx.forbids(Helper.RDTSCP)).isFalse();
        g.enter(VmxControl.ENABLE_RDTSCP, VmxControl.ENABLE_INVPCID);
        assertThat(g.m.vmx.forbids(Helper.RDTSCP)).isFalse();
        assertThat(g.m.vmx.forbids(Helper.INVPCID)).isFalse();
    }

    @Test
    void timeStampCounterIsOffset() {
        g.vmcs.set(VmcsField.TSC_OFFSET, -1000);
        g.enter();
        assertThat(g.m.vmx.visibleTimeStampCounter(5000)).isEqualTo(5000);
        g.m.vmx.interceptTripleFault();
        g.enter(VmxControl.USE_TSC_OFFSETTING);
        assertThat(g.m.vmx.visibleTimeStampCounter(5000)).isEqualTo(4000);
        g.m.vmx.interceptTripleFault();
        assertThat(g.m.vmx.visibleTimeStampCounter(5000)).isEqualTo(5000);
    }
}
