/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RegistersTest {
    @Test
    void generalRegistersAreNamedByWidth() {
        assertThat(Arrays.stream(new int[] {64, 32, 16, 8}).mapToObj(GeneralRegister.RSI::name))
                .containsExactly("RSI", "ESI", "SI", "SIL");
        assertThat(Arrays.stream(new int[] {64, 32, 16, 8}).mapToObj(GeneralRegister.RBX::name))
                .containsExactly("RBX", "EBX", "BX", "BL");
        assertThat(Arrays.stream(new int[] {64, 32, 16, 8}).mapToObj(GeneralRegister.R9::name))
                .containsExactly("R9", "R9D", "R9W", "R9B");
        assertThat(GeneralRegister.highByteName(7)).isEqualTo("BH");
    }

    @Test
    void doubleFaultRule() {
        assertThat(ExceptionVector.GP.then(ExceptionVector.NP)).isEqualTo(ExceptionVector.Combination.DOUBLE_FAULT);
        assertThat(ExceptionVector.GP.then(ExceptionVector.PF)).isEqualTo(ExceptionVector.Combination.SERIAL);
        assertThat(ExceptionVector.PF.then(ExceptionVector.PF)).isEqualTo(ExceptionVector.Combination.DOUBLE_FAULT);
        assertThat(ExceptionVector.PF.then(ExceptionVector.UD)).isEqualTo(ExceptionVector.Combination.SERIAL);
        assertThat(ExceptionVector.UD.then(ExceptionVector.PF)).isEqualTo(ExceptionVector.Combination.SERIAL);
        assertThat(ExceptionVector.DF.then(ExceptionVector.SS)).isEqualTo(ExceptionVector.Combination.SHUTDOWN);
        assertThat(ExceptionVector.DF.then(ExceptionVector.DB)).isEqualTo(ExceptionVector.Combination.SERIAL);
    }

    @Test
    void exceptionsWithErrorCode() {
        assertThat(Arrays.stream(ExceptionVector.values()).filter(ExceptionVector::pushesErrorCode))
                .extracting(ExceptionVector::vector).containsExactly(8, 10, 11, 12, 13, 14, 17, 21);
    }

    @Test
    void selectorErrorCodes() {
        assertThat(SelectorErrorCode.ofSelector(0x2b, false)).isEqualTo(0x28);
        assertThat(SelectorErrorCode.ofSelector(0x2f, true)).isEqualTo(0x2d);
        assertThat(SelectorErrorCode.ofIdtGate(0x20, false)).isEqualTo(0x102);
    }

    @Test
    void noTwoCpuidFeaturesShareABit() {
        assertThat(Arrays.stream(CpuidFeature.values())
                .map(f -> f.leaf() + "/" + f.subleaf() + "/" + f.register() + "/" + f.bit())).doesNotHaveDuplicates();
        assertThat(CpuidFeature.FRED.citation()).isEqualTo("CPUID.(EAX=07H,ECX=1):EAX.FRED[bit 17]");
        assertThat(CpuidFeature.VMX.citation()).isEqualTo("CPUID.01H:ECX.VMX[bit 5]");
    }

    @Test
    void nearestName() {
        assertThat(NearestName.suggestion("cpiud", Arrays.asList("CPUID", "HLT"))).isEqualTo("; did you mean CPUID?");
        assertThat(NearestName.suggestion("zzzzzz", Arrays.asList("CPUID", "HLT"))).isEmpty();
    }
}
