/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.util.HexFormat;

import org.exitpoint.arch.Descriptor;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;

import java.util.Set;

/** A processor with 16 MBytes of RAM and descriptor tables, in protected mode or in 64-bit mode. */
public final class TestProcessor implements AutoCloseable {
    static final long GDT = 0x1000;
    static final long IDT = 0x2000;
    static final long TSS = 0x4000;
    /** Where code runs. */
    public static final long CODE = 0x1_0000;
    static final long STACK = 0x2_0000;
    static final long INNER_STACK = 0x3_0000;
    static final long INTERRUPT_STACK = 0x3_8000;
    /** Handlers stand at this address plus their vector. */
    public static final long HANDLER = 0x1_8000;

    static final int CODE32 = 0x08;
    static final int DATA32 = 0x10;
    static final int CODE64 = 0x18;
    static final int USER_CODE32 = 0x23;
    static final int USER_DATA32 = 0x2B;
    static final int USER_CODE64 = 0x33;
    static final int TASK = 0x38;
    static final int GDT_LIMIT = 0xFF;

    static final int CODE32_RIGHTS = 0xC09B;
    static final int DATA_RIGHTS = 0xC093;
    static final int CODE64_RIGHTS = 0xA09B;
    static final int DPL3 = 0x60;
    private static final long LIMIT = 0xFFFF_FFFFL;
    private static final long PML4 = 0x10_0000;
    private static final long PDPT = 0x10_1000;
    private static final long DIRECTORY = 0x10_2000;
    private static final int RAM_BYTES = 16 << 20;

    /** RAM. */
    public final FlatPhysicalMemory ram = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(RAM_BYTES));
    final FakeBus bus = new FakeBus();
    final FakeClock clock = new FakeClock();
    final TestVirtualization virtualization = new TestVirtualization();
    /** The processor. */
    public final Processor cpu;
    final GuestState state;
    /** Its engine 0. */
    public final Interpreter interpreter;

    private TestProcessor(String model) {
        ram.addRam(0, RAM_BYTES);
        CpuModel cpuModel = CpuModels.parse(model, Set.of());
        cpu = new Processor(new Processor.Connections(0, 1, ram, bus, clock, cpuModel, 1),
            core -> new FakeInterrupts().port(), core -> virtualization.port());
        state = cpu.state();
        interpreter = new Interpreter(cpu, cpu.code(), cpu.helpers(), (address, bytes) -> false);
        tables();
    }

    /** In 32-bit protected mode without paging, at privilege level 0. */
    public static TestProcessor protectedMode() {
        return protectedMode("max");
    }

    static TestProcessor protectedMode(String model) {
        TestProcessor test = new TestProcessor(model);
        test.state.set(GuestState.CR0, 0x11);
        test.loadSegments(CODE32, CODE32_RIGHTS, DATA32, 0);
        test.descriptor(TASK, TSS, 0x67, 0x8B);
        test.cpu.stateReplaced();
        return test;
    }

    /** In 64-bit mode at privilege level 0, the low 16 MBytes mapped one to one for users. */
    public static TestProcessor longMode() {
        return longMode("max");
    }

    static TestProcessor longMode(String model) {
        TestProcessor test = new TestProcessor(model);
        test.ram.write(PML4, 8, PDPT | 7);
        test.ram.write(PDPT, 8, DIRECTORY | 7);
        for (int i = 0; i < 8; i++) {
            test.ram.write(DIRECTORY + 8 * i, 8, (long) i << 21 | 0x87);
        }
        test.state.set(GuestState.CR0, 0x8001_0031L);
        test.state.set(GuestState.CR3, PML4);
        test.state.set(GuestState.CR4, 0x20);
        test.state.set(GuestState.EFER, 0xD01);
        test.loadSegments(CODE64, CODE64_RIGHTS, DATA32, 0);
        test.cpu.stateReplaced();
        return test;
    }

    private void tables() {
        descriptor(CODE32, 0, LIMIT, CODE32_RIGHTS);
        descriptor(DATA32, 0, LIMIT, DATA_RIGHTS);
        descriptor(CODE64, 0, LIMIT, CODE64_RIGHTS);
        descriptor(USER_CODE32, 0, LIMIT, CODE32_RIGHTS | DPL3);
        descriptor(USER_DATA32, 0, LIMIT, DATA_RIGHTS | DPL3);
        descriptor(USER_CODE64, 0, LIMIT, CODE64_RIGHTS | DPL3);
        state.set(GuestState.GDTR, GDT);
        state.set16(GuestState.GDTR + 8, GDT_LIMIT);
        state.set(GuestState.IDTR, IDT);
        state.set16(GuestState.IDTR + 8, 0xFFF);
        state.setSegment(GuestState.TR, TASK, TSS, 0x67, 0x8B);
        state.setSegment(GuestState.LDTR, 0, 0, 0, 0x10000);
        state.setRip(CODE);
        state.setRegister(4, STACK);
    }

    private void loadSegments(int code, int codeRights, int data, int level) {
        int dpl = level << 5;
        state.setSegment(GuestState.CS, code, 0, LIMIT, codeRights & ~DPL3 | dpl);
        for (int register : new int[] {0, GuestState.SS, 3, GuestState.FS, GuestState.GS}) {
            state.setSegment(register, data, 0, LIMIT, DATA_RIGHTS & ~DPL3 | dpl);
        }
        cpu.stateReplaced();
    }

    /** Goes to privilege level 3. */
    TestProcessor user() {
        boolean is64 = (state.segmentRights(GuestState.CS) & 0x2000) != 0;
        loadSegments(is64 ? USER_CODE64 : USER_CODE32, is64 ? CODE64_RIGHTS : CODE32_RIGHTS, USER_DATA32, 3);
        return this;
    }

    /** Makes the virtualization exit on every sensitive instruction that the state's mask names. */
    public void exitOnIntercepts() {
        virtualization.intercepts = true;
        cpu.exited();
    }

    /** Writes a descriptor to the GDT. */
    void descriptor(int selector, long base, long limit, int rights) {
        ram.write(GDT + (selector & ~7), 8, Descriptor.of(base, limit, rights));
    }

    /** Writes a 32-bit gate (8 bytes) at an address. */
    void gate(long at, int type, int dpl, int selector, long offset, int parameters) {
        ram.write(at, 8, offset & 0xFFFF | (long) selector << 16 | (long) parameters << 32
            | (0x80L | (long) dpl << 5 | type) << 40 | (offset >>> 16 & 0xFFFF) << 48);
    }

    /** Writes a 64-bit gate (16 bytes) at an address; {@code stack} is the IST field. */
    void wideGate(long at, int type, int dpl, int selector, long offset, int stack) {
        gate(at, type, dpl, selector, offset, stack);
        ram.write(at + 8, 8, offset >>> 32);
    }

    /** An interrupt gate for a vector, of the mode's width. */
    public void interruptGate(int vector, int dpl) {
        if ((state.get(GuestState.EFER) & 0x400) != 0) {
            wideGate(IDT + 16L * vector, 14, dpl, CODE64, HANDLER + vector, 0);
        } else {
            gate(IDT + 8L * vector, 14, dpl, CODE32, HANDLER + vector, 0);
        }
    }

    /** Executes one instruction given in hexadecimal at the instruction pointer. */
    void execute(String hex) {
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        ram.write(state.segmentBase(GuestState.CS) + state.rip(), code, 0, code.length);
        interpreter.flush();
        interpreter.step();
    }

    /** The n-th entry from the top of the stack. */
    long stack(int entry, int bytes) {
        return ram.read(state.register(4) + (long) entry * bytes, bytes);
    }

    @Override
    public void close() {
        cpu.close();
        ram.close();
    }
}
