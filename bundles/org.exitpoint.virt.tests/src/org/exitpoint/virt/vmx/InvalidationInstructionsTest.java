/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.EnumSet;
import java.util.Set;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.virt.vmx.capability.ImplementedControls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** INVEPT and INVVPID: their outcomes for every type, and that they invalidate. */
class InvalidationInstructionsTest {
    private static final int READ = 1;
    private static final long ADDRESS = 0x5_0000;

    private VmxMachine m = new VmxMachine();

    @AfterEach
    void close() {
        m.close();
    }

    private void invalidate(Helper helper, long type, long low, long high) {
        m.memory.write(VmxMachine.OPERAND, 8, low);
        m.memory.write(VmxMachine.OPERAND + 8, 8, high);
        m.execute(helper, type, VmxMachine.OPERAND);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 12001E, 0, fail", "1, 12001E, 0, good", "1, 120018, 0, good", "1, 12005E, 0, good", "2, 12001E, 0, good",
        "2, 0, 0, good", "3, 12001E, 0, fail", "1, 120019, 0, fail", "1, 120016, 0, fail", "1, 120026, 0, fail",
        "1, 12009E, 0, fail", "1, 12011E, 0, fail", "1, 40000012001E, 0, fail", "1, 12001E, 1, fail",
        "7fffffffffffffff, 0, 0, fail"})
    void inveptOutcomes(String type, String pointer, String high, String outcome) {
        m.load();
        invalidate(Helper.INVEPT, Long.parseLong(type, 16), Long.parseLong(pointer, 16), Long.parseLong(high, 16));
        assertOutcome(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1000, good", "0, 0, 1000, fail", "0, 1, 800000000000, fail", "0, 10001, 1000, fail",
        "1, 1, 800000000000, good", "1, 0, 0, fail", "1, 10001, 0, fail", "2, 0, 0, good", "2, 10000, 0, fail",
        "3, 1, 0, good", "3, 0, 0, fail", "4, 1, 0, fail"})
    void invvpidOutcomes(String type, String vpid, String linear, String outcome) {
        m.load();
        invalidate(Helper.INVVPID, Long.parseLong(type, 16), Long.parseLong(vpid, 16), Long.parseLong(linear, 16));
        assertOutcome(outcome);
    }

    private void assertOutcome(String outcome) {
        if (outcome.equals("good")) {
            assertThat(m.flags()).isZero();
        } else {
            assertThat(m.flags()).isEqualTo(VmxMachine.ZF);
            assertThat(m.error()).isEqualTo(28);
        }
    }

    private long cachedIn(int vpid) {
        m.processor.mmu().virtualization(vpid, -1);
        long mapping = m.processor.mmu().cached(ADDRESS);
        m.processor.mmu().virtualization(0, -1);
        return mapping;
    }

    private void cacheIn(int vpid) {
        m.processor.mmu().virtualization(vpid, -1);
        m.processor.mmu().translate(ADDRESS, READ);
        m.processor.mmu().virtualization(0, -1);
    }

    @Test
    void invvpidInvalidatesWhatItsTypeSays() {
        m.load();
        for (int vpid = 0; vpid < 3; vpid++) {
            cacheIn(vpid);
        }
        invalidate(Helper.INVVPID, 1, 1, 0);
        assertThat(cachedIn(1)).isZero();
        assertThat(cachedIn(2)).isNotZero();
        assertThat(cachedIn(0)).isNotZero();
        invalidate(Helper.INVVPID, 2, 0, 0);
        assertThat(cachedIn(2)).isZero();
        assertThat(cachedIn(0)).isNotZero();
    }

    @Test
    void inveptInvalidatesCombinedMappingsOfItsPointer() {
        m.load();
        m.memory.write(VmxMachine.EPT, 8, 0x12_1007);
        m.memory.write(0x12_1000, 8, 0xB7);
        m.memory.write(0x12_2000, 8, 0x12_1007);
        for (long pointer : new long[] {VmxMachine.EPT | 0x1E, 0x12_2000 | 0x1E}) {
            m.processor.mmu().virtualization(1, pointer);
            m.processor.mmu().translate(ADDRESS, READ);
        }
        m.processor.mmu().virtualization(0, -1);
        invalidate(Helper.INVEPT, 1, VmxMachine.EPT | 0x1E, 0);
        m.processor.mmu().virtualization(1, VmxMachine.EPT | 0x1E);
        assertThat(m.processor.mmu().cached(ADDRESS)).isZero();
        m.processor.mmu().virtualization(1, 0x12_2000 | 0x1E);
        assertThat(m.processor.mmu().cached(ADDRESS)).isNotZero();
    }

    @Test
    void withoutTheFeatureTheyAreInvalid() {
        Set<VmxControl> controls = EnumSet.copyOf(ImplementedControls.ALL);
        controls.removeAll(Set.of(VmxControl.ENABLE_EPT, VmxControl.ENABLE_VPID));
        m.close();
        m = new VmxMachine(controls);
        m.load();
        for (Helper helper : new Helper[] {Helper.INVEPT, Helper.INVVPID}) {
            assertThatThrownBy(() -> invalidate(helper, 2, 0, 0)).isInstanceOfSatisfying(Interruption.Fault.class,
                    fault -> assertThat(fault.vector()).isEqualTo(ExceptionVector.UD));
        }
    }
}
