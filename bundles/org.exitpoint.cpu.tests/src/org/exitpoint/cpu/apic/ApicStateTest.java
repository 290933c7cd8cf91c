/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SDM vol. 3, "Local APIC State" and "Local APIC Status and Location". */
class ApicStateTest {
    private static final long ENABLED = 0x800;
    private static final long BOOTSTRAP = 0x100;
    private static final long ADDRESS = 0xFEE0_0000L;

    private final ApicMachine machine = new ApicMachine(2);
    private final LocalApic apic = machine.apic();

    @ParameterizedTest
    @EnumSource(ApicRegister.class)
    void stateAfterReset(ApicRegister register) {
        long expected = switch (register) {
            case VERSION -> 0x0005_0014;
            case DFR -> 0xFFFF_FFFFL;
            case SPIV -> 0xFF;
            case LVT_TIMER, LVT_THERMAL, LVT_PERFORMANCE, LVT_LINT0, LVT_LINT1, LVT_ERROR -> 0x1_0000;
            default -> 0;
        };
        assertThat(machine.read(register)).isEqualTo(expected);
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).as("reading it was no error").isZero();
    }

    @Test
    void theIdIsInTheTopByteAndReadOnly() {
        LocalApic second = machine.apics.get(1);
        ApicMachine.write(second, ApicRegister.ID, 0x4400_0000);
        assertThat(ApicMachine.read(second, ApicRegister.ID)).isEqualTo(0x0100_0000);
    }

    @Test
    void theBootstrapProcessorSaysSo() {
        assertThat(apic.base()).isEqualTo(ADDRESS | ENABLED | BOOTSTRAP);
        assertThat(machine.apics.get(1).base()).isEqualTo(ADDRESS | ENABLED);
    }

    @Test
    void theWindowIsThePageAtTheBaseAndMovesWithIt() {
        assertThat(apic.window().claims(ADDRESS - 1)).isFalse();
        assertThat(apic.window().claims(ADDRESS)).isTrue();
        assertThat(apic.window().claims(ADDRESS + 0xFFF)).isTrue();
        assertThat(apic.window().claims(ADDRESS + 0x1000)).isFalse();
        machine.write(ApicRegister.TPR, 0x30);
        apic.setBase(0xFF_1234_5000L | ENABLED);
        assertThat(apic.window().claims(ADDRESS)).isFalse();
        assertThat(apic.window().read(0xFF_1234_5080L, 4)).as("moving keeps the state").isEqualTo(0x30);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 40, 51, 52, 63})
    void reservedBitsOfTheBaseAreRefused(int bit) {
        long before = apic.base();
        assertThatThrownBy(() -> apic.setBase(before | 1L << bit))
            .asInstanceOf(type(Interruption.Fault.class))
            .satisfies(fault -> assertThat(fault.vector()).isEqualTo(ExceptionVector.GP),
                fault -> assertThat(fault.errorCode()).isZero());
        assertThatThrownBy(() -> apic.setBase(1L << bit)).isInstanceOf(Interruption.Fault.class);
        assertThat(apic.base()).isEqualTo(before);
    }

    @Test
    void disabledBySoftwareMasksAndKeepsMaskedTheLocalVectorTable() {
        machine.write(ApicRegister.LVT_TIMER, 0x40);
        assertThat(machine.read(ApicRegister.LVT_TIMER)).isEqualTo(0x1_0040);
        machine.write(ApicRegister.SPIV, 0x1FF);
        assertThat(machine.read(ApicRegister.LVT_TIMER)).isEqualTo(0x1_0040);
        machine.write(ApicRegister.LVT_TIMER, 0x40);
        machine.write(ApicRegister.LVT_LINT0, ApicMachine.EXTINT);
        apic.lint0().set(true);
        assertThat(apic.isInterruptPending()).isTrue();
        machine.write(ApicRegister.SPIV, 0xFF);
        assertThat(machine.read(ApicRegister.LVT_TIMER)).isEqualTo(0x1_0040);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void disabledBySoftwareHoldsWhatWaitsAndDropsWhatComes() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        machine.raise(0x61);
        machine.write(ApicRegister.SPIV, 0xFF);
        machine.raise(0x71);
        machine.bus.deliver(new InterruptMessage(DeliveryMode.EXTINT, 0, false, false, 0));
        assertThat(machine.vectors(ApicRegister.IRR)).containsExactly(0x61);
        assertThat(apic.acknowledge()).isEqualTo(0x61);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void globallyDisabledIsAProcessorWithoutApicWhosePinsAreIntrAndNmi() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        machine.raise(0x61);
        apic.setBase(apic.base() & ~ENABLED);
        assertThat(apic.window().claims(ADDRESS)).isFalse();
        assertThat(apic.isInterruptPending()).isFalse();
        machine.raise(0x62);
        apic.receive(new InterruptMessage(DeliveryMode.NMI, 0, false, false, 0));
        assertThat(apic.isInterruptPending()).isFalse();
        assertThat(apic.isNmiPending()).isFalse();

        machine.externalVector = 0x20;
        apic.lint0().set(true);
        assertThat(apic.isInterruptPending()).isTrue();
        assertThat(apic.acknowledge()).isEqualTo(0x20);
        apic.lint0().set(false);
        assertThat(apic.isInterruptPending()).isFalse();
        apic.lint1().set(true);
        assertThat(apic.isNmiPending()).isTrue();
    }

    @Test
    void cr8WorksWhileGloballyDisabled() {
        apic.setBase(apic.base() & ~ENABLED);
        apic.setTaskPriorityClass(9);
        assertThat(apic.taskPriorityClass()).isEqualTo(9);
    }

    @Test
    void enablingAgainFindsTheRegistersAsAfterPowerOn() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        machine.write(ApicRegister.TPR, 0x20);
        machine.write(ApicRegister.LDR, 0x0100_0000);
        machine.write(ApicRegister.DFR, 0);
        machine.write(ApicRegister.LVT_TIMER, 1 << 17 | 0x40);
        machine.write(ApicRegister.DIVIDE_CONFIGURATION, 3);
        machine.write(ApicRegister.INITIAL_COUNT, 100);
        machine.command(0xC0, 9);
        machine.raiseLevel(0x61);
        apic.acknowledge();
        machine.raise(0x81);
        apic.read(0x40, 4);
        machine.write(ApicRegister.ESR, 0);
        long enabled = apic.base();
        apic.setBase(enabled & ~ENABLED);
        apic.setBase(enabled);

        LocalApic fresh = new ApicMachine(1).apic();
        for (ApicRegister register : ApicRegister.values()) {
            assertThat(machine.read(register)).as(register.name()).isEqualTo(ApicMachine.read(fresh, register));
        }
        for (ApicRegister set : new ApicRegister[] {ApicRegister.IRR, ApicRegister.ISR, ApicRegister.TMR}) {
            assertThat(machine.vectors(set)).as(set.name()).isEmpty();
        }
        assertThat(machine.clock.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void writingTheSameBaseResetsNothing() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        apic.setBase(apic.base());
        assertThat(machine.read(ApicRegister.SPIV)).isEqualTo(0x1FF);
    }

    @Test
    void everyChangeOfWhatWaitsIsTold() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        assertTold(() -> machine.raise(0x61));
        assertTold(apic::acknowledge);
        assertTold(machine::endOfInterrupt);
        assertTold(() -> machine.command(ApicMachine.NMI, 0));
        assertTold(apic::acknowledgeNmi);
        assertTold(() -> machine.command(5 << 8, 0));
        assertTold(apic::takeInit);
        assertTold(() -> machine.write(ApicRegister.TPR, 0x80));
        assertTold(() -> apic.setTaskPriorityClass(0));
        machine.write(ApicRegister.LVT_TIMER, 0x40);
        machine.write(ApicRegister.INITIAL_COUNT, 10);
        assertTold(() -> machine.clock.advance(20));
        assertTold(() -> apic.setBase(apic.base() & ~ENABLED));
        assertTold(() -> apic.lint0().set(true));
        assertTold(apic::reset);
    }

    private void assertTold(Runnable change) {
        int before = machine.changes;
        change.run();
        assertThat(machine.changes).isGreaterThan(before);
    }
}
