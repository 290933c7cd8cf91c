/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.cpu.interruption.Interruption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SDM vol. 3, "Issuing Interprocessor Interrupts" and "Determining IPI Destination". */
class InterprocessorInterruptTest {
    private static final int VECTOR = 0x51;
    private static final int INIT = 5 << 8;
    private static final int STARTUP = 6 << 8;
    private static final int LEVEL = 1 << 15;

    private final ApicMachine machine = ApicMachine.enabled(4);

    /** IDs of the APICs in whose IRR the vector is. */
    private List<Integer> receivers() {
        List<Integer> ids = new ArrayList<>();
        for (LocalApic apic : machine.apics) {
            if (ApicMachine.vectors(apic, ApicRegister.IRR).contains(VECTOR)) {
                ids.add(apic.id());
            }
        }
        return ids;
    }

    private void setLogical(int format, int... destinations) {
        for (int i = 0; i < destinations.length; i++) {
            ApicMachine.write(machine.apics.get(i), ApicRegister.DFR, (long) format << 28);
            ApicMachine.write(machine.apics.get(i), ApicRegister.LDR, (long) destinations[i] << 24);
        }
    }

    @Test
    void shorthands() {
        machine.command(ApicMachine.TO_SELF | VECTOR, 3);
        assertThat(receivers()).containsExactly(0);
        machine.apics.forEach(LocalApic::acknowledge);
        machine.command(ApicMachine.TO_OTHERS | VECTOR, 0);
        assertThat(receivers()).containsExactly(1, 2, 3);
        machine.apics.forEach(LocalApic::reset);
        machine.apics.forEach(apic -> ApicMachine.write(apic, ApicRegister.SPIV, 0x1FF));
        machine.command(ApicMachine.TO_ALL | VECTOR, 2);
        assertThat(receivers()).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({"0, '0'", "2, '2'", "9, ''", "255, '0 1 2 3'"})
    void physicalDestinations(int destination, String expected) {
        machine.command(ApicMachine.FIXED_ASSERT | VECTOR, destination);
        assertThat(receivers()).hasToString(expected(expected));
    }

    @ParameterizedTest
    @CsvSource({"1, '0'", "6, '1 2'", "128, '3'", "72, ''", "255, '0 1 2 3'", "0, ''"})
    void logicalDestinationsInTheFlatModel(int destination, String expected) {
        setLogical(0xF, 1, 2, 4, 0x80);
        machine.command(ApicMachine.LOGICAL | VECTOR, destination);
        assertThat(receivers()).hasToString(expected(expected));
    }

    @ParameterizedTest
    @CsvSource({"17, '0'", "19, '0 1'", "33, '2'", "40, '3'", "47, '2 3'", "31, '0 1'", "49, ''", "32, ''",
        "255, '0 1 2 3'"})
    void logicalDestinationsInTheClusterModel(int destination, String expected) {
        setLogical(0, 0x11, 0x12, 0x21, 0x28);
        machine.command(ApicMachine.LOGICAL | VECTOR, destination);
        assertThat(receivers()).hasToString(expected(expected));
    }

    private static String expected(String ids) {
        return "[" + ids.replace(" ", ", ") + "]";
    }

    @Test
    void lowestPriorityGoesToTheDestinationOfLowestPriorityOnly() {
        setLogical(0xF, 1, 2, 4, 8);
        int[] taskPriorities = {0x40, 0x30, 0x10, 0x20};
        for (int i = 0; i < taskPriorities.length; i++) {
            ApicMachine.write(machine.apics.get(i), ApicRegister.TPR, taskPriorities[i]);
        }
        machine.command(ApicMachine.LOGICAL | ApicMachine.LOWEST_PRIORITY | VECTOR, 0xFF);
        assertThat(receivers()).containsExactly(2);
        ApicMachine.write(machine.apics.get(2), ApicRegister.SPIV, 0xFF);
        ApicMachine.write(machine.apics.get(3), ApicRegister.TPR, 0x50);
        machine.command(ApicMachine.LOGICAL | ApicMachine.LOWEST_PRIORITY | VECTOR, 0x0D);
        assertThat(receivers()).as("the sender itself").containsExactly(0, 2);
    }

    @Test
    void messagesOfIoApicsReachTheirDestinations() {
        setLogical(0xF, 1, 2, 4, 8);
        machine.bus.deliver(new InterruptMessage(DeliveryMode.FIXED, VECTOR, true, true, 0x0A));
        assertThat(receivers()).containsExactly(1, 3);
        assertThat(ApicMachine.vectors(machine.apics.get(1), ApicRegister.TMR)).containsExactly(VECTOR);
    }

    @Test
    void anNmiNeedsNoVectorAndIsTakenOnce() {
        machine.command(ApicMachine.NMI | ApicMachine.FIXED_ASSERT, 1);
        LocalApic target = machine.apics.get(1);
        assertThat(target.isNmiPending()).isTrue();
        assertThat(target.isInterruptPending()).isFalse();
        target.acknowledgeNmi();
        assertThat(target.isNmiPending()).isFalse();
        assertThat(machine.apic().isNmiPending()).isFalse();
        assertThat(machine.read(ApicRegister.ESR)).isZero();
    }

    @Test
    void initAndStartup() {
        LocalApic target = machine.apics.get(1);
        assertThat(target.takeInit()).isFalse();
        assertThat(target.takeStartup()).isEqualTo(-1);
        machine.command(STARTUP | ApicMachine.TO_OTHERS | 0x12, 0);
        machine.command(INIT | ApicMachine.FIXED_ASSERT | LEVEL | ApicMachine.TO_OTHERS, 0);
        assertThat(target.isInitOrStartupPending()).isTrue();
        assertThat(target.takeInit()).isTrue();
        assertThat(target.takeInit()).isFalse();
        assertThat(target.takeStartup()).as("a start-up IPI before the INIT").isEqualTo(-1);
        machine.command(STARTUP | ApicMachine.TO_OTHERS | 0x9A, 0);
        assertThat(target.takeStartup()).isEqualTo(0x9A);
        assertThat(target.isInitOrStartupPending()).isFalse();
        assertThat(machine.apic().isInitOrStartupPending()).isFalse();
    }

    @Test
    void levelDeassertIsNotSent() {
        machine.command(INIT | LEVEL | ApicMachine.TO_ALL, 0);
        assertThat(machine.apics).noneMatch(LocalApic::isInitOrStartupPending);
    }

    @Test
    void modesThatAreNoneAreNotSentAndSmisAreNotImplemented() {
        machine.command(3 << 8 | VECTOR, 1);
        machine.command(ApicMachine.EXTINT | VECTOR, 1);
        assertThat(machine.apics).noneMatch(LocalApic::isInterruptPending);
        assertThatThrownBy(() -> machine.command(2 << 8, 1)).isInstanceOf(Interruption.NotImplemented.class);
    }

    @Test
    void theCommandRegisterReadsBackWithDeliveryStatusIdle() {
        machine.command(0xFFFF_F0FF & ~ApicMachine.TO_SELF | VECTOR, 0xAB);
        assertThat(machine.read(ApicRegister.ICR_HIGH)).isEqualTo(0xAB00_0000L);
        assertThat(machine.read(ApicRegister.ICR_LOW)).isEqualTo(0x8_C0FFL);
    }

    @Test
    void anApicDisabledBySoftwareStillSendsAndTakesSignalsButNoInterrupts() {
        LocalApic target = machine.apics.get(1);
        ApicMachine.write(target, ApicRegister.SPIV, 0xFF);
        machine.command(VECTOR, 1);
        machine.command(ApicMachine.NMI, 1);
        machine.command(INIT, 1);
        assertThat(receivers()).isEmpty();
        assertThat(target.isNmiPending()).isTrue();
        assertThat(target.takeInit()).isTrue();
        machine.write(ApicRegister.SPIV, 0xFF);
        machine.command(VECTOR, 2);
        assertThat(receivers()).containsExactly(2);
    }

    @Test
    void illegalVectorsAreErrorsOfSenderAndReceiver() {
        machine.command(15, 1);
        assertThat(machine.read(ApicRegister.ESR)).as("before the write").isZero();
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isEqualTo(0x20);
        LocalApic target = machine.apics.get(1);
        ApicMachine.write(target, ApicRegister.ESR, 0);
        assertThat(ApicMachine.read(target, ApicRegister.ESR)).isEqualTo(0x40);
        assertThat(ApicMachine.vectors(target, ApicRegister.IRR)).isEmpty();
        machine.command(ApicMachine.TO_SELF | 3, 0);
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isEqualTo(0x60);
        machine.write(ApicRegister.ESR, 0);
        assertThat(machine.read(ApicRegister.ESR)).isZero();
    }

    @Test
    void idsAreUnique() {
        LocalApic other = new ApicMachine(1).apic();
        assertThatThrownBy(() -> machine.bus.connect(other)).isInstanceOf(IllegalArgumentException.class);
    }
}
