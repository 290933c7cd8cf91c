/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.exitpoint.cpu.interruption.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** SDM vol. 3, "Local Vector Table", "Error Handling", and the pins LINT0 and LINT1 with an external 8259A. */
class LocalVectorTableTest {
    private static final int LEVEL = 1 << 15;
    private static final int ACTIVE_LOW = 1 << 13;
    private static final int REMOTE_IRR = 1 << 14;

    private final ApicMachine machine = ApicMachine.enabled(1);
    private final LocalApic apic = machine.apic();

    @ParameterizedTest
    @CsvSource({"LVT_TIMER, 0x700FF", "LVT_THERMAL, 0x100FF", "LVT_PERFORMANCE, 0x100FF", "LVT_LINT0, 0x1A0FF",
        "LVT_LINT1, 0x1A0FF", "LVT_ERROR, 0x100FF"})
    void entriesHoldTheirDefinedBits(ApicRegister entry, int bits) {
        machine.write(entry, 0xFFFF_F8FFL);
        assertThat(machine.read(entry)).isEqualTo(bits);
    }

    @ParameterizedTest
    @EnumSource(names = {"LVT_THERMAL", "LVT_PERFORMANCE", "LVT_LINT0", "LVT_LINT1"})
    void smiAsDeliveryModeIsNotImplementedUnlessMasked(ApicRegister entry) {
        machine.write(entry, ApicMachine.MASKED | 0x200);
        assertThat(machine.read(entry)).isEqualTo(ApicMachine.MASKED | 0x200);
        assertThatThrownBy(() -> machine.write(entry, 0x200)).isInstanceOf(Interruption.NotImplemented.class);
    }

    @Test
    void lint1AsNmiInterruptsOncePerEdgeAndNotWhenMasked() {
        machine.write(ApicRegister.LVT_LINT1, ApicMachine.NMI | ApicMachine.MASKED);
        apic.lint1().set(true);
        assertThat(apic.isNmiPending()).isFalse();
        apic.lint1().set(false);
        machine.write(ApicRegister.LVT_LINT1, ApicMachine.NMI);
        apic.lint1().set(true);
        assertThat(apic.isNmiPending()).isTrue();
        apic.acknowledgeNmi();
        apic.lint1().set(true);
        assertThat(apic.isNmiPending()).as("still high is no edge").isFalse();
    }

    @Test
    void aPinCanBeActiveLowAndFixedAndDoAnInit() {
        apic.lint1().set(true);
        machine.write(ApicRegister.LVT_LINT1, ACTIVE_LOW | 0x42);
        apic.lint1().set(false);
        assertThat(apic.acknowledge()).isEqualTo(0x42);
        machine.write(ApicRegister.LVT_LINT1, 5 << 8);
        apic.lint1().set(true);
        assertThat(apic.takeInit()).isTrue();
    }

    @Test
    void levelTriggeredLint0RepeatsUntilItsLineFalls() {
        machine.write(ApicRegister.LVT_LINT0, LEVEL | 0x52);
        apic.lint0().set(true);
        assertThat(machine.read(ApicRegister.LVT_LINT0)).isEqualTo(LEVEL | REMOTE_IRR | 0x52);
        assertThat(machine.vectors(ApicRegister.TMR)).containsExactly(0x52);
        assertThat(apic.acknowledge()).isEqualTo(0x52);
        assertThat(machine.vectors(ApicRegister.IRR)).as("not again before the end").isEmpty();
        machine.endOfInterrupt();
        assertThat(apic.acknowledge()).as("the line is still high").isEqualTo(0x52);
        apic.lint0().set(false);
        machine.endOfInterrupt();
        assertThat(apic.isInterruptPending()).isFalse();
        assertThat(machine.read(ApicRegister.LVT_LINT0)).isEqualTo(LEVEL | 0x52);
    }

    @Test
    void anEntryThatIsNotLevelTriggeredHasNoRemoteIrr() {
        machine.write(ApicRegister.LVT_LINT0, LEVEL | 0x52);
        apic.lint0().set(true);
        machine.write(ApicRegister.LVT_LINT0, LEVEL | ApicMachine.MASKED | 0x52);
        assertThat(machine.read(ApicRegister.LVT_LINT0)).isEqualTo(LEVEL | ApicMachine.MASKED | REMOTE_IRR | 0x52);
        machine.write(ApicRegister.LVT_LINT0, 0x52);
        assertThat(machine.read(ApicRegister.LVT_LINT0)).isEqualTo(0x52);
    }

    @Test
    void virtualWireModeTakesTheVectorFromTheExternalControllerPastAllPriorities() {
        apic.enterVirtualWireMode();
        machine.write(ApicRegister.TPR, 0xFF);
        machine.externalVector = 0x08;
        apic.lint0().set(true);
        assertThat(apic.isInterruptPending()).isTrue();
        assertThat(apic.acknowledge()).isEqualTo(0x08);
        assertThat(machine.externalAcknowledges).isEqualTo(1);
        assertThat(machine.vectors(ApicRegister.ISR)).isEmpty();
        apic.lint0().set(false);
        assertThat(apic.isInterruptPending()).isFalse();
        apic.lint1().set(true);
        assertThat(apic.isNmiPending()).isTrue();
    }

    @Test
    void externalInterruptIsMaskedByItsEntry() {
        machine.write(ApicRegister.LVT_LINT0, ApicMachine.EXTINT);
        apic.lint0().set(true);
        assertThat(apic.isInterruptPending()).isTrue();
        machine.write(ApicRegister.LVT_LINT0, ApicMachine.EXTINT | ApicMachine.MASKED);
        assertThat(apic.isInterruptPending()).isFalse();
        assertThat(apic.acknowledge()).as("spurious").isEqualTo(0xFF);
        assertThat(machine.externalAcknowledges).isZero();
    }

    @Test
    void anIoApicCanAskForTheExternalController() {
        machine.bus.deliver(new InterruptMessage(DeliveryMode.EXTINT, 0, false, false, 0));
        assertThat(apic.isInterruptPending()).isTrue();
        assertThat(apic.acknowledge()).isEqualTo(ApicMachine.NO_EXTERNAL_VECTOR);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void reservedRegistersAreErrorsThatInterruptOncePerWriteOfTheErrorStatus() {
        machine.write(ApicRegister.LVT_ERROR, 0xE1);
        assertThat(apic.read(0x40, 4)).isZero();
        assertThat(apic.acknowledge()).isEqualTo(0xE1);
        machine.endOfInterrupt();
        apic.write(0x3F0, 4, 1);
        apic.read(0x2F0, 4);
        assertThat(apic.isInterruptPending()).as("not before it is rearmed").isFalse();
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isEqualTo(0x80);
        apic.read(0xFF0, 4);
        assertThat(apic.acknowledge()).isEqualTo(0xE1);
    }

    @Test
    void anErrorEntryWithAnIllegalVectorIsAnErrorItselfButDeliversNothing() {
        machine.write(ApicRegister.LVT_ERROR, 0x01);
        apic.read(0, 4);
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isEqualTo(0xC0);
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void accessesThatAreNotOfARegisterDoNothing() {
        machine.write(ApicRegister.TPR, 0x20);
        apic.write(0x80, 1, 0x55);
        apic.write(0x82, 2, 0x55);
        apic.write(0x84, 4, 0x55);
        apic.write(0x80, 8, 0x55);
        assertThat(machine.read(ApicRegister.TPR)).isEqualTo(0x20);
        assertThat(apic.read(0x80, 1)).isZero();
        assertThat(apic.read(0x84, 4)).isZero();
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isZero();
    }
}
