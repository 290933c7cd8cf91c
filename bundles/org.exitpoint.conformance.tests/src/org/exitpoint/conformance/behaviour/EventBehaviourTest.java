/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.exitpoint.conformance.behaviour.Outcome.Event;

/** Exceptions and software interrupts: what is pushed on which stack, and what comes of faults within delivery. */
class EventBehaviourTest {
    private static final int NOT_PRESENT_GATE = 0x8E;
    private static final long ABSENT = 0x7000_0000L;

    private static Scenario fault(String instruction) {
        return new Scenario().code(c -> c.resumeAt("end").label("access").hex(instruction).label("end").exit());
    }

    private static Event only(Outcome outcome) {
        assertThat(outcome.ended()).as(outcome.stop()).isTrue();
        assertThat(outcome.events()).hasSize(1);
        return outcome.events().getFirst();
    }

    private static Scenario withoutGate(Scenario scenario, int vector) {
        return scenario.put(World.IDT + 16 * vector, (long) NOT_PRESENT_GATE - 0x80 << 40 | (long) World.CODE64 << 16);
    }

    @EveryEngine
    void faultsPointToTheirInstructionAndTrapsBehindIt(EngineUnderTest engine) {
        String[] instructions = {"31 C9 F7 F1", "0F 0B", "CD 03", "CC"};
        int[] vectors = {0, 6, 3, 3};
        for (int i = 0; i < vectors.length; i++) {
            Scenario scenario = fault(instructions[i]);
            Event event = only(scenario.run(engine));
            assertThat(event.vector()).isEqualTo(vectors[i]);
            long expected = vectors[i] == 3 ? scenario.at("end") : scenario.at("access") + (i == 0 ? 2 : 0);
            assertThat(event.rip()).isEqualTo(expected);
            assertThat(event.cs()).isEqualTo(World.CODE64);
        }
    }

    @EveryEngine
    void selectorErrors(EngineUnderTest engine) {
        Event event = only(fault("B8 F0 00 00 00 8E D8").run(engine));
        assertThat(event.vector()).isEqualTo(13);
        assertThat(event.error()).isEqualTo(0xF0);
    }

    @EveryEngine
    void interruptOnTheSameLevelAlignsTheStack(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.mov(Code.RSP, World.STACK - 3).hex("CD 41").label("after")
            .hex("48 89 E3").exit());
        Outcome outcome = scenario.run(engine);
        Event event = only(outcome);
        assertThat(event.vector()).isEqualTo(0x41);
        assertThat(event.rip()).isEqualTo(scenario.at("after"));
        assertThat(event.rsp()).isEqualTo(World.STACK - 3);
        assertThat(event.ss()).isEqualTo(World.DATA0);
        assertThat(outcome.register(Code.RBX)).isEqualTo(World.STACK - 3);
        assertThat(outcome.word(World.STACK - 24)).as("SS, below a boundary of 16 bytes").isEqualTo(World.DATA0);
    }

    @EveryEngine
    void interruptFromUserCodeSwitchesStacks(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.toUser("user").label("user").hex("48 89 E7 CD 41")
            .label("after").hex("8C C9 8C D2 48 89 E3").exit());
        Outcome outcome = scenario.run(engine);
        Event event = only(outcome);
        assertThat(event.cs()).isEqualTo(World.USER64);
        assertThat(event.ss()).isEqualTo(World.USER_DATA);
        assertThat(event.rsp()).isEqualTo(outcome.register(Code.RDI)).isEqualTo(outcome.register(Code.RBX));
        assertThat(event.rflags() & 0x3000).isEqualTo(0x3000);
        assertThat(outcome.register(Code.RCX)).isEqualTo(World.USER64);
        assertThat(outcome.register(Code.RDX)).isEqualTo(World.USER_DATA);
        assertThat(outcome.word(World.KERNEL_STACK - 8)).isEqualTo(World.USER_DATA);
    }

    @EveryEngine
    void interruptStackTable(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.hex("CD 41").exit()).gate(0x41, World.ENTRIES + 16 * 0x41, 3);
        Outcome outcome = scenario.run(engine);
        assertThat(only(outcome).rsp()).isEqualTo(World.STACK);
        assertThat(outcome.word(World.IST + 3 * World.IST_DISTANCE - 16)).isEqualTo(World.STACK);
    }

    @EveryEngine
    void userMayNotUseGatesOfTheSupervisor(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.resumeAt("end").toUser("user").label("user").hex("CD 42")
            .label("end").exit());
        scenario.put(World.IDT + 16 * 0x42, World.ENTRIES & 0xFFFF | 0x8EL << 40 | (long) World.CODE64 << 16);
        Event event = only(scenario.run(engine));
        assertThat(event.vector()).isEqualTo(13);
        assertThat(event.error()).isEqualTo(0x42 * 8 + 2);
        assertThat(event.rip()).isEqualTo(scenario.at("user"));
    }

    @EveryEngine
    void faultWhileAPageFaultIsDeliveredIsADoubleFault(EngineUnderTest engine) {
        Scenario scenario = withoutGate(new Scenario(), 14).code(c -> c.resumeAt("end").mov(Code.RBX, ABSENT)
            .label("access").hex("48 8B 03").label("end").exit());
        Event event = only(scenario.run(engine));
        assertThat(event.vector()).isEqualTo(8);
        assertThat(event.error()).isZero();
        assertThat(event.cr2()).isEqualTo(ABSENT);
        assertThat(event.rip()).isEqualTo(scenario.at("access"));
    }

    @EveryEngine
    void faultWhileABenignEventIsDeliveredIsServed(EngineUnderTest engine) {
        Event event = only(withoutGate(fault("CD 44"), 0x44).run(engine));
        assertThat(event.vector()).isEqualTo(11);
        assertThat(event.error()).isEqualTo(0x44 * 8 + 2);
    }

    @EveryEngine
    void tripleFaultShutsDownAndSaysWhy(EngineUnderTest engine) {
        Scenario scenario = withoutGate(withoutGate(new Scenario(), 14), 8).code(c -> c.mov(Code.RBX, ABSENT)
            .hex("48 8B 03"));
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.stop()).startsWith("Shutdown").contains("#PF", "#DF", "#NP");
    }

    @EveryEngine
    void alignmentCheckOfUserCode(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.resumeAt("end").hex("0F 20 C0 48 0F BA E8 12 0F 22 C0")
            .toUser("user").label("user").hex("9C 81 0C 24 00 00 04 00 9D").mov(Code.RBX, World.DATA + 1)
            .label("access").hex("8B 03").label("end").exit());
        Event event = only(scenario.run(engine));
        assertThat(event.vector()).isEqualTo(17);
        assertThat(event.error()).isZero();
        assertThat(event.rip()).isEqualTo(scenario.at("access"));
    }

    @EveryEngine
    void portsNeedPrivilege(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.resumeAt("end").toUser("user").label("user")
            .hex("68 02 00 00 00 9D").hex("9C 5F").mov(Code.RDX, 0x80).label("access").hex("EC").label("end").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.ended()).as("IOPL 3 stays: POPF below level 0 cannot change it").isTrue();
        assertThat(outcome.events()).isEqualTo(List.of());
    }
}
