/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.Stop;

/** Changes of mode and privilege level other than by events: far jumps, compatibility mode, SYSCALL, 32-bit code. */
class ModeBehaviourTest {
    private static final long SCE = 1;

    @EveryEngine
    void compatibilityModeAndBack(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RSI, -1).mov(Code.RBX, 0x1_0000_0005L)
            .hex("6A").value(World.CODE32, 1).mov(Code.RAX, "narrow").hex("50 48 CB")
            .label("narrow").hex("89 E5 40 43 50 89 E7 58").hex("BE 07 00 00 00")
            .hex("EA").absolute("wide", 4).value(World.CODE64, 2)
            .label("wide").hex("48 89 F1").exit()).run(engine);
        assertThat(outcome.ended()).as(outcome.stop()).isTrue();
        assertThat(outcome.register(Code.RBX)).as("INC EBX, not a REX prefix").isEqualTo(6);
        assertThat(outcome.register(Code.RBP) - outcome.register(Code.RDI)).isEqualTo(4);
        assertThat(outcome.register(Code.RCX)).isEqualTo(7);
    }

    @EveryEngine
    void farJumpThroughMemory(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.mov(Code.RAX, "narrow").hex("A3").value(World.DATA, 8)
            .hex("48 FF 2C 25").value(World.DATA + 0x10, 4).hex("F4").label("narrow").exit());
        scenario.put(World.DATA + 0x10, scenario.at("narrow")).put(World.DATA + 0x18, World.CODE64);
        assertThat(scenario.run(engine).ended()).isTrue();
    }

    @EveryEngine
    void systemCallAndReturn(EngineUnderTest engine) {
        Scenario scenario = new Scenario().efer(SCE).code(c -> {
            c.hex("B9 81 00 00 C0 31 C0 BA").value(0x0028_0008, 4).hex("0F 30");
            c.hex("B9 82 00 00 C0").mov(Code.RAX, "kernel").hex("31 D2 0F 30");
            c.hex("B9 84 00 00 C0 B8 00 04 00 00 31 D2 0F 30");
            c.toUser("user").label("user").hex("FD 48 89 E7 0F 05").label("after").hex("8C CE 9C 5B").exit();
            c.label("kernel").hex("8C CD 49 89 C8 4D 89 D9 9C 41 5A 48 0F 07");
        });
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.ended()).as(outcome.stop()).isTrue();
        assertThat(outcome.register(Code.RBP)).isEqualTo(World.CODE64);
        assertThat(outcome.register(8)).isEqualTo(scenario.at("after"));
        assertThat(outcome.register(9) & 0x400).as("R11 has the flags of the caller").isEqualTo(0x400);
        assertThat(outcome.register(10) & 0x400).as("IA32_FMASK cleared DF").isZero();
        assertThat(outcome.register(Code.RSI)).isEqualTo(World.USER64);
        assertThat(outcome.register(Code.RBX) & 0x400).as("SYSRET restored DF").isEqualTo(0x400);
    }

    @EveryEngine
    void protectedModeWithoutPaging(EngineUnderTest engine) {
        Code code = new Code(GuestImage.AFTER_HEADER);
        code.hex("BC").value(0x18_0000, 4).hex("B8 78 56 34 12 89 C3 60 61 D4 10");
        code.hex("BE").value(0x16_0000, 4).hex("C7 06 44 33 22 11 67 8B 16 00 00 31 D2 66 8B 16");
        code.hex("B9 64 00 00 00 31 FF").label("loop").hex("01 CF 49").jcc(5, "loop").exit();
        try (Machine machine = engine.machine(new GuestImage().put(GuestImage.AFTER_HEADER, code.bytes())
            .file(GuestImage.AFTER_HEADER), World.MEMORY)) {
            Stop stop = machine.run(10_000);
            assertThat(stop).isInstanceOf(Stop.GuestExit.class);
            Core core = (Core) machine.processors().getFirst();
            assertThat(core.state().register(Code.RBX)).isEqualTo(0x1234_5678);
            assertThat(core.state().register(Code.RAX)).as("AAM 16").isEqualTo(0x1234_0708);
            assertThat(core.state().register(Code.RDX)).isEqualTo(0x3344);
            assertThat(core.state().register(Code.RDI)).isEqualTo(5050);
        }
    }
}
