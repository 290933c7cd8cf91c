/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same run is the same run: when looked at on the way, and when gone on with from a snapshot. */
class DeterminismTest {
    private static final int SLICE = 13;
    private static final long STEPS = 20_000;
    private static final long[] ADDRESSES = {0, World.CODE, World.DATA, World.DATA + 0x3000, World.APIC + 0x390,
        World.FREE, 1L << 46, World.MEMORY - 1, 0xB_8000};

    /** A loop with calls, stores to code and memory, page faults, a periodic timer and reads of its count. */
    private static byte[] program() {
        Scenario scenario = new Scenario().map(World.DATA + 0x3000, 0).putBytes(World.MORE_CODE, "BA 01 00 00 00 C3")
            .code(c -> c.mov(Code.RBX, World.APIC).hex("C7 83 F0 00 00 00 FF 01 00 00 C7 83 E0 03 00 00 0B 00 00 00")
                .hex("C7 83 20 03 00 00 51 00 02 00 C7 83 80 03 00 00 6B 00 00 00 FB")
                .mov(Code.RSI, World.DATA).mov(Code.RDI, World.MORE_CODE).label("loop")
                .hex("48 FF 06 88 4F 01 FF D7 01 D0 0F 31 48 31 46 08 8B 83 90 03 00 00 01 46 10")
                .resumeAt("next").hex("48 89 8E 00 30 00 00").label("next").hex("48 31 C0 48 A3")
                .value(World.RESUME, 8).hex("48 A3").value(World.LOG, 8).hex("FF C1").jmp("loop")
                .label("timer").hex("C7 83 B0 00 00 00 00 00 00 00 48 FF 46 18 48 CF"));
        return scenario.gate(0x51, scenario.at("timer"), 2).file();
    }

    private static void lookAt(Machine machine) {
        Core core = (Core) machine.processors().getFirst();
        PhysicalMemory memory = machine.memory();
        TranslationContext context = core.mmu().context();
        byte[] bytes = new byte[16];
        for (long address : ADDRESSES) {
            for (int access : new int[] {Access.READ, Access.WRITE, Access.FETCH, Access.READ | Access.USER}) {
                core.mmu().probe(context, address, access);
            }
            core.mmu().cached(address);
            memory.read(address, bytes, 0, bytes.length);
            machine.bus().peekMemory(address, 4);
        }
        for (int port = 0; port < 0x400; port++) {
            machine.bus().peekPort(port, 1);
        }
        machine.bus().peekMemory(0xFEE0_0390L, 4);
    }

    private static Outcome run(EngineUnderTest engine, byte[] file, boolean looking) {
        try (Machine machine = engine.machine(file, World.MEMORY)) {
            while (machine.clock().steps() < STEPS) {
                if (looking) {
                    lookAt(machine);
                }
                machine.run(Math.min(SLICE, STEPS - machine.clock().steps()));
            }
            return Outcome.of(machine, machine.run(1));
        }
    }

    @EveryEngine
    void lookingChangesNothing(EngineUnderTest engine) {
        byte[] file = program();
        Outcome unseen = run(engine, file, false);
        assertThat(unseen.word(World.DATA)).as("rounds").isGreaterThan(300);
        assertThat(unseen.word(World.DATA + 0x18)).as("interrupts").isGreaterThan(100);
        assertThat(run(engine, file, true)).isEqualTo(unseen);
    }

    @ParameterizedTest
    @EnumSource(value = EngineUnderTest.class, names = {"INTERPRETER", "TRANSLATOR"})
    void aSnapshotGoesOnAsItsMachineDoes(EngineUnderTest engine) {
        byte[] file = program();
        for (long at : new long[] {1, 999, 7_777}) {
            try (PcMachine machine = (PcMachine) engine.machine(file, World.MEMORY);
                    PcMachine other = (PcMachine) engine.machine(file, World.MEMORY)) {
                machine.run(at);
                ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
                machine.save(new SnapshotWriter(snapshot));
                other.restore(new SnapshotReader(new ByteArrayInputStream(snapshot.toByteArray())));
                assertThat(Outcome.of(other, other.run(STEPS))).isEqualTo(Outcome.of(machine, machine.run(STEPS)));
            }
        }
    }
}
