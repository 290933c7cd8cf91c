/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.conformance.behaviour.World.ACCESSED;
import static org.exitpoint.conformance.behaviour.World.ALL;
import static org.exitpoint.conformance.behaviour.World.DATA;
import static org.exitpoint.conformance.behaviour.World.DIRTY;
import static org.exitpoint.conformance.behaviour.World.FREE;
import static org.exitpoint.conformance.behaviour.World.GLOBAL;
import static org.exitpoint.conformance.behaviour.World.LARGE;
import static org.exitpoint.conformance.behaviour.World.PRESENT;
import static org.exitpoint.conformance.behaviour.World.USER;

/** Translation of addresses: what is cached stays until it is invalidated, sizes of pages, accessed and dirty bits. */
class TranslationBehaviourTest {
    private static final long OTHER = DATA + 0x1000;
    private static final long PGE = 1 << 7;
    private static final String LOAD_RAX = "48 8B 03";
    private static final String LOAD_RDX = "48 8B 13";
    private static final String INVLPG = "0F 01 3B";
    private static final String SET_PCIDE = "0F 20 E0 48 0F BA E8 11 0F 22 E0";
    private static final String RELOAD_CR3 = "0F 20 D8 0F 22 D8";

    private static Scenario remapped() {
        return new Scenario().put(DATA, 1).put(OTHER, 2);
    }

    /** Has DATA point to the frame of OTHER. */
    private static Code remap(Code code) {
        return code.mov(Code.RAX, OTHER | ALL).hex("48 A3").value(World.entry(DATA), 8);
    }

    @EveryEngine
    void translationStaysStaleUntilInvalidated(EngineUnderTest engine) {
        Outcome outcome = remapped().code(c -> remap(c.mov(Code.RBX, DATA).hex(LOAD_RAX)).hex(LOAD_RDX).hex(INVLPG)
            .hex(LOAD_RAX).exit()).run(engine);
        assertThat(outcome.register(Code.RDX)).isEqualTo(1);
        assertThat(outcome.register(Code.RAX)).isEqualTo(2);
    }

    @EveryEngine
    void loadOfCr3InvalidatesAllButGlobalPages(EngineUnderTest engine) {
        for (int global : new int[] {0, GLOBAL}) {
            Outcome outcome = remapped().cr4(PGE).map(DATA, DATA | ALL | global).code(c -> remap(
                c.mov(Code.RBX, DATA).hex(LOAD_RAX)).hex(RELOAD_CR3).hex(LOAD_RDX).exit()).run(engine);
            assertThat(outcome.register(Code.RDX)).isEqualTo(global == 0 ? 2 : 1);
        }
    }

    @EveryEngine
    void toggleOfGlobalPagesInvalidatesAll(EngineUnderTest engine) {
        Outcome outcome = remapped().cr4(PGE).map(DATA, DATA | ALL | GLOBAL).code(c -> remap(c.mov(Code.RBX, DATA)
            .hex(LOAD_RAX)).hex("0F 20 E0 48 0F BA F8 07 0F 22 E0").hex(LOAD_RDX).exit()).run(engine);
        assertThat(outcome.register(Code.RDX)).isEqualTo(2);
    }

    @EveryEngine
    void contextIdentifiersKeepTranslationsApart(EngineUnderTest engine) {
        Outcome outcome = remapped().code(c -> remap(c.hex(SET_PCIDE).mov(Code.RBX, DATA).hex(LOAD_RAX))
            .mov(Code.RAX, World.PML4 | 5).hex("0F 22 D8").hex(LOAD_RDX)
            .mov(Code.RAX, World.PML4 | 1L << 63).hex("0F 22 D8").hex("48 8B 33")
            .mov(Code.RAX, World.PML4).hex("0F 22 D8").hex("48 8B 3B").exit()).run(engine);
        assertThat(outcome.register(Code.RDX)).as("PCID 5 has nothing cached").isEqualTo(2);
        assertThat(outcome.register(Code.RSI)).as("bit 63 keeps what PCID 0 has").isEqualTo(1);
        assertThat(outcome.register(Code.RDI)).as("without bit 63 it is gone").isEqualTo(2);
    }

    @EveryEngine
    void rightsThatDoNotSufficeAreLookedUpAnew(EngineUnderTest engine) {
        Outcome outcome = remapped().map(DATA, DATA | PRESENT | USER).code(c -> c.mov(Code.RBX, DATA).hex(LOAD_RAX)
            .mov(Code.RAX, DATA | ALL).hex("48 A3").value(World.entry(DATA), 8).mov(Code.RCX, 9).hex("48 89 0B")
            .exit()).run(engine);
        assertThat(outcome.events()).isEmpty();
        assertThat(outcome.word(DATA)).isEqualTo(9);
    }

    @EveryEngine
    void rightsStayWideUntilInvalidated(EngineUnderTest engine) {
        Scenario scenario = remapped().code(c -> c.resumeAt("end").mov(Code.RBX, DATA).hex("48 89 03")
            .mov(Code.RAX, DATA | PRESENT | USER).hex("48 A3").value(World.entry(DATA), 8).mov(Code.RAX, 8)
            .hex("48 89 03").hex(INVLPG).label("access").hex("48 89 1B").label("end").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.events()).singleElement()
            .satisfies(event -> assertThat(event.rip()).isEqualTo(scenario.at("access")));
        assertThat(outcome.word(DATA)).isEqualTo(8);
    }

    @EveryEngine
    void codeIsFetchedByStaleTranslations(EngineUnderTest engine) {
        long page = World.MORE_CODE;
        Scenario scenario = new Scenario().putBytes(page, "BA 01 00 00 00 C3").putBytes(page + 0x1000,
            "BA 02 00 00 00 C3").code(c -> c.mov(Code.RBX, page).hex("FF D3")
                .mov(Code.RAX, page + 0x1000 | ALL).hex("48 A3").value(World.entry(page), 8)
                .hex("FF D3 89 D6").hex(INVLPG).hex("FF D3").exit());
        Outcome outcome = scenario.run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(1);
        assertThat(outcome.register(Code.RDX)).isEqualTo(2);
    }

    @EveryEngine
    void accessedAndDirty(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RBX, DATA).hex(LOAD_RAX)
            .mov(Code.RBX, OTHER).hex("48 89 03").exit()).run(engine);
        assertThat(outcome.word(World.entry(DATA))).isEqualTo(DATA | ALL | ACCESSED);
        assertThat(outcome.word(World.entry(OTHER))).isEqualTo(OTHER | ALL | ACCESSED | DIRTY);
        assertThat(outcome.word(World.entry(OTHER + 0x1000))).isEqualTo(OTHER + 0x1000 | ALL);
        assertThat(outcome.word(World.PML4) & (ACCESSED | DIRTY)).isEqualTo(ACCESSED);
    }

    @EveryEngine
    void dirtyIsSetByTheFirstStoreAfterALoad(EngineUnderTest engine) {
        Outcome outcome = new Scenario().code(c -> c.mov(Code.RBX, DATA).hex(LOAD_RAX)
            .hex("48 A1").value(World.entry(DATA), 8).hex("48 89 C6 48 89 03").hex("48 A1")
            .value(World.entry(DATA), 8).hex("48 89 C7").exit()).run(engine);
        assertThat(outcome.register(Code.RSI)).isEqualTo(DATA | ALL | ACCESSED);
        assertThat(outcome.register(Code.RDI)).isEqualTo(DATA | ALL | ACCESSED | DIRTY);
    }

    @EveryEngine
    void largePages(EngineUnderTest engine) {
        long directory = World.TABLES + 0x8000;
        Outcome outcome = new Scenario().put(DATA + 0x1238, 77)
            .put(World.PDPT + 8 * (FREE >>> 30), directory | ALL).put(directory + 8, DATA | LARGE | ALL)
            .put(World.PDPT + 8 * (FREE >>> 30) + 8, LARGE | ALL)
            .code(c -> c.mov(Code.RBX, FREE + 0x20_1238).hex(LOAD_RAX)
                .mov(Code.RBX, FREE + 0x4000_0000L + DATA + 0x1238).hex(LOAD_RDX).hex("48 FF 03").exit()).run(engine);
        assertThat(outcome.register(Code.RAX)).isEqualTo(77);
        assertThat(outcome.register(Code.RDX)).isEqualTo(77);
        assertThat(outcome.word(DATA + 0x1238)).isEqualTo(78);
        assertThat(outcome.word(directory + 8)).isEqualTo(DATA | LARGE | ALL | ACCESSED);
        assertThat(outcome.word(World.PDPT + 8 * (FREE >>> 30) + 8)).isEqualTo(LARGE | ALL | ACCESSED | DIRTY);
    }

    @EveryEngine
    void addressesThatAreNotCanonical(EngineUnderTest engine) {
        Scenario scenario = new Scenario().code(c -> c.resumeAt("end").mov(Code.RBX, 1L << 47).label("access")
            .hex(LOAD_RAX).label("end").exit());
        assertThat(scenario.run(engine).events()).singleElement().satisfies(event -> {
            assertThat(event.vector()).isEqualTo(13);
            assertThat(event.error()).isZero();
        });
    }
}
