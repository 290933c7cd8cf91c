/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** SDM vol. 3, "Interrupt, Task, and Processor Priority", "Signaling Interrupt Servicing Completion". */
class InterruptPriorityTest {
    private final ApicMachine machine = ApicMachine.enabled(1);
    private final LocalApic apic = machine.apic();

    @Test
    void aRequestIsDeliveredIfItsClassIsAboveTheTaskPriority() {
        for (int vector = 16; vector < 256; vector++) {
            for (int taskClass = 0; taskClass < 16; taskClass++) {
                apic.reset();
                machine.write(ApicRegister.SPIV, 0x1FF);
                machine.write(ApicRegister.TPR, taskClass << 4 | 0xF);
                machine.raise(vector);
                assertThat(apic.isInterruptPending()).as("vector %d at class %d", vector, taskClass)
                    .isEqualTo(vector >> 4 > taskClass);
                assertThat(machine.vectors(ApicRegister.IRR)).containsExactly(vector);
            }
        }
    }

    @Test
    void aRequestInterruptsAServiceOfALowerClassOnly() {
        for (int served = 16; served < 256; served += 5) {
            for (int vector = 16; vector < 256; vector++) {
                apic.reset();
                machine.write(ApicRegister.SPIV, 0x1FF);
                machine.raise(served);
                assertThat(apic.acknowledge()).isEqualTo(served);
                machine.raise(vector);
                assertThat(apic.isInterruptPending()).as("vector %d in the service of %d", vector, served)
                    .isEqualTo(vector >> 4 > served >> 4);
            }
        }
    }

    @Test
    void processorPriorityIsTheHigherOfTaskAndService() {
        machine.raise(0x53);
        apic.acknowledge();
        machine.write(ApicRegister.TPR, 0x4A);
        assertThat(machine.read(ApicRegister.PPR)).isEqualTo(0x50);
        machine.write(ApicRegister.TPR, 0x6A);
        assertThat(machine.read(ApicRegister.PPR)).isEqualTo(0x6A);
        machine.endOfInterrupt();
        machine.write(ApicRegister.TPR, 0x02);
        assertThat(machine.read(ApicRegister.PPR)).isEqualTo(0x02);
    }

    @Test
    void endOfInterruptEndsTheHighestInServiceWhateverTheOrderOfArrival() {
        machine.raise(0x31);
        assertThat(apic.acknowledge()).isEqualTo(0x31);
        machine.raise(0x82);
        machine.raise(0x55);
        assertThat(apic.acknowledge()).isEqualTo(0x82);
        assertThat(machine.vectors(ApicRegister.ISR)).containsExactly(0x31, 0x82);
        assertThat(apic.isInterruptPending()).isFalse();

        machine.endOfInterrupt();
        assertThat(machine.vectors(ApicRegister.ISR)).containsExactly(0x31);
        assertThat(apic.acknowledge()).isEqualTo(0x55);
        machine.endOfInterrupt();
        machine.endOfInterrupt();
        machine.endOfInterrupt();
        assertThat(machine.vectors(ApicRegister.ISR)).isEmpty();
    }

    @Test
    void aVectorCanWaitOnceWhileItIsInService() {
        machine.raise(0x40);
        apic.acknowledge();
        machine.raise(0x40);
        machine.raise(0x40);
        assertThat(machine.vectors(ApicRegister.IRR)).containsExactly(0x40);
        machine.endOfInterrupt();
        assertThat(apic.acknowledge()).isEqualTo(0x40);
        machine.endOfInterrupt();
        assertThat(apic.isInterruptPending()).isFalse();
    }

    @Test
    void cr8IsTheTaskPriorityClass() {
        machine.write(ApicRegister.TPR, 0xA7);
        assertThat(apic.taskPriorityClass()).isEqualTo(0xA);
        apic.setTaskPriorityClass(3);
        assertThat(machine.read(ApicRegister.TPR)).as("bits 3:0 are cleared").isEqualTo(0x30);
    }

    @Test
    void loweringCr8LetsAWaitingSelfIpiThrough() {
        apic.setTaskPriorityClass(8);
        machine.write(ApicRegister.ICR_LOW, ApicMachine.TO_SELF | 0x81);
        assertThat(apic.isInterruptPending()).isFalse();
        int before = machine.changes;
        apic.setTaskPriorityClass(7);
        assertThat(machine.changes).isGreaterThan(before);
        assertThat(apic.isInterruptPending()).isTrue();
        assertThat(apic.acknowledge()).isEqualTo(0x81);
    }

    @Test
    void anInterruptThatVanishedIsAnsweredWithTheSpuriousVectorAndNotInService() {
        machine.write(ApicRegister.SPIV, 0x1E3);
        machine.raise(0x45);
        apic.setTaskPriorityClass(5);
        assertThat(apic.acknowledge()).isEqualTo(0xE3);
        assertThat(machine.vectors(ApicRegister.ISR)).isEmpty();
        assertThat(machine.vectors(ApicRegister.IRR)).containsExactly(0x45);
    }

    @Test
    void triggerModeDecidesWhetherTheEndIsBroadcast() {
        machine.raiseLevel(0x61);
        assertThat(machine.vectors(ApicRegister.TMR)).containsExactly(0x61);
        apic.acknowledge();
        machine.endOfInterrupt();
        assertThat(machine.ended).isEqualTo(List.of(0x61));

        machine.raise(0x61);
        assertThat(machine.vectors(ApicRegister.TMR)).as("an edge clears the bit").isEmpty();
        apic.acknowledge();
        machine.endOfInterrupt();
        assertThat(machine.ended).isEqualTo(List.of(0x61));
    }

    @Test
    void endOfInterruptWithNothingInServiceDoesNothing() {
        machine.raise(0x61);
        machine.endOfInterrupt();
        assertThat(apic.acknowledge()).isEqualTo(0x61);
        assertThat(machine.ended).isEmpty();

        machine.endOfInterrupt();
        for (int vector = 16; vector < 256; vector++) {
            machine.raiseLevel(vector);
            apic.acknowledge();
            machine.endOfInterrupt();
        }
        machine.ended.clear();
        machine.endOfInterrupt();
        assertThat(machine.ended).as("whatever vectors were level-triggered").isEmpty();
    }
}
