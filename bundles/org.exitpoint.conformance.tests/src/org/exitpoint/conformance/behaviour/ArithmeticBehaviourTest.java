/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/** Status flags: right, and kept while other instructions come between definition and use. */
class ArithmeticBehaviourTest {
    private static final long CF = 1;
    private static final long ZF = 0x40;
    private static final long SF = 0x80;
    private static final long OF = 0x800;
    private static final long STATUS = 0x8D5;

    @EveryEngine
    void flagsLiveAcrossLoadsAndStores(EngineUnderTest engine) {
        Outcome outcome = new Scenario().put(World.DATA, 5).code(c -> c.mov(Code.RBX, World.DATA).mov(Code.RAX, -1)
            .hex("48 83 C0 01 48 8B 0B 48 89 4B 08 48 8D 53 40 48 83 D1 00 9C 5F").exit()).run(engine);
        assertThat(outcome.register(Code.RCX)).as("the carry of ADD").isEqualTo(6);
        assertThat(outcome.register(Code.RDI) & STATUS).isEqualTo(4);
    }

    @EveryEngine
    void flagsLiveAcrossAPageFault(EngineUnderTest engine) {
        Scenario scenario = new Scenario().map(World.DATA, 0).code(c -> c.resumeAt("end").mov(Code.RBX, World.DATA)
            .mov(Code.RAX, Long.MIN_VALUE).hex("48 01 C0 48 8B 0B").label("end").hex("9C 5F").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.events().getFirst().rflags() & STATUS).isEqualTo(CF | ZF | OF | 4);
        assertThat(outcome.register(Code.RDI) & STATUS).isEqualTo(CF | ZF | OF | 4);
    }

    @EveryEngine
    void incrementKeepsCarry(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.hex("F9").mov(Code.RCX, 0x7FFF_FFFF).hex("FF C1 9C 5F F8 FF C9 9C")
            .hex("5E").exit()).run(engine);
        assertThat(outcome.register(Code.RDI) & (CF | SF | OF)).isEqualTo(CF | SF | OF);
        assertThat(outcome.register(Code.RSI) & (CF | SF | OF)).isEqualTo(OF);
    }

    @EveryEngine
    void sumOfManyWords(EngineUnderTest engine) {
        Outcome outcome = new Scenario().put(World.DATA, -1).put(World.DATA + 8, -1).put(World.DATA + 16, 7)
            .code(c -> c.mov(Code.RBX, World.DATA).mov(Code.RCX, 500).label("loop").hex("48 83 03 01 48 83 53 08 00")
                .hex("48 83 53 10 00 48 FF C9").jcc(5, "loop").exit()).run(engine);
        assertThat(outcome.word(World.DATA)).isEqualTo(499);
        assertThat(outcome.word(World.DATA + 8)).isZero();
        assertThat(outcome.word(World.DATA + 16)).isEqualTo(8);
    }

    @EveryEngine
    void rotationThroughALoopOfAllRegisters(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RCX, 300).mov(Code.RAX, 1).hex("4D 31 C0 4D 31 C9")
            .hex("4D 31 D2 4D 31 DB 4D 31 E4 4D 31 ED 4D 31 F6 4D 31 FF")
            .label("loop").hex("49 01 C0 4D 01 C1 4D 01 CA 4D 01 D3 4D 01 DC 4D 01 E5 4D 01 EE 4D 01 F7")
            .hex("4C 01 F8 48 C1 C0 07 48 83 D0 00 48 FF C9").jcc(5, "loop").exit()).run(engine);
        long[] r = new long[16];
        r[0] = 1;
        for (int i = 0; i < 300; i++) {
            for (int k = 8; k < 16; k++) {
                r[k] += k == 8 ? r[0] : r[k - 1];
            }
            r[0] = Long.rotateLeft(r[0] + r[15], 7);
            r[0] += r[0] & 1;
        }
        for (int k = 8; k < 16; k++) {
            assertThat(outcome.register(k)).isEqualTo(r[k]);
        }
        assertThat(outcome.register(Code.RAX)).isEqualTo(r[0]);
    }
}
