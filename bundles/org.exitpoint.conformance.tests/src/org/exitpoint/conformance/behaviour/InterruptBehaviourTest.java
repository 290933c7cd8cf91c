/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

/**
 * Interrupts of the local APIC, what delays them, single-stepping, halting, and the time at which all of it happens.
 */
class InterruptBehaviourTest {
    private static final int VECTOR = 0x51;

    private static Code enable(Code code) {
        return code.mov(Code.RBX, World.APIC).hex("C7 83 F0 00 00 00 FF 01 00 00 C7 83 E0 03 00 00 0B 00 00 00")
            .hex("C7 83 20 03 00 00").value(VECTOR, 4);
    }

    private static Code selfInterrupt(Code code) {
        return code.hex("C7 83 00 03 00 00").value(0x4_0000 | VECTOR, 4);
    }

    private static Code startTimer(Code code, int ticks) {
        return code.hex("C7 83 80 03 00 00").value(ticks, 4);
    }

    @EveryEngine
    void interruptWaitsForOneInstructionAfterSti(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> selfInterrupt(enable(c)).hex("90 90 FB 90").label("here")
            .hex("90 90").exit());
        assertThat(scenario.run(engine).events()).singleElement().satisfies(event -> {
            assertThat(event.vector()).isEqualTo(VECTOR);
            assertThat(event.rip()).isEqualTo(scenario.at("here"));
        });
    }

    @EveryEngine
    void interruptWaitsForTheInstructionAfterALoadOfSs(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> selfInterrupt(enable(c).hex("B8 10 00 00 00")).hex("FB 8E D0 90")
            .label("here").hex("90 90").exit());
        assertThat(scenario.run(engine).events()).singleElement()
            .satisfies(event -> assertThat(event.rip()).isEqualTo(scenario.at("here")));
    }

    @EveryEngine
    void popfHasNoShadow(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> selfInterrupt(enable(c)).hex("68 02 02 00 00 9D").label("here")
            .hex("90 90").exit());
        assertThat(scenario.run(engine).events()).singleElement()
            .satisfies(event -> assertThat(event.rip()).isEqualTo(scenario.at("here")));
    }

    @EveryEngine
    void singleStepping(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.hex("68 02 01 00 00 9D").hex("90").label("first").hex("31 C0")
            .label("second").hex("68 02 00 00 00").label("third").hex("9D").label("fourth").hex("90 90").exit());
        assertThat(scenario.run(engine).events()).extracting(Outcome.Event::vector).containsExactly(1, 1, 1, 1);
        assertThat(scenario.run(engine).events()).extracting(Outcome.Event::rip).containsExactly(scenario.at("first"),
            scenario.at("second"), scenario.at("third"), scenario.at("fourth"));
    }

    @EveryEngine
    void timerExpiresAtAnExactCount(EngineUnderTest engine) {
        for (int ticks : new int[] {1, 2, 50, 999, 10_000}) {
            Scenario scenario = new Scenario().code(c -> startTimer(enable(c).hex("31 F6 31 FF FB 0F 31 89 C5"), ticks)
                .label("loop").hex("FF C6 83 C7 03").jmp("loop")
                .label("handler").hex("0F 31").exit());
            Outcome outcome = scenario.gate(VECTOR, scenario.at("handler"), 0).run(engine);
            assertThat(outcome.ended()).isTrue();
            long armed = outcome.register(Code.RBP) + 2;
            long expired = outcome.register(Code.RAX) & 0xFFFF_FFFFL;
            assertThat(expired - armed).as("ticks, and the step of the delivery").isEqualTo(ticks + 1L);
            long instructions = ticks - 1L;
            assertThat(outcome.register(Code.RSI)).isEqualTo((instructions + 2) / 3);
        }
    }

    @EveryEngine
    void periodicTimerInterruptsALoop(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> startTimer(enable(c).hex("C7 83 20 03 00 00")
            .value(0x2_0000 | VECTOR, 4).mov(Code.RCX, 20_000).hex("31 F6 FB"), 997)
            .label("loop").hex("01 CE 31 F7 FF C9").jcc(5, "loop").hex("FA").exit()
            .label("handler").hex("50").mov(Code.RAX, World.LOG).hex("48 FF 40 20").hex("C7 83 B0 00 00 00 00 00 00 00")
            .hex("58 48 CF"));
        Outcome outcome = scenario.gate(VECTOR, scenario.at("handler"), 0).run(engine);
        assertThat(outcome.ended()).isTrue();
        assertThat(outcome.register(Code.RSI)).isEqualTo(LongStream.rangeClosed(1, 20_000).sum());
        assertThat(outcome.word(World.LOG + 0x20)).isBetween(79L, 82L);
    }

    @EveryEngine
    void haltIsLeftByTheTimerAndTimeIsSkipped(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> startTimer(enable(c).hex("FB"), 5_000_000).label("halt").hex("F4")
            .label("after").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.events()).singleElement()
            .satisfies(event -> assertThat(event.rip()).isEqualTo(scenario.at("after")));
        assertThat(outcome.now()).isGreaterThan(5_000_000);
        assertThat(outcome.steps()).isLessThan(1000);
    }

    @EveryEngine
    void haltThatNothingCanEndIsIdle(EngineUnderTest engine) {
        assertThat(new Scenario().code(c -> c.hex("FA F4")).run(engine).stop()).startsWith("Idle");
    }

    @EveryEngine
    void haltWithMaskedPeriodicInterruptsIsIdle(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> startTimer(enable(c).hex("C7 83 20 03 00 00")
            .value(0x2_0000 | VECTOR, 4), 100).hex("FA F4")).run(engine);
        assertThat(outcome.stop()).startsWith("Idle");
    }

    @EveryEngine
    void timeStampsCountInstructions(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.hex("0F 31 89 C6").mov(Code.RCX, 1000).label("loop")
            .hex("01 C0 FF C9").jcc(5, "loop").hex("0F 31 29 F0").exit()).run(engine);
        assertThat(outcome.register(Code.RAX)).isEqualTo(3 + 3 * 1000);
    }

    @EveryEngine
    void registersOfTheLocalApicAreReadInSequence(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> startTimer(enable(c), 1_000_000).hex("8B 83 90 03 00 00 90 90 90")
            .hex("8B 93 90 03 00 00 29 D0").exit()).run(engine);
        assertThat(outcome.register(Code.RAX)).isEqualTo(4);
    }

    @EveryEngine
    void portsOfTheInterruptControllerKeepTheirMasks(EngineUnderTest engine) {
        Outcome outcome = new Scenario()
            .code(c -> c.hex("B0 5A E6 21 31 C0 E4 21 89 C6 66 BA 34 12 31 C0 66 ED").exit())
            .run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(0x5A);
        assertThat(outcome.register(Code.RAX)).as("nobody answers").isEqualTo(0xFFFF);
    }
}
