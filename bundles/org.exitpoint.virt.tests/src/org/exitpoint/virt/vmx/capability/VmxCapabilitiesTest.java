/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.capability;

import java.util.EnumSet;
import java.util.Set;

import org.exitpoint.arch.msr.Msr;
import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.mmu.format.PagingFeatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The capability MSRs, against what appendix A of the manual says of them. */
class VmxCapabilitiesTest {
    private static final VmxModel MODEL = new VmxModel(new PagingFeatures(46, true, 3, true), 0x37_27FF, 0xD01, 3);
    private final VmxCapabilities capabilities = new VmxCapabilities(MODEL, ImplementedControls.ALL);

    private long msr(int address) {
        return capabilities.msr(address).orElseThrow();
    }

    @Test
    void basicInformation() {
        long basic = msr(0x480);
        assertThat(basic & 0x7FFF_FFFF).isEqualTo(0x4558_5031);
        assertThat(basic >>> 31 & 1).isZero();
        assertThat(basic >>> 32 & 0x1FFF).isEqualTo(4096);
        assertThat(basic >>> 48 & 1).as("no limit to 32 bits").isZero();
        assertThat(basic >>> 49 & 1).as("no dual-monitor treatment").isZero();
        assertThat(basic >>> 50 & 15).as("write-back").isEqualTo(6);
        assertThat(basic >>> 54 & 1).as("INS and OUTS report").isEqualTo(1);
        assertThat(basic >>> 55 & 1).as("true MSRs").isEqualTo(1);
        assertThat(basic >>> 56).isZero();
    }

    @Test
    void defaultOneClasses() {
        assertThat(msr(0x481) & 0xFFFF_FFFFL).isEqualTo(0x16);
        assertThat(msr(0x482) & 0xFFFF_FFFFL).isEqualTo(0x0401_E172L);
        assertThat(msr(0x483) & 0xFFFF_FFFFL).isEqualTo(0x0003_6DFFL);
        assertThat(msr(0x484) & 0xFFFF_FFFFL).isEqualTo(0x11FF);
        assertThat(msr(0x48D) & 0xFFFF_FFFFL).isEqualTo(0x16);
        assertThat(msr(0x48E) & 0xFFFF_FFFFL).as("less CR3-load and CR3-store exiting").isEqualTo(0x0400_6172L);
        assertThat(msr(0x48F) & 0xFFFF_FFFFL).as("less save debug controls").isEqualTo(0x0003_6DFBL);
        assertThat(msr(0x490) & 0xFFFF_FFFFL).as("less load debug controls").isEqualTo(0x11FB);
        for (int i = 0; i < 4; i++) {
            assertThat(msr(0x48D + i) >>> 32).as("the same 1-settings").isEqualTo(msr(0x481 + i) >>> 32);
        }
    }

    @Test
    void whatIsNotImplementedIsNotAllowed() {
        assertThat(msr(0x482) >>> 32 & (1L << 21 | 1L << 27 | 1L << 17)).as("TPR shadow, MTF, tertiary").isZero();
        assertThat(msr(0x48B) >>> 32 & (1L << 7 | 1L << 14 | 1L << 13)).as("unrestricted, shadowing, VM functions")
                .isZero();
        assertThat(msr(0x48B) & 0xFFFF_FFFFL).isZero();
        for (int absent : new int[] {0x491, 0x492, 0x493, 0x494, 0x47F}) {
            assertThat(capabilities.msr(absent)).isEmpty();
        }
    }

    @Test
    void miscellaneousData() {
        long misc = msr(0x485);
        assertThat(misc & 0x1F).isEqualTo(5);
        assertThat(misc >>> 5 & 1).as("EFER.LMA is stored only with unrestricted guest").isZero();
        assertThat(misc >>> 6 & 7).as("HLT, shutdown, wait-for-SIPI").isEqualTo(7);
        assertThat(misc >>> 16 & 0x1FF).isEqualTo(4);
        assertThat(misc >>> 25 & 7).isZero();
        assertThat(misc >>> 29 & 3).as("VMWRITE to exit information, length 0").isEqualTo(3);
    }

    @Test
    void fixedBits() {
        assertThat(msr(0x486)).isEqualTo(0x8000_0021L);
        assertThat(msr(0x487)).isEqualTo(0xFFFF_FFFFL);
        assertThat(msr(0x488)).isEqualTo(0x2000);
        assertThat(msr(0x489)).isEqualTo(0x37_27FF);
    }

    @Test
    void eptAndVpid() {
        assertThat(msr(0x48C)).isEqualTo(0xF01_0673_4141L);
        VmxCapabilities none = new VmxCapabilities(MODEL, Set.of(VmxControl.ACTIVATE_SECONDARY_CONTROLS));
        assertThat(none.msr(0x48C)).isEmpty();
        assertThat(none.msr(0x48B)).isEmpty();
    }

    @Test
    void enumerationIsTheHighestIndexOfAnyField() {
        // The VMX-preemption timer value, encoding 482EH, has index 17H.
        assertThat(msr(0x48A)).isEqualTo(0x2E);
    }

    @ParameterizedTest
    @EnumSource(VmxControl.class)
    void oneControlGivenMakesOneBitAllowed(VmxControl control) {
        VmxCapabilities with = new VmxCapabilities(MODEL, EnumSet.of(control));
        VmxCapabilities without = new VmxCapabilities(MODEL, EnumSet.of(other(control)));
        ControlWord word = control.word();
        long bit = 1L << control.bit();
        assertThat(with.mayBe1(word) & bit).isEqualTo(bit);
        assertThat(with.mustBe1(word) & bit).as("a control that is supported may be 0").isZero();
        boolean default1 = (word.default1() & bit) != 0;
        assertThat(without.mayBe1(word) & bit).isEqualTo(default1 ? bit : 0);
        assertThat(without.mustBe1(word) & bit).isEqualTo(default1 ? bit : 0);
    }

    private static VmxControl other(VmxControl control) {
        return control == VmxControl.HLT_EXITING ? VmxControl.PAUSE_EXITING : VmxControl.HLT_EXITING;
    }

    @Test
    void fieldsComeWithTheirControls() {
        assertThat(capabilities.exists(VmcsField.EPT_POINTER)).isTrue();
        assertThat(capabilities.exists(VmcsField.GUEST_RIP)).isTrue();
        assertThat(capabilities.exists(VmcsField.TSC_MULTIPLIER)).isFalse();
        assertThat(capabilities.exists(VmcsField.VIRTUAL_APIC_ADDRESS)).isFalse();
        assertThat(capabilities.msr(Msr.IA32_VMX_VMFUNC)).isZero();
    }
}
