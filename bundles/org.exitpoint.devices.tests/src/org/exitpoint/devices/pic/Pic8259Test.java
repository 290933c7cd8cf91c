/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.pic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.exitpoint.devices.StateRecording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules of the 8259A data sheet, by the names of its sections, on the pair of a PC. */
class Pic8259Test {
    private static final int EOI = 0x20;
    private static final int SPECIFIC_EOI = 0x60;

    private boolean intr;
    private final List<Boolean> edges = new ArrayList<>();
    private final Pic8259Pair pair = new Pic8259Pair(this::intr);
    private final Pic8259 master = pair.master();
    private final Pic8259 slave = pair.slave();

    private void intr(boolean level) {
        if (level != intr) {
            edges.add(level);
            intr = level;
        }
    }

    @BeforeEach
    void initializeAsPcsDo() {
        initialize(master, 0x20, 0x04, 0x01);
        initialize(slave, 0x28, 0x02, 0x01);
    }

    private static void initialize(Pic8259 pic, int vector, int icw3, int icw4) {
        pic.write(0, 1, 0x11);
        pic.write(1, 1, vector);
        pic.write(1, 1, icw3);
        pic.write(1, 1, icw4);
    }

    private void raise(int irq) {
        pair.request(irq).set(true);
    }

    private void lower(int irq) {
        pair.request(irq).set(false);
    }

    private static int irr(Pic8259 pic) {
        pic.write(0, 1, 0x0A);
        return (int) pic.read(0, 1);
    }

    private static int isr(Pic8259 pic) {
        pic.write(0, 1, 0x0B);
        return (int) pic.read(0, 1);
    }

    @Test
    void afterResetEverythingIsMasked() {
        master.reset();
        raise(0);
        assertThat(intr).isFalse();
        assertThat(master.read(1, 1)).isEqualTo(0xFF);
    }

    @Test
    void interruptMaskRegisterMasksEachInputAndReadsBack() {
        for (int irq = 0; irq < 8; irq++) {
            if (irq == Pic8259Pair.CASCADE) {
                continue;
            }
            master.write(1, 1, 1 << irq);
            assertThat(master.read(1, 1)).isEqualTo(1 << irq);
            raise(irq);
            assertThat(intr).as("IRQ %d masked", irq).isFalse();
            assertThat(irr(master)).as("IRR shows the masked request").isEqualTo(1 << irq);
            master.write(1, 1, 0);
            assertThat(intr).as("IRQ %d unmasked", irq).isTrue();
            lower(irq);
            assertThat(intr).isFalse();
        }
    }

    @Test
    void acknowledgeGivesIcw2VectorPlusLevelAndMovesTheRequestIntoService() {
        raise(4);
        assertThat(pair.acknowledge()).isEqualTo(0x24);
        assertThat(intr).isFalse();
        assertThat(irr(master)).isZero();
        assertThat(isr(master)).isEqualTo(0x10);
    }

    @Test
    void fullyNestedModeIr0IsHighestAndServiceBlocksEqualAndLower() {
        raise(3);
        assertThat(pair.acknowledge()).isEqualTo(0x23);
        raise(5);
        assertThat(intr).as("lower priority waits").isFalse();
        raise(1);
        assertThat(intr).as("higher priority interrupts").isTrue();
        assertThat(pair.acknowledge()).isEqualTo(0x21);
        master.write(0, 1, EOI);
        assertThat(isr(master)).as("non-specific EOI ends the highest").isEqualTo(0x08);
        assertThat(intr).isFalse();
        master.write(0, 1, EOI);
        assertThat(pair.acknowledge()).isEqualTo(0x25);
    }

    @Test
    void edgeTriggeredInputRequestsOncePerEdge() {
        raise(6);
        pair.acknowledge();
        master.write(0, 1, EOI);
        raise(6);
        assertThat(intr).as("still high is no edge").isFalse();
        lower(6);
        raise(6);
        assertThat(intr).isTrue();
    }

    @Test
    void requestThatGoesAwayBeforeAcknowledgeGivesDefaultIr7WithoutService() {
        raise(4);
        lower(4);
        assertThat(intr).isFalse();
        assertThat(pair.acknowledge()).isEqualTo(0x27);
        assertThat(isr(master)).isZero();
    }

    @Test
    void spuriousRequestOfTheSlaveLeavesTheCascadeInService() {
        raise(9);
        master.write(1, 1, 0xFB);
        slave.write(1, 1, 0xFF);
        slave.write(1, 1, 0x00);
        assertThat(pair.acknowledge()).isEqualTo(0x29);
        slave.write(0, 1, EOI);
        master.write(0, 1, EOI);

        raise(10);
        StateRecording beforeItWentAway = new StateRecording();
        master.save(beforeItWentAway);
        lower(10);
        master.restore(beforeItWentAway);
        assertThat(pair.acknowledge()).isEqualTo(0x2F);
        assertThat(isr(slave)).isZero();
        assertThat(isr(master)).isEqualTo(0x04);
    }

    @Test
    void levelTriggeredInputRequestsAsLongAsItIsHigh() {
        pair.edgeLevelControl().write(0, 1, 0xFF);
        assertThat(pair.edgeLevelControl().read(0, 1)).as("IRQ 0 to 2 are always edge-triggered").isEqualTo(0xF8);
        pair.edgeLevelControl().write(1, 1, 0xFF);
        assertThat(pair.edgeLevelControl().read(1, 1)).as("IRQ 8 and 13 are always edge-triggered").isEqualTo(0xDE);
        raise(5);
        pair.acknowledge();
        assertThat(intr).as("in service").isFalse();
        master.write(0, 1, EOI);
        assertThat(intr).as("still requested").isTrue();
        lower(5);
        assertThat(intr).isFalse();
    }

    @Test
    void cascadeGivesTheSlavesVectorAndNeedsAnEoiForEach() {
        raise(12);
        assertThat(intr).isTrue();
        assertThat(pair.acknowledge()).isEqualTo(0x2C);
        assertThat(isr(master)).isEqualTo(0x04);
        assertThat(isr(slave)).isEqualTo(0x10);
        slave.write(0, 1, EOI);
        raise(9);
        assertThat(intr).as("the master still serves the cascade").isFalse();
        master.write(0, 1, EOI);
        assertThat(pair.acknowledge()).isEqualTo(0x29);
    }

    @Test
    void specialFullyNestedModeLetsAHigherRequestOfTheSlaveThrough() {
        initialize(master, 0x20, 0x04, 0x11);
        raise(12);
        pair.acknowledge();
        raise(5);
        assertThat(intr).as("the master's own lower levels wait").isFalse();
        raise(9);
        assertThat(intr).isTrue();
        assertThat(pair.acknowledge()).isEqualTo(0x29);
    }

    @Test
    void specificEoiEndsTheNamedLevel() {
        raise(3);
        pair.acknowledge();
        raise(1);
        pair.acknowledge();
        master.write(0, 1, SPECIFIC_EOI | 3);
        assertThat(isr(master)).isEqualTo(0x02);
    }

    @Test
    void automaticEoiLeavesNothingInServiceAndTheNextRequestIsANewEdge() {
        initialize(master, 0x20, 0x04, 0x03);
        raise(3);
        raise(5);
        edges.clear();
        assertThat(pair.acknowledge()).isEqualTo(0x23);
        assertThat(isr(master)).isZero();
        assertThat(edges).containsExactly(false, true);
        assertThat(pair.acknowledge()).isEqualTo(0x25);
    }

    @Test
    void automaticRotationMakesTheServedLevelTheLowest() {
        raise(4);
        pair.acknowledge();
        master.write(0, 1, 0xA0);
        lower(4);
        raise(4);
        raise(6);
        assertThat(pair.acknowledge()).as("IR5 is now highest, IR4 lowest").isEqualTo(0x26);
    }

    @Test
    void rotateOnSpecificEoiAndSetPriorityMakeTheNamedLevelTheLowest() {
        raise(4);
        pair.acknowledge();
        master.write(0, 1, 0xE0 | 4);
        assertThat(isr(master)).isZero();
        raise(3);
        raise(5);
        assertThat(pair.acknowledge()).isEqualTo(0x25);
        master.write(0, 1, 0xC0 | 7);
        master.write(0, 1, EOI);
        lower(3);
        raise(3);
        raise(7);
        assertThat(pair.acknowledge()).isEqualTo(0x23);
    }

    @Test
    void rotateInAutomaticEoiMode() {
        initialize(master, 0x20, 0x04, 0x03);
        master.write(0, 1, 0x80);
        raise(1);
        assertThat(pair.acknowledge()).isEqualTo(0x21);
        lower(1);
        raise(1);
        raise(3);
        assertThat(pair.acknowledge()).as("IR1 is the lowest after its service").isEqualTo(0x23);
        master.write(0, 1, 0x00);
        assertThat(pair.acknowledge()).isEqualTo(0x21);
        lower(1);
        raise(1);
        raise(4);
        assertThat(pair.acknowledge()).as("no more rotation: IR4 after IR3 is highest").isEqualTo(0x24);
    }

    @Test
    void specialMaskModeLetsLowerLevelsThroughAMaskedLevelInService() {
        raise(3);
        pair.acknowledge();
        master.write(1, 1, 0x08);
        raise(5);
        assertThat(intr).isFalse();
        master.write(0, 1, 0x68);
        assertThat(intr).isTrue();
        master.write(0, 1, EOI);
        assertThat(isr(master)).as("a masked IS bit is not cleared by a non-specific EOI").isEqualTo(0x08);
        master.write(0, 1, 0x48);
        assertThat(intr).isFalse();
    }

    @Test
    void pollCommandMakesTheNextReadAnAcknowledge() {
        raise(6);
        master.write(0, 1, 0x0C);
        assertThat(master.read(0, 1)).isEqualTo(0x86);
        assertThat(isr(master)).isEqualTo(0x40);
        master.write(0, 1, 0x0C);
        assertThat(master.read(0, 1)).isZero();
    }

    @Test
    void icw1ClearsTheMaskResetsTheEdgeSenseAndSelectsIrr() {
        master.write(1, 1, 0xAA);
        raise(4);
        isr(master);
        initialize(master, 0x40, 0x04, 0x01);
        assertThat(master.read(1, 1)).as("IMR").isZero();
        assertThat(master.read(0, 1)).as("status read is IRR; a new edge is needed").isZero();
        lower(4);
        raise(4);
        assertThat(pair.acknowledge()).isEqualTo(0x44);
    }

    @Test
    void icw1SaysWhetherIcw3AndIcw4Follow() {
        master.write(0, 1, 0x12);
        master.write(1, 1, 0x33);
        master.write(1, 1, 0x55);
        assertThat(master.read(1, 1)).as("single, no ICW4: the next word is OCW1").isEqualTo(0x55);
        raise(1);
        assertThat(pair.acknowledge()).as("low three bits of ICW2 are not used").isEqualTo(0x31);
    }

    @Test
    void theCascadeInputIsNoInterruptRequest() {
        assertThatThrownBy(() -> pair.request(2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.request(16)).isInstanceOf(IllegalArgumentException.class);
    }
}
