/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.lang.reflect.Proxy;
import java.util.Set;

import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.core.LocalInterrupts;
import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.engine.CodeListener;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.memory.CodeGranules;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;

/** A processor with RAM that runs on engine 0 or on engine 1. Linear addresses are physical ones. */
final class TestMachine implements AutoCloseable {
    static final long CODE = 0x10_0000;
    static final long DATA = 0x20_0000;
    static final int DATA_BYTES = 0x4000;
    static final long STACK = DATA + 0x3000;
    private static final int RAM_BYTES = 8 << 20;
    private static final long PML4 = 0x1000;
    private static final long PDPT = 0x2000;
    private static final long DIRECTORY = 0x3000;
    private static final long TABLES = 0x4000;
    private static final long LIMIT = 0xFFFF_FFFFL;

    final FlatPhysicalMemory ram = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(RAM_BYTES));
    final Processor processor;
    final GuestState state;
    final Interpreter interpreter;
    final Engine engine;

    /** A machine; the translator compiles what is come to so many times. */
    private TestMachine(boolean translated, int hot) {
        ram.addRam(0, RAM_BYTES);
        processor = new Processor(new Processor.Connections(0, 1, ram, silent(Bus.class), silent(Clock.class),
            CpuModels.parse("max", Set.of()), 1), core -> silent(LocalInterrupts.class),
                    core -> new NoVirtualization());
        state = processor.state();
        CodeListener listener = this::decoded;
        interpreter = new Interpreter(processor, processor.code(), processor.helpers(), listener);
        engine = translated ? new Translator(processor, interpreter, processor.code(), listener, hot) : interpreter;
        ram.onStore(PhysicalMemory.CODE, this::stored);
    }

    static TestMachine interpreted() {
        return new TestMachine(false, 0);
    }

    /** Translates everything it can the first time it comes there. */
    static TestMachine translated() {
        return new TestMachine(true, 0);
    }

    private boolean decoded(long address, int bytes) {
        ram.codeGranules().mark(address, bytes);
        return true;
    }

    private void stored(long address, int bytes) {
        long start = address & -64;
        int length = (int) ((address + bytes + 63 & -64) - start);
        interpreter.invalidate(start, length);
        engine.invalidate(start, length);
        ram.codeGranules().clear(address, CodeGranules.granules(address, bytes));
    }

    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Class<?> result = method.getReturnType();
            if (result == boolean.class) {
                return false;
            }
            if (result == int.class) {
                return 0;
            }
            if (result == long.class) {
                return 0L;
            }
            return null;
        }));
    }

    /** Goes to 64-bit mode: everything mapped by 4-KByte pages, for users as well. */
    TestMachine longMode() {
        ram.write(PML4, 8, PDPT | 7);
        ram.write(PDPT, 8, DIRECTORY | 7);
        for (int i = 0; i < RAM_BYTES >> 21; i++) {
            ram.write(DIRECTORY + 8 * i, 8, TABLES + 0x1000 * i | 7);
        }
        for (long page = 0; page < RAM_BYTES >> 12; page++) {
            ram.write(TABLES + 8 * page, 8, page << 12 | 7);
        }
        state.set(GuestState.CR0, 0x8001_0031L);
        state.set(GuestState.CR3, PML4);
        state.set(GuestState.CR4, 0x20);
        state.set(GuestState.EFER, 0xD01);
        segments(0xA09B);
        return this;
    }

    /** Goes to 32-bit protected mode with flat segments, without paging. */
    TestMachine flatMode() {
        state.set(GuestState.CR0, 0x11);
        segments(0xC09B);
        return this;
    }

    private void segments(int codeRights) {
        state.setSegment(GuestState.CS, 8, 0, LIMIT, codeRights);
        for (int register : new int[] {0, GuestState.SS, 3, GuestState.FS, GuestState.GS}) {
            state.setSegment(register, 16, 0, LIMIT, 0xC093);
        }
        processor.stateReplaced();
        state.setRegister(4, STACK);
        state.setRip(CODE);
    }

    /** Maps or unmaps a page and drops what was cached of it. */
    void map(long linear, long entry) {
        ram.write(TABLES + 8 * (linear >>> 12), 8, entry);
        processor.mmu().invalidate(org.exitpoint.mmu.tlb.InvalidationRule.INVLPG, linear);
    }

    void code(byte[] bytes) {
        ram.write(CODE, bytes, 0, bytes.length);
    }

    /** Runs for a number of steps; gives the fault that ended it, or null. */
    Interruption run(long budget) {
        state.set(GuestState.BUDGET, budget);
        try {
            engine.execute();
            return null;
        } catch (Interruption fault) {
            return fault;
        }
    }

    /** Everything that the guest can see, as text. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            text.append("r%d=%x ".formatted(i, state.register(i)));
        }
        text.append("rip=%x flags=%x budget=%d activity=%d".formatted(state.rip(), state.rflags(),
            state.get(GuestState.BUDGET), state.get8(GuestState.ACTIVITY)));
        return text.toString();
    }

    byte[] data() {
        byte[] bytes = new byte[DATA_BYTES];
        ram.read(DATA, bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public void close() {
        if (engine instanceof Translator translator) {
            translator.close();
        }
        processor.close();
        ram.close();
    }
}
