/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;

import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.msr.MsrTable;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.system.Cr4Features;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.PcMachine;

/** A random guest: memory and a state that boot code could have reached. The same seed gives the same guest. */
final class FuzzGuest {
    private static final int PE = 1;
    private static final long CR0_FREE = 0x5_000E;
    private static final long CR0_HYPERVISOR = 0x1_0031;
    private static final long CR0_PG = 1L << 31;
    private static final long CR4_PAE = 1 << 5;
    private static final long CR4_LONG_ONLY = 1 << 17 | 1 << 12;
    private static final long CR4_PCIDE = 1 << 17;
    private static final long EFER_LONG = 0x500;
    private static final long RFLAGS_FREE = 0x24_7ED5;
    private static final long TF = 0x100;
    private static final int BUSY_TSS = 0x8B;
    private static final int SP = 4;
    private static final long LIMIT = 0xFFFF_FFFFL;

    private final SplittableRandom random;
    private final StartMode mode;

    private FuzzGuest(SplittableRandom random, StartMode mode) {
        this.random = random;
        this.mode = mode;
    }

    private static StartMode mode(SplittableRandom random) {
        int pick = random.nextInt(2 * StartMode.values().length);
        return pick < StartMode.values().length ? StartMode.values()[pick] : StartMode.LONG;
    }

    /** Puts the guest into a machine that has not run. */
    static void enter(long seed, PcMachine machine) {
        SplittableRandom random = new SplittableRandom(seed);
        new FuzzGuest(random, mode(random)).enter(machine);
    }

    /** Puts a random hypervisor into a machine that has not run. */
    static void enterHypervisor(long seed, PcMachine machine) {
        SplittableRandom random = new SplittableRandom(seed);
        FuzzGuest guest = new FuzzGuest(random, StartMode.LONG);
        PhysicalMemory memory = machine.memory();
        Processor processor = machine.processors().getFirst();
        new RandomDescriptors(random, memory, StartMode.LONG).write(0);
        long top = new RandomTables(random, memory).write(StartMode.LONG, true);
        new RandomHypervisor(random).write(memory);
        guest.timer(processor);
        guest.state(processor, 0, top);
        GuestState state = processor.state();
        state.set(GuestState.CR0, CR0_PG | CR0_HYPERVISOR);
        state.set(GuestState.CR4, CR4_PAE);
        state.set(GuestState.CR3, top);
        state.set(GuestState.EFER, EFER_LONG);
        state.setRflags(0);
        state.setRip(RandomHypervisor.START);
        processor.stateReplaced();
    }

    private void enter(PcMachine machine) {
        PhysicalMemory memory = machine.memory();
        Processor processor = machine.processors().getFirst();
        memory.write(FuzzLayout.DATA, bytes(FuzzLayout.DATA_BYTES), 0, FuzzLayout.DATA_BYTES);
        byte[] code = code();
        memory.write(FuzzLayout.CODE, code, 0, code.length);
        int level = mode.isProtected() && random.nextInt(3) == 0 ? 3 : 0;
        new RandomDescriptors(random, memory, mode).write(level);
        long top = mode.hasPaging() ? new RandomTables(random, memory).write(mode, random.nextInt(8) != 0)
                : random.nextInt();
        timer(processor);
        state(processor, level, top);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Random bytes, or random instructions with registers reloaded now and then; at the end a jump to the start. */
    private byte[] code() {
        InstructionGenerator generator = new InstructionGenerator(random, mode.code());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int noise = random.nextInt(4) == 0 ? 4 : 60;
        while (out.size() < FuzzLayout.CODE_BYTES) {
            if (random.nextInt(noise) == 0) {
                out.writeBytes(bytes(random.nextInt(1, 32)));
            }
            if (random.nextInt(5) == 0) {
                load(out, random.nextInt(8));
            }
            out.writeBytes(generator.next());
        }
        out.writeBytes(new byte[] {(byte) 0xE9});
        int back = -(out.size() + (mode.code() == CodeMode.BITS16 ? 2 : 4));
        for (int i = 0; i < 4; i++) {
            out.write(back >> 8 * i);
        }
        return out.toByteArray();
    }

    /** MOV of an address to a register. */
    private void load(ByteArrayOutputStream out, int register) {
        long value = register == SP ? FuzzLayout.STACK : FuzzLayout.address(random);
        int bytes = mode.code() == CodeMode.BITS16 ? 2 : 4;
        if (mode.code() == CodeMode.BITS64) {
            bytes = 8;
            out.write(0x48);
        }
        out.write(0xB8 + register);
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> 8 * i));
        }
    }

    private void timer(Processor processor) {
        if (random.nextBoolean()) {
            processor.physicalAccess().store(FuzzLayout.APIC + 0xF0, 4, 0x1FF);
            processor.physicalAccess().store(FuzzLayout.APIC + 0x3E0, 4, 0xB);
            processor.physicalAccess().store(FuzzLayout.APIC + 0x320, 4, random.nextInt(2) << 17
                | random.nextInt(16, 256));
            processor.physicalAccess().store(FuzzLayout.APIC + 0x380, 4, random.nextInt(1, 5000));
        }
    }

    private void state(Processor processor, int level, long top) {
        GuestState state = processor.state();
        long cr4 = random.nextLong() & random.nextLong() & new Cr4Features(processor.model()).mask();
        long efer = random.nextLong() & MsrTable.eferMask(processor.model()) & ~EFER_LONG;
        cr4 = mode.hasWideEntries() ? cr4 | CR4_PAE : mode == StartMode.PAGED_32 ? cr4 & ~CR4_PAE : cr4;
        cr4 = mode.isIa32e() ? cr4 & ~(1 << 12) : cr4 & ~CR4_LONG_ONLY;
        state.set(GuestState.CR4, cr4);
        state.set(GuestState.EFER, mode.isIa32e() ? efer | EFER_LONG : efer);
        state.set(GuestState.CR0, random.nextLong() & CR0_FREE | 0x30 | (mode.isProtected() ? PE : 0)
            | (mode.hasPaging() ? CR0_PG : 0));
        state.set(GuestState.CR3, top | ((cr4 & CR4_PCIDE) != 0 ? random.nextInt(8) : 0));
        for (int i = 0; mode == StartMode.PAE && i < 4; i++) {
            state.set(GuestState.PDPTES + 8 * i, processor.physical().read(top + 8 * i, 8));
        }
        for (int i = 0; i < 16; i++) {
            state.setRegister(i, i == SP ? FuzzLayout.STACK : FuzzLayout.address(random));
        }
        long tf = random.nextInt(16) == 0 ? TF : 0;
        state.setRflags(random.nextLong() & RFLAGS_FREE & ~TF | tf);
        segments(state, level);
        state.setRip(mode == StartMode.REAL ? random.nextInt(16) : FuzzLayout.CODE - codeBase() + random.nextInt(16));
        processor.stateReplaced();
    }

    private long codeBase() {
        return mode.code() == CodeMode.BITS16 ? FuzzLayout.CODE : 0;
    }

    private void segments(GuestState state, int level) {
        int code = (mode.code() == CodeMode.BITS64 ? 0xA09B : mode.code() == CodeMode.BITS32 ? 0xC09B : 0x809B)
            | level << 5;
        boolean real = mode == StartMode.REAL;
        state.setSegment(GuestState.CS, real ? (int) (FuzzLayout.CODE >> 4) : RandomDescriptors.code(level),
            codeBase(), real ? 0xFFFF : LIMIT, real ? 0x9B : code);
        int data = (mode.code() == CodeMode.BITS16 ? 0x8093 : 0xC093) | level << 5;
        for (int register : new int[] {0, GuestState.SS, 3, GuestState.FS, GuestState.GS}) {
            long base = mode.code() == CodeMode.BITS16 ? FuzzLayout.DATA : 0;
            long limit = !real && random.nextInt(8) == 0 ? random.nextInt(0x4_0000) | 0xFFF : LIMIT;
            state.setSegment(register, real ? (int) (base >> 4) : RandomDescriptors.data(level), base,
                real ? 0xFFFF : limit, real ? 0x93 : data);
        }
        if (mode.isProtected()) {
            state.setSegment(GuestState.TR, RandomDescriptors.TSS_SELECTOR, FuzzLayout.TSS, 0xFFF, BUSY_TSS);
        }
        state.set(GuestState.GDTR, FuzzLayout.GDT);
        state.set16(GuestState.GDTR + 8, 8 * FuzzLayout.GDT_ENTRIES - 1);
        state.set(GuestState.IDTR, FuzzLayout.IDT);
        state.set16(GuestState.IDTR + 8, 0xFFF);
    }
}
