/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.lang.reflect.Proxy;
import java.util.Set;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Descriptor;
import org.exitpoint.arch.Efer;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.core.LocalInterrupts;
import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;

/**
 * A processor at privilege level 3 with the selectors, descriptors and mappings that a program has on a Linux host: the
 * data window, which the bus answers for, and the code page; all else is not present or the supervisor's.
 */
final class SiliconProcessor implements AutoCloseable {
    private static final long CR0 = BitField.maskOf(Cr0.PE, Cr0.MP, Cr0.ET, Cr0.NE, Cr0.WP, Cr0.AM, Cr0.PG);
    private static final long CR4 = BitField.maskOf(Cr4.PAE, Cr4.OSFXSR, Cr4.OSXMMEXCPT, Cr4.FSGSBASE, Cr4.OSXSAVE);
    private static final long EFER = BitField.maskOf(Efer.SCE, Efer.LME, Efer.LMA, Efer.NXE);

    private static final int RAM_BYTES = 1 << 20;
    private static final long PML4 = 0x1000;
    private static final long LOW_PDPT = 0x2000;
    private static final long LOW_DIRECTORY = 0x3000;
    private static final long WINDOW_TABLE = 0x4000;
    private static final long CODE_TABLE = 0x5000;
    private static final long HIGH_PDPT = 0x6000;
    private static final long HIGH_DIRECTORY = 0x7000;
    private static final long HIGH_TABLE = 0x8000;
    private static final long CODE_PAGE = 0x9000;
    private static final long TABLES = 0x1_0000;
    private static final long HIGH = 0xFFFF_8000_0000_0000L;
    private static final long GDT = HIGH;
    private static final int GDT_LIMIT = 0x7F;
    private static final long LDT = HIGH + 0x1000;
    private static final int LDT_LIMIT = 0x0F;
    private static final long TSS = HIGH + 0x2000;
    private static final int TSS_LIMIT = 0x67;
    /** In the TSS: offset of the I/O permission bit map, which is beyond its limit. */
    private static final int TSS_PORTS = 0x66;

    private static final int PRESENT = 1;
    private static final int WRITE = 2;
    private static final int USER = 4;
    private static final int DIRECTORY_FLAGS = PRESENT | WRITE | USER;

    private static final int CODE32 = 0x23;
    private static final int DATA32 = 0x2B;
    private static final int CODE64 = 0x33;
    private static final int CODE16_LDT = 0x07;
    private static final int DATA16_LDT = 0x0F;
    private static final int LDT_SELECTOR = 0x50;
    private static final int TSS_SELECTOR = 0x40;
    private static final int CODE32_RIGHTS = 0xC0FB;
    private static final int DATA32_RIGHTS = 0xC0F3;
    private static final int CODE64_RIGHTS = 0xA0FB;
    private static final int CODE16_RIGHTS = 0x10FB;
    private static final int DATA16_RIGHTS = 0x10F3;
    private static final int LDT_RIGHTS = 0x82;
    private static final int TSS_RIGHTS = 0x8B;
    /** Where Linux keeps the processor's number, as the limit of a segment. */
    private static final int NUMBER_SELECTOR = 0x78;
    private static final int NUMBER_RIGHTS = 0x40F5;
    /** The limit here: no processor's number. */
    static final long NUMBER_LIMIT = 0xABCDE;
    private static final long FLAT = 0xFFFF_FFFFL;
    private static final long LIMIT16 = 0xFFFF;

    private final FlatPhysicalMemory ram = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(RAM_BYTES));
    private final Processor processor;
    private final GuestState state;

    SiliconProcessor(Bus bus) {
        ram.addRam(0, RAM_BYTES);
        processor = new Processor(new Processor.Connections(0, 1, ram, bus, new StoppedClock(),
            CpuModels.parse("max", Set.of(CpuidFeature.values())), 0), core -> noInterrupts(),
            core -> new NoVirtualization());
        state = processor.state();
        map();
        describe();
    }

    private static LocalInterrupts noInterrupts() {
        return (LocalInterrupts) Proxy.newProxyInstance(SiliconProcessor.class.getClassLoader(),
            new Class<?>[] {LocalInterrupts.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "reset" -> null;
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }

    private void map() {
        ram.write(PML4, 8, LOW_PDPT | DIRECTORY_FLAGS);
        ram.write(LOW_PDPT, 8, LOW_DIRECTORY | DIRECTORY_FLAGS);
        ram.write(LOW_DIRECTORY + 8 * (Window.DATA >> 21), 8, WINDOW_TABLE | DIRECTORY_FLAGS);
        for (int page = 0; page < Window.DATA_SIZE / PhysicalMemory.PAGE_SIZE; page++) {
            ram.write(WINDOW_TABLE + 8 * page, 8, Window.DATA + page * PhysicalMemory.PAGE_SIZE | DIRECTORY_FLAGS);
        }
        ram.write(LOW_DIRECTORY + 8 * (Window.CODE >> 21), 8, CODE_TABLE | DIRECTORY_FLAGS);
        ram.write(CODE_TABLE, 8, CODE_PAGE | PRESENT | USER);
        ram.write(PML4 + 8 * 256, 8, HIGH_PDPT | PRESENT | WRITE);
        ram.write(HIGH_PDPT, 8, HIGH_DIRECTORY | PRESENT | WRITE);
        ram.write(HIGH_DIRECTORY, 8, HIGH_TABLE | PRESENT | WRITE);
        for (int page = 0; page < 3; page++) {
            ram.write(HIGH_TABLE + 8 * page, 8, TABLES + page * PhysicalMemory.PAGE_SIZE | PRESENT | WRITE);
        }
        for (int i = 0; i < Window.CODE_SIZE; i++) {
            ram.write(CODE_PAGE + i, 1, 0xCC);
        }
    }

    private void describe() {
        ram.write(TABLES + (CODE32 & ~7), 8, Descriptor.of(0, FLAT, CODE32_RIGHTS));
        ram.write(TABLES + (DATA32 & ~7), 8, Descriptor.of(0, FLAT, DATA32_RIGHTS));
        ram.write(TABLES + (CODE64 & ~7), 8, Descriptor.of(0, FLAT, CODE64_RIGHTS));
        ram.write(TABLES + NUMBER_SELECTOR, 8, Descriptor.of(0, NUMBER_LIMIT, NUMBER_RIGHTS));
        long ldt = TABLES + PhysicalMemory.PAGE_SIZE;
        ram.write(ldt + (CODE16_LDT & ~7), 8, Descriptor.of(Window.CODE, LIMIT16, CODE16_RIGHTS));
        ram.write(ldt + (DATA16_LDT & ~7), 8, Descriptor.of(Window.DATA, LIMIT16, DATA16_RIGHTS));
        ram.write(ldt + PhysicalMemory.PAGE_SIZE + TSS_PORTS, 2, TSS_LIMIT + 1);
        state.set(GuestState.GDTR, GDT);
        state.set16(GuestState.GDTR + 8, GDT_LIMIT);
    }

    Processor processor() {
        return processor;
    }

    /** Puts code in place of what was last there. */
    void setCode(long linear, byte[] code) {
        ram.write(CODE_PAGE + (linear & PhysicalMemory.PAGE_SIZE - 1), code, 0, code.length);
    }

    /** Physical address of the code page. */
    static long codePage() {
        return CODE_PAGE;
    }

    /** Sets everything but general registers, instruction pointer, flags and the bases of FS and GS. */
    void enter(SiliconMode mode) {
        boolean short16 = mode == SiliconMode.PROTECTED16;
        state.set(GuestState.CR0, CR0);
        state.set(GuestState.CR3, PML4);
        state.set(GuestState.CR4, CR4);
        state.set(GuestState.EFER, EFER);
        state.setSegment(GuestState.LDTR, LDT_SELECTOR, LDT, LDT_LIMIT, LDT_RIGHTS);
        state.setSegment(GuestState.TR, TSS_SELECTOR, TSS, TSS_LIMIT, TSS_RIGHTS);
        switch (mode) {
            case LONG -> state.setSegment(GuestState.CS, CODE64, 0, FLAT, CODE64_RIGHTS);
            case PROTECTED32 -> state.setSegment(GuestState.CS, CODE32, 0, FLAT, CODE32_RIGHTS);
            case PROTECTED16 -> state.setSegment(GuestState.CS, CODE16_LDT, Window.CODE, LIMIT16, CODE16_RIGHTS);
        }
        for (int register = 0; register <= GuestState.GS; register++) {
            if (register >= GuestState.FS || register != GuestState.CS && !short16) {
                state.setSegment(register, DATA32, 0, FLAT, DATA32_RIGHTS);
            } else if (register != GuestState.CS) {
                state.setSegment(register, DATA16_LDT, Window.DATA, LIMIT16, DATA16_RIGHTS);
            }
        }
        state.set8(GuestState.BLOCKING, 0);
        state.set32(GuestState.ATTENTION, 0);
        processor.stateReplaced();
    }

    @Override
    public void close() {
        processor.close();
        ram.close();
    }

    /** Time that does not pass. */
    private static final class StoppedClock implements Clock {
        @Override
        public long steps() {
            return 0;
        }

        @Override
        public long now() {
            return 0;
        }

        @Override
        public Timer timer(String name, Runnable expired) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextDeadline() {
            return Long.MAX_VALUE;
        }
    }
}
