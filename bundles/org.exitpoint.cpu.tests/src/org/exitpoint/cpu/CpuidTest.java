/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.util.Set;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.cpuid.Cpuid;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.table.InstructionSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** SDM vol. 2, "CPUID": the leaves, and that they agree with what the machine implements. */
class CpuidTest {
    private final TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private int[] query(String model, int leaf, int subleaf) {
        int[] answer = new int[4];
        new Cpuid(test.cpu, CpuModels.parse(model, Set.of()), 4).query(leaf, subleaf, answer);
        return answer;
    }

    @Test
    void instructionZeroesUpperHalves() {
        test.state.setRegister(0, 0);
        test.state.setRegister(3, -1);
        test.execute("0F A2");
        assertThat(test.state.register(0)).isEqualTo(0x16);
        assertThat(test.state.register(3)).isEqualTo(0x756E_6547L);
        assertThat(test.state.register(2)).isEqualTo(0x4965_6E69L);
        assertThat(test.state.register(1)).isEqualTo(0x6C65_746EL);
    }

    @ParameterizedTest
    @EnumSource(CpuidFeature.class)
    void everyFeatureBitIsWhatTheModelHas(CpuidFeature feature) {
        CpuModel model = CpuModels.parse("max", Set.of());
        int[] answer = query("max", feature.leaf(), feature.subleaf());
        boolean reported = (answer[feature.register().ordinal()] >>> feature.bit() & 1) != 0;
        boolean processors = feature == CpuidFeature.HTT;
        assertThat(reported).isEqualTo(model.has(feature) || processors);
    }

    /** A guest that asks first must not be led to an instruction that stops the machine. */
    @Test
    void reportedFeaturesHaveNoRowThatIsNotImplemented() {
        CpuModel model = CpuModels.parse("max", Set.of());
        assertThat(InstructionSet.rows().stream().filter(row -> !row.implemented() && row.feature() != null
            && model.has(row.feature())).map(Row::mnemonic)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"max,000606A6", "skylake-server,00050654"})
    void signature(String model, String expected) {
        assertThat(query(model, 1, 0)[0]).isEqualTo(Integer.parseInt(expected, 16));
    }

    @Test
    void timeAddressesAndTopology() {
        assertThat(query("max", 0x15, 0)).containsExactly(1, 1, 1_000_000_000, 0);
        assertThat(query("max,maxphyaddr=39", 0x8000_0008, 0)[0]).isEqualTo(39 | 48 << 8);
        assertThat(query("max", 1, 0)[1]).isEqualTo(8 << 8 | 4 << 16);
        assertThat(query("max", 0xB, 1)).containsExactly(2, 4, 0x201, 0);
    }

    @Test
    void leavesAboveTheHighestAnswerAsTheHighestBasicOne() {
        assertThat(query("max", 0x17, 0)).containsExactly(query("max", 0x16, 0));
        assertThat(query("max", 0x4000_0000, 0)).containsExactly(query("max", 0x16, 0));
        assertThat(query("max", 0x8000_0009, 0)).containsExactly(query("max", 0x16, 0));
    }

    @Test
    void brandStringIsReadable() {
        StringBuilder text = new StringBuilder();
        for (int leaf = 0x8000_0002; leaf <= 0x8000_0004; leaf++) {
            for (int word : query("skylake-server", leaf, 0)) {
                for (int i = 0; i < 4; i++) {
                    text.append((char) (word >>> 8 * i & 0xFF));
                }
            }
        }
        assertThat(text.toString().replace("\0", "")).isEqualTo("Exitpoint processor, Skylake server");
    }

    @Test
    void overrides() {
        assertThat(CpuModels.parse("skylake-server,+umip", Set.of()).has(CpuidFeature.UMIP)).isTrue();
        assertThat(CpuModels.parse("max,-umip", Set.of()).has(CpuidFeature.UMIP)).isFalse();
        assertThat(CpuModels.parse("max", Set.of(CpuidFeature.VMX)).has(CpuidFeature.VMX)).isTrue();
        assertThatThrownBy(() -> CpuModels.parse("max,+avx512f", Set.of())).hasMessageContaining("not implemented");
        assertThatThrownBy(() -> CpuModels.parse("max,+umpi", Set.of())).hasMessageContaining("umip");
        assertThatThrownBy(() -> CpuModels.parse("pentium", Set.of())).hasMessageContaining("max, skylake-server");
        assertThatThrownBy(() -> CpuModels.parse("max,maxphyaddr=53", Set.of())).hasMessageContaining("36 to 52");
        assertThatThrownBy(() -> CpuModels.parse("max,umip", Set.of())).hasMessageContaining("+feature");
    }
}
