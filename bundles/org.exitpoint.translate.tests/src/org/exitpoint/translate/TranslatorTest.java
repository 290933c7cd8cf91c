/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.function.Consumer;

import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.CodeBuffer;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.emit.Unary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is particular to translated code: budgets, faults in the middle of it, code that changes or moves. */
class TranslatorTest {
    private static final byte HLT = (byte) 0xF4;
    private static final long PAGE = 0x1000;
    private static final long PRESENT = 7;

    private final TestMachine machine = TestMachine.translated().longMode();
    private final GuestState state = machine.state;

    @AfterEach
    void close() {
        machine.close();
    }

    /** Guest code, written by the assembler of host code: they are the same instructions. */
    private static byte[] assemble(Consumer<HostAssembler> code) {
        try (CodeBuffer buffer = new CodeBuffer(1 << 16)) {
            HostAssembler asm = new HostAssembler(buffer);
            long start = asm.position();
            code.accept(asm);
            byte[] bytes = new byte[(int) (asm.position() - start) + 1];
            for (int i = 0; i < bytes.length - 1; i++) {
                bytes[i] = HostMemory.getByte(start + i);
            }
            bytes[bytes.length - 1] = HLT;
            return bytes;
        }
    }

    private static void loop(HostAssembler asm, long iterations) {
        asm.mov(HostRegister.RCX, iterations);
        asm.mov(HostRegister.RAX, 0);
        Label head = new Label();
        asm.bind(head);
        asm.alu(Alu.ADD, Width.I64, HostRegister.RAX, HostRegister.RCX);
        asm.unary(Unary.DEC, Width.I64, HostRegister.RCX);
        asm.jump(Cond.NE, head);
    }

    @Test
    void stopsExactlyWhenTheBudgetIsUsedUp() {
        machine.code(assemble(asm -> loop(asm, 1000)));
        for (int steps = 1; steps < 50; steps++) {
            state.setRip(TestMachine.CODE);
            assertThat(machine.run(steps)).isNull();
            assertThat(state.get(GuestState.BUDGET)).isZero();
            int iterations = (steps - 2) / 3;
            int rest = steps < 2 ? 0 : (steps - 2) % 3;
            assertThat(steps < 2 ? 1000 : state.register(1)).as("%d steps", steps)
                .isEqualTo(1000 - iterations - (rest == 2 ? 1 : 0));
        }
    }

    @Test
    void translatesAndCountsWhatTheInterpreterDid() {
        machine.code(assemble(asm -> loop(asm, 1000)));
        machine.run(10_000);
        assertThat(state.register(0)).isEqualTo(500_500);
        assertThat(machine.engine.statistics().retired()).isEqualTo(3003);
        assertThat(machine.engine.statistics().handedOver()).isEqualTo(1);
        assertThat(machine.engine.statistics().bytes()).isPositive();
    }

    @Test
    void aFaultInTheMiddleOfABlockLeavesTheStateBeforeItsInstruction() {
        machine.map(TestMachine.DATA, 0);
        machine.code(assemble(asm -> {
            asm.mov(HostRegister.RBX, TestMachine.DATA + 8);
            asm.mov(HostRegister.RAX, 5);
            asm.alu(Alu.SUB, Width.I64, HostRegister.RAX, 7);
            asm.alu(Alu.ADD, Width.I64, HostAddress.at(HostRegister.RBX, 0), HostRegister.RAX);
            asm.mov(HostRegister.RAX, 1);
        }));
        Interruption fault = machine.run(100);
        assertThat(fault).isInstanceOf(Interruption.PageFault.class);
        assertThat(state.register(0)).isEqualTo(-2);
        assertThat(state.rflags() & 0x8D5).as("flags of the subtraction").isEqualTo(0x91);
        assertThat(state.get(GuestState.BUDGET)).isEqualTo(97);
        machine.map(TestMachine.DATA, TestMachine.DATA | PRESENT);
        machine.ram.write(TestMachine.DATA + 8, 8, 10);
        assertThat(machine.run(100)).isNull();
        assertThat(machine.ram.read(TestMachine.DATA + 8, 8)).isEqualTo(8);
        assertThat(state.register(0)).isEqualTo(1);
    }

    @Test
    void codeThatChangesItselfIsExecutedAsChanged() {
        machine.code(assemble(asm -> {
            asm.mov(HostRegister.RCX, 100);
            asm.mov(HostRegister.RBX, TestMachine.CODE + 18);
            asm.mov(HostRegister.RDX, 0);
            Label head = new Label();
            asm.bind(head);
            asm.mov(Width.I8, HostAddress.at(HostRegister.RBX, 1), HostRegister.RCX);
            assertThat(asm.position() & 0xFFF).as("where the constant is stored to").isEqualTo(18);
            asm.mov(HostRegister.RAX, 0);
            asm.alu(Alu.ADD, Width.I64, HostRegister.RDX, HostRegister.RAX);
            asm.unary(Unary.DEC, Width.I64, HostRegister.RCX);
            asm.jump(Cond.NE, head);
        }));
        assertThat(machine.run(100_000)).isNull();
        assertThat(state.register(2)).isEqualTo(5050);
    }

    @Test
    void codeBehindAnotherMappingIsOtherCode() {
        byte[] one = assemble(asm -> asm.mov(HostRegister.RAX, 1));
        byte[] two = assemble(asm -> asm.mov(HostRegister.RAX, 2));
        machine.ram.write(TestMachine.DATA, two, 0, two.length);
        machine.code(one);
        runFromStart();
        assertThat(state.register(0)).isEqualTo(1);
        machine.map(TestMachine.CODE, TestMachine.DATA | PRESENT);
        runFromStart();
        assertThat(state.register(0)).isEqualTo(2);
        machine.map(TestMachine.CODE, TestMachine.CODE | PRESENT);
        runFromStart();
        assertThat(state.register(0)).isEqualTo(1);
    }

    @Test
    void callsAndReturnsThroughOtherPages() {
        byte[] function = assemble(asm -> {
            asm.alu(Alu.ADD, Width.I64, HostRegister.RAX, 3);
            asm.ret();
        });
        machine.ram.write(TestMachine.CODE + PAGE, function, 0, function.length);
        machine.code(assemble(asm -> {
            asm.mov(HostRegister.RCX, 50);
            asm.mov(HostRegister.RAX, 0);
            asm.mov(HostRegister.RBX, TestMachine.CODE + PAGE);
            Label head = new Label();
            Label back = new Label();
            asm.bind(head);
            asm.mov(HostRegister.RDX, TestMachine.CODE + 0x21);
            asm.push(HostRegister.RDX);
            asm.jump(HostRegister.RBX);
            while ((asm.position() & 0xFFF) != 0x21) {
                asm.ret();
            }
            asm.bind(back);
            asm.unary(Unary.DEC, Width.I64, HostRegister.RCX);
            asm.jump(Cond.NE, head);
        }));
        assertThat(machine.run(10_000)).isNull();
        assertThat(state.register(0)).isEqualTo(150);
        assertThat(state.register(4)).isEqualTo(TestMachine.STACK);
    }

    @Test
    void longCodeIsTranslatedInParts() {
        machine.code(assemble(asm -> {
            for (int i = 0; i < 3000; i++) {
                asm.alu(Alu.ADD, Width.I64, HostRegister.RAX, 1);
            }
        }));
        state.setRegister(0, 0);
        assertThat(machine.run(10_000)).isNull();
        assertThat(state.register(0)).isEqualTo(3000);
        assertThat(machine.engine.statistics().blocks()).isGreaterThanOrEqualTo(30);
    }

    @Test
    void forgettingEverythingChangesNothing() {
        machine.code(assemble(asm -> loop(asm, 1000)));
        machine.run(500);
        machine.engine.flush();
        assertThat(machine.engine.statistics().bytes()).isLessThan(1000);
        machine.run(10_000);
        assertThat(state.register(0)).isEqualTo(500_500);
    }

    private void runFromStart() {
        state.setRip(TestMachine.CODE);
        state.set8(GuestState.ACTIVITY, 0);
        assertThat(machine.run(100)).isNull();
    }
}
