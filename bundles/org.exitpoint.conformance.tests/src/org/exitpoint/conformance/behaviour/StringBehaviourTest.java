/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.conformance.behaviour.World.DATA;

/** Repeated string instructions: counts, direction, and faults in their middle. */
class StringBehaviourTest {
    private static final long FROM = DATA;
    private static final long TO = DATA + 0x2000;

    private static Scenario repeated(String instruction, long from, long to, long count) {
        return new Scenario().code(c -> c.resumeAt("end").mov(Code.RSI, from).mov(Code.RDI, to).mov(Code.RCX, count)
            .mov(Code.RAX, 0x5A).label("access").hex(instruction).label("end").exit());
    }

    @EveryEngine
    void moveStopsAtAnAbsentDestinationPageWithItsProgress(EngineUnderTest engine) {
        Scenario scenario = repeated("F3 48 A5", FROM, TO + 0xFE0, 10).map(TO + 0x1000, 0);
        for (int i = 0; i < 10; i++) {
            scenario.put(FROM + 8 * i, i + 1);
        }
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.events()).singleElement().satisfies(event -> {
            assertThat(event.rip()).isEqualTo(scenario.at("access"));
            assertThat(event.cr2()).isEqualTo(TO + 0x1000);
            assertThat(event.error()).isEqualTo(2);
        });
        assertThat(outcome.register(Code.RCX)).isEqualTo(6);
        assertThat(outcome.register(Code.RSI)).isEqualTo(FROM + 32);
        assertThat(outcome.register(Code.RDI)).isEqualTo(TO + 0x1000);
        assertThat(outcome.word(TO + 0xFF8)).isEqualTo(4);
    }

    @EveryEngine
    void moveGoesOnAfterTheHandlerMapsThePage(EngineUnderTest engine) {
        Scenario scenario = new Scenario().map(TO + 0x1000, 0).code(c -> c.mov(Code.RSI, FROM)
            .mov(Code.RDI, TO + 0xFFC).mov(Code.RCX, 100).hex("F3 A4").exit()
            .label("handler").hex("48 83 C4 08 50").mov(Code.RAX, TO + 0x1000 | World.ALL).hex("48 A3")
            .value(World.entry(TO + 0x1000), 8).hex("58 48 CF"));
        for (int i = 0; i < 13; i++) {
            scenario.put(FROM + 8 * i, 0x0101_0101_0101_0101L * (i + 1));
        }
        Outcome outcome = scenario.gate(14, scenario.at("handler"), 0).run(engine);
        assertThat(outcome.ended()).isTrue();
        assertThat(outcome.register(Code.RCX)).isZero();
        assertThat(outcome.register(Code.RDI)).isEqualTo(TO + 0xFFC + 100);
        assertThat(outcome.word(TO + 0x1000)).isEqualTo(0x0202_0202_0101_0101L);
        assertThat(outcome.word(TO + 0x1060)).isEqualTo(0);
    }

    @EveryEngine
    void nothingIsTouchedWhenTheCountIsZero(EngineUnderTest engine) {
        Outcome outcome = repeated("F3 A4", 0x7FFF_0000_0000L, 0x7FFF_0000_1000L, 0).run(engine);
        assertThat(outcome.events()).isEmpty();
        assertThat(outcome.register(Code.RSI)).isEqualTo(0x7FFF_0000_0000L);
    }

    @EveryEngine
    void overlappingMoveRepeatsThePattern(EngineUnderTest engine) {
        Outcome outcome = repeated("F3 A4", FROM, FROM + 1, 15).put(FROM, 0x77).run(engine);
        assertThat(outcome.word(FROM)).isEqualTo(0x7777_7777_7777_7777L);
        assertThat(outcome.word(FROM + 8)).isEqualTo(0x7777_7777_7777_7777L);
        assertThat(outcome.word(FROM + 16)).isZero();
    }

    @EveryEngine
    void storeBackwards(EngineUnderTest engine) {
        Outcome outcome = repeated("FD F3 AA FC", 0, TO + 0x1003, 8).run(engine);
        assertThat(outcome.register(Code.RDI)).isEqualTo(TO + 0xFFB);
        assertThat(outcome.word(TO + 0xFFC)).isEqualTo(0x5A5A_5A5A_5A5A_5A5AL);
        assertThat(outcome.word(TO + 0xFF4)).isZero();
    }

    @EveryEngine
    void scanEndsWhereItFinds(EngineUnderTest engine) {
        Outcome outcome = repeated("F2 AE", 0, FROM, 100).put(FROM + 8, 0x5A00).run(engine);
        assertThat(outcome.register(Code.RDI)).isEqualTo(FROM + 10);
        assertThat(outcome.register(Code.RCX)).isEqualTo(90);
        assertThat(outcome.rflags() & 0x40).isEqualTo(0x40);
    }

    @EveryEngine
    void compareEndsWhereStringsDiffer(EngineUnderTest engine) {
        Outcome outcome = repeated("F3 48 A7", FROM, TO, 5).put(FROM, 3).put(TO, 3).put(FROM + 8, 1).put(TO + 8, 2)
            .run(engine);
        assertThat(outcome.register(Code.RCX)).isEqualTo(3);
        assertThat(outcome.rflags() & 0x41).isEqualTo(1);
    }

    @EveryEngine
    void moveOverTheNextInstruction(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.mov(Code.RDI, "target").mov(Code.RSI, FROM).mov(Code.RCX, 5)
            .hex("F3 A4").label("target").hex("B8 01 00 00 00").exit());
        assertThat(scenario.putBytes(FROM, "B8 02 00 00 00").run(engine).register(Code.RAX)).isEqualTo(2);
    }
}
