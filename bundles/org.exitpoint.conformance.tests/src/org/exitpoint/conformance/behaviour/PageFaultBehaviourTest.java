/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.conformance.behaviour.World.ALL;
import static org.exitpoint.conformance.behaviour.World.DATA;
import static org.exitpoint.conformance.behaviour.World.NO_EXECUTE;
import static org.exitpoint.conformance.behaviour.World.PRESENT;
import static org.exitpoint.conformance.behaviour.World.USER;
import static org.exitpoint.conformance.behaviour.World.WRITE;

/** Page faults (SDM vol. 3, "Page-Fault Exceptions"): error codes, CR2, and that a faulting instruction did nothing. */
class PageFaultBehaviourTest {
    private static final int PF = 14;
    private static final String READ = "48 8B 03";
    private static final String STORE = "48 89 0B";
    private static final String CALL = "FF D3";
    private static final long NXE = 0x800;
    private static final long SMEP = 1 << 20;
    private static final long SMAP = 1 << 21;
    private static final long SECOND = DATA + 0x1000;

    private static Scenario access(long entry, String instruction, boolean user) {
        return new Scenario().map(DATA, entry).code(c -> {
            c.resumeAt("end");
            if (user) {
                c.toUser("user").label("user");
            }
            c.mov(Code.RBX, DATA).label("access").hex(instruction).label("end").exit();
        });
    }

    private static void expect(EngineUnderTest engine, Scenario scenario, long error, boolean fetch) {
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.ended()).as(outcome.stop()).isTrue();
        assertThat(outcome.events()).singleElement().satisfies(event -> {
            assertThat(event.vector()).isEqualTo(PF);
            assertThat(event.error()).isEqualTo(error);
            assertThat(event.cr2()).isEqualTo(DATA);
            assertThat(event.rip()).isEqualTo(fetch ? DATA : scenario.at("access"));
        });
    }

    @EveryEngine
    void absentPage(EngineUnderTest engine) {
        expect(engine, access(0, READ, false), 0, false);
        expect(engine, access(0, STORE, false), 2, false);
        expect(engine, access(0, READ, true), 4, false);
        expect(engine, access(0, STORE, true), 6, false);
        expect(engine, access(0, CALL, true), 4, true);
    }

    @EveryEngine
    void violatedRights(EngineUnderTest engine) {
        expect(engine, access(DATA | PRESENT | USER, STORE, false), 3, false);
        expect(engine, access(DATA | PRESENT | USER, STORE, true), 7, false);
        expect(engine, access(DATA | PRESENT | WRITE, READ, true), 5, false);
        expect(engine, access(DATA | PRESENT | WRITE, STORE, true), 7, false);
    }

    @EveryEngine
    void executeDisable(EngineUnderTest engine) {
        expect(engine, access(DATA | ALL | NO_EXECUTE, CALL, false).efer(NXE), 0x11, true);
        expect(engine, access(DATA | ALL | NO_EXECUTE, CALL, true).efer(NXE), 0x15, true);
        expect(engine, access(0, CALL, false).efer(NXE), 0x10, true);
    }

    @EveryEngine
    void reservedBits(EngineUnderTest engine) {
        expect(engine, access(DATA | ALL | NO_EXECUTE, READ, false), 9, false);
        expect(engine, access(DATA | ALL | 1L << 51, STORE, true), 0xF, false);
    }

    @EveryEngine
    void supervisorModePrevention(EngineUnderTest engine) {
        expect(engine, access(DATA | ALL, CALL, false).cr4(SMEP).map(World.CODE, World.CODE | PRESENT)
            .map(World.BOOT & -4096, World.BOOT & -4096 | PRESENT).map(World.RECORDER & -4096,
                World.RECORDER & -4096 | PRESENT).map(World.ENTRIES, World.ENTRIES | PRESENT), 0x11, true);
    }

    @EveryEngine
    void supervisorModeAccessPreventionUnlessAlignmentCheck(EngineUnderTest engine) {
        Scenario scenario = new Scenario().cr4(SMAP);
        for (long page = 0x10_0000; page < 0x15_0000; page += 0x1000) {
            scenario.map(page, page | PRESENT | WRITE);
        }
        scenario.code(c -> c.resumeAt("end").mov(Code.RBX, DATA).hex("0F 01 CB").hex(READ).hex("0F 01 CA")
            .label("access").hex(READ).label("end").exit());
        expect(engine, scenario, 1, false);
    }

    @EveryEngine
    void handlerMapsPageAndInstructionIsDoneAgain(EngineUnderTest engine) {
        Scenario scenario = new Scenario().map(DATA, 0).put(DATA + 8, 41).code(c -> c.mov(Code.RBX, DATA)
            .mov(Code.RSI, 1).hex("48 01 73 08").mov(Code.RDX, 7).exit()
            .label("handler").hex("48 83 C4 08 50").mov(Code.RAX, DATA | ALL).hex("48 A3").value(World.entry(DATA), 8)
            .hex("58 48 CF"));
        Outcome outcome = scenario.gate(PF, scenario.at("handler"), 0).run(engine);
        assertThat(outcome.ended()).isTrue();
        assertThat(outcome.word(DATA + 8)).isEqualTo(42);
        assertThat(outcome.register(Code.RDX)).isEqualTo(7);
    }

    @EveryEngine
    void storeAcrossPagesWritesNothingWhenTheSecondIsAbsent(EngineUnderTest engine) {
        Scenario scenario = new Scenario().map(SECOND, 0).code(c -> c.resumeAt("end").mov(Code.RBX, SECOND - 3)
            .mov(Code.RCX, -1).label("access").hex(STORE).label("end").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.events()).singleElement().satisfies(event -> {
            assertThat(event.error()).isEqualTo(2);
            assertThat(event.cr2()).isEqualTo(SECOND);
            assertThat(event.rip()).isEqualTo(scenario.at("access"));
        });
        assertThat(outcome.word(SECOND - 8)).isZero();
    }

    @EveryEngine
    void accessAcrossPagesOfDifferentFrames(EngineUnderTest engine) {
        Outcome outcome = new Scenario().map(SECOND, DATA + 0x5000 | ALL).put(SECOND - 8, 0x1122_3344_5566_7788L)
            .put(DATA + 0x5000, 0xAABB_CCDD_EEFF_0011L).code(c -> c.mov(Code.RBX, SECOND - 3).hex(READ)
                .mov(Code.RCX, 0x0102_0304_0506_0708L).hex(STORE).exit()).run(engine);
        assertThat(outcome.register(Code.RAX)).isEqualTo(0xDDEE_FF00_1111_2233L);
        assertThat(outcome.word(SECOND - 8)).isEqualTo(0x0607_0844_5566_7788L);
        assertThat(outcome.word(DATA + 0x5000)).isEqualTo(0xAABB_CC01_0203_0405L);
    }

    @EveryEngine
    void instructionThatGoesOnInAnAbsentPage(EngineUnderTest engine) {
        long last = World.MORE_CODE + 0xFFE;
        Scenario scenario = new Scenario().map(last + 2, 0).put(new Code(last).hex("48 B8"), last)
            .code(c -> c.resumeAt("end").mov(Code.RBX, last).hex("FF E3").label("end").exit());
        assertThat(scenario.run(engine).events()).singleElement().satisfies(event -> {
            assertThat(event.rip()).isEqualTo(last);
            assertThat(event.cr2()).isEqualTo(last + 2);
            assertThat(event.error()).isZero();
        });
    }

    @EveryEngine
    void pushThatFaultsLeavesTheStackPointer(EngineUnderTest engine) {
        Scenario scenario = new Scenario().map(DATA, 0).code(c -> c.resumeAt("end").mov(Code.RSP, DATA + 0x1000)
            .label("access").hex("50").label("end").hex("48 89 E3").exit());
        Outcome outcome = scenario.gate(PF, World.ENTRIES + 16 * PF, 1).run(engine);
        assertThat(outcome.events()).singleElement().satisfies(event -> {
            assertThat(event.rsp()).isEqualTo(DATA + 0x1000);
            assertThat(event.cr2()).isEqualTo(DATA + 0xFF8);
        });
        assertThat(outcome.register(Code.RBX)).isEqualTo(DATA + 0x1000);
    }
}
