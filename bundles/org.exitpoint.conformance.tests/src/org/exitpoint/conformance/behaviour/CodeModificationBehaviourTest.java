/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.conformance.behaviour.World.ALL;
import static org.exitpoint.conformance.behaviour.World.FREE;
import static org.exitpoint.conformance.behaviour.World.LARGE;

/** Programs that write code: what was stored is what is executed next, wherever it stands. */
class CodeModificationBehaviourTest {
    /** MOV EDX, 1 and RET. */
    private static final String ONE = "BA 01 00 00 00 C3";

    @EveryEngine
    void nextInstructionInTheSameBlock(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RBX, "target").hex("C6 43 01 07")
            .label("target").hex("BA 01 00 00 00").exit()).run(engine);
        assertThat(outcome.register(Code.RDX)).isEqualTo(7);
    }

    @EveryEngine
    void instructionThatIsChangedInEachRound(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RBX, "target").mov(Code.RCX, 50).hex("31 F6")
            .label("loop").hex("88 4B 01").label("target").hex("BA 01 00 00 00 01 D6 FF C9").jcc(5, "loop").exit())
            .run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(50 * 51 / 2);
    }

    @EveryEngine
    void earlierInstructionOfTheSameLoop(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RBX, "target").mov(Code.RCX, 10).hex("31 F6")
            .label("loop").label("target").hex("83 C6 01").hex("FE 43 02 FF C9").jcc(5, "loop").exit()).run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(55);
    }

    @EveryEngine
    void functionInAnotherPage(EngineUnderTest engine) {
        Outcome outcome = new Scenario().putBytes(World.MORE_CODE, ONE).code(c -> c.mov(Code.RBX, World.MORE_CODE)
            .mov(Code.RCX, 40).hex("31 F6").label("loop").hex("88 4B 01 FF D3 01 D6 FF C9").jcc(5, "loop").exit())
            .run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(40 * 41 / 2);
    }

    @EveryEngine
    void secondPageOfAnInstruction(EngineUnderTest engine) {
        long start = World.MORE_CODE + 0xFFE;
        Outcome outcome = new Scenario().putBytes(start, ONE).code(c -> c.mov(Code.RBX, start).mov(Code.RCX, 40)
            .hex("31 F6").label("loop").hex("88 4B 02 FF D3 C1 E2 00 81 E2 00 FF 00 00 C1 EA 08 01 D6 FF C9")
            .jcc(5, "loop").exit()).run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(40 * 41 / 2);
    }

    @EveryEngine
    void storeThroughAnotherLinearAddress(EngineUnderTest engine) {
        long directory = World.TABLES + 0x8000;
        Outcome outcome = new Scenario().putBytes(World.MORE_CODE, ONE)
            .put(World.PDPT + 8 * (FREE >>> 30), directory | ALL).put(directory, LARGE | ALL)
            .code(c -> c.mov(Code.RBX, World.MORE_CODE).mov(Code.RDI, FREE + World.MORE_CODE).mov(Code.RCX, 40)
                .hex("31 F6").label("loop").hex("88 4F 01 FF D3 01 D6 FF C9").jcc(5, "loop").exit()).run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(40 * 41 / 2);
    }

    @EveryEngine
    void storeAcrossTheStartOfACodePage(EngineUnderTest engine) {
        long page = World.MORE_CODE + 0x1000;
        Outcome outcome = new Scenario().putBytes(page, ONE).code(c -> c.mov(Code.RBX, page)
            .hex("FF D3").mov(Code.RAX, 0x0000_09BA_0000_0000L).hex("48 89 43 FC FF D3").exit()).run(engine);
        assertThat(outcome.register(Code.RDX)).isEqualTo(9);
    }

    @EveryEngine
    void codeMovedByARepeatedInstruction(EngineUnderTest engine) {
        Outcome outcome = new Scenario().putBytes(World.MORE_CODE, ONE).putBytes(World.DATA, "BA 02 00 00 00 C3")
            .code(c -> c.mov(Code.RBX, World.MORE_CODE).hex("FF D3 89 D5").mov(Code.RSI, World.DATA)
                .mov(Code.RDI, World.MORE_CODE).mov(Code.RCX, 6).hex("F3 A4 FF D3").exit()).run(engine);
        assertThat(outcome.register(Code.RBP)).isEqualTo(1);
        assertThat(outcome.register(Code.RDX)).isEqualTo(2);
    }
}
