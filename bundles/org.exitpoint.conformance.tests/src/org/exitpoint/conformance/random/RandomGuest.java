/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Descriptor;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;

/**
 * A machine whose memory is random bytes, started anew from random states in the modes that processors have. Descriptor
 * and page tables stand in the midst of the bytes, in a form that lets exceptions be delivered to them.
 */
final class RandomGuest implements AutoCloseable {
    private static final long MEMORY = 2 << 20;
    private static final int FILLED = 0x4_0000;
    private static final int STATES_OF_MEMORY = 1024;
    private static final int MODES = 4;
    private static final int REAL = 0;
    private static final int PROTECTED = 1;
    private static final long GDT = 0x1000;
    private static final long IDT = 0x2000;
    private static final long TSS = 0x3000;
    private static final long PML4 = 0x4000;
    private static final long PDPT = 0x5000;
    private static final long DIRECTORY = 0x6000;
    private static final int CODE = 0x08;
    private static final int DATA = 0x10;
    private static final int TASK = 0x18;
    private static final int CODE32_RIGHTS = 0xC09B;
    private static final int CODE64_RIGHTS = 0xA09B;
    private static final int DATA_RIGHTS = 0xC093;
    private static final int TSS_RIGHTS = 0x8B;
    private static final long FLAT = 0xFFFF_FFFFL;
    private static final int USER_DPL = 3 << 5;
    private static final int MAPPED_PAGES = 16;

    private final PcMachine machine;
    private final Processor processor;
    private final GuestState state;
    private final PhysicalMemory memory;
    private final SplittableRandom random;
    private final byte[] bytes = new byte[FILLED];
    private int states;
    private int mode;

    RandomGuest(EngineKind engine, SplittableRandom random) throws ImageException {
        this.random = random;
        machine = new PcMachine(new MachineConfiguration(MEMORY, 1, "max", engine, image(), "", List.of(), value -> {
        }, List.of()));
        processor = machine.processors().getFirst();
        state = processor.state();
        memory = machine.memory();
    }

    /** The least that a boot loader takes for an image. */
    private static ImageFile image() {
        ByteBuffer elf = ByteBuffer.allocate(0x100).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1});
        elf.putShort(16, (short) 2).putShort(18, (short) 3).putInt(24, 0x10_0000).putInt(28, 52)
            .putShort(42, (short) 32).putShort(44, (short) 1);
        elf.putInt(52, 1).putInt(56, 0x80).putInt(60, 0x10_0000).putInt(64, 0x10_0000).putInt(68, 0x80)
            .putInt(72, 0x80);
        elf.putInt(0x60, 0x1BAD_B002).putInt(0x64, 0).putInt(0x68, -0x1BAD_B002);
        return new ImageFile("random", "random", elf.array());
    }

    /** How often the machine was renewed. */
    int states() {
        return states;
    }

    /** Puts the machine in a new random state. */
    void renew() {
        processor.reset();
        if (states++ % STATES_OF_MEMORY == 0) {
            random.nextBytes(bytes);
            memory.write(0, bytes, 0, FILLED);
            mode = random.nextInt(MODES);
            writeTables();
        }
        for (int i = 0; i < 16; i++) {
            state.setRegister(i, random.nextBoolean() ? random.nextInt(FILLED) : random.nextLong());
        }
        state.setRegister(4, 0x1_0000 + random.nextInt(0xFFF0));
        switch (mode) {
            case REAL -> enterRealMode();
            case PROTECTED -> enterProtectedMode();
            default -> enterLongMode(random.nextBoolean() ? 0 : 3);
        }
        state.setRflags(random.nextLong() & BitField.maskOf(Rflags.CF, Rflags.DF, Rflags.AC, Rflags.ID));
        processor.stateReplaced();
    }

    private void enterRealMode() {
        for (int register = 0; register < GuestState.LDTR; register++) {
            int selector = random.nextInt(FILLED >> 4);
            boolean code = register == GuestState.CS;
            state.setSegment(register, selector, (long) selector << 4, 0xFFFF, code ? 0x9B : 0x93);
        }
        state.setRip(random.nextInt(0x1_0000));
    }

    private void enterProtectedMode() {
        state.set(GuestState.CR0, BitField.maskOf(Cr0.PE, Cr0.ET, Cr0.NE));
        enterFlat(CODE32_RIGHTS, 0);
    }

    private void enterLongMode(int level) {
        state.set(GuestState.CR0, BitField.maskOf(Cr0.PE, Cr0.ET, Cr0.NE, Cr0.WP, Cr0.AM, Cr0.PG));
        state.set(GuestState.CR3, PML4);
        state.set(GuestState.CR4, BitField.maskOf(Cr4.PAE, Cr4.VMXE, Cr4.FSGSBASE));
        state.set(GuestState.EFER, BitField.maskOf(Efer.SCE, Efer.LME, Efer.LMA, Efer.NXE));
        enterFlat(CODE64_RIGHTS, level);
    }

    /** Real mode's interrupt vectors may be any bytes; the other modes need descriptors, gates and page tables. */
    private void writeTables() {
        if (mode == REAL) {
            return;
        }
        int gateSize = mode == PROTECTED ? 8 : 16;
        memory.write(IDT, new byte[256 * gateSize], 0, 256 * gateSize);
        for (int vector = 0; vector < 256; vector++) {
            memory.write(IDT + (long) vector * gateSize, 8, gate());
        }
        memory.write(GDT, 8, 0);
        memory.write(GDT + CODE, 8, Descriptor.of(0, FLAT, mode == PROTECTED ? CODE32_RIGHTS : CODE64_RIGHTS));
        memory.write(GDT + DATA, 8, Descriptor.of(0, FLAT, DATA_RIGHTS));
        memory.write(TSS, new byte[0x68], 0, 0x68);
        memory.write(TSS + 4, 8, 0x2_0000);
        memory.write(PML4, 8, PDPT | 7);
        memory.write(PDPT, 8, DIRECTORY | 7);
        for (int i = 0; i < MAPPED_PAGES; i++) {
            memory.write(DIRECTORY + 8L * i, 8, (long) i << 21 | 0x87);
        }
    }

    private void enterFlat(int codeRights, int level) {
        int dpl = level == 0 ? 0 : USER_DPL;
        for (int register = 0; register < GuestState.LDTR; register++) {
            boolean code = register == GuestState.CS;
            state.setSegment(register, (code ? CODE : DATA) | level, 0, FLAT, (code ? codeRights : DATA_RIGHTS) | dpl);
        }
        state.setSegment(GuestState.TR, TASK, TSS, 0x67, TSS_RIGHTS);
        state.set(GuestState.GDTR, GDT);
        state.set16(GuestState.GDTR + 8, TASK - 1);
        state.set(GuestState.IDTR, IDT);
        state.set16(GuestState.IDTR + 8, 0xFFF);
        state.setRip(0x1_0000 + random.nextInt(FILLED - 0x1_0000));
    }

    /** An interrupt gate to anywhere in the random bytes. */
    private long gate() {
        long offset = 0x1_0000 + random.nextInt(FILLED - 0x1_0000);
        return offset & 0xFFFF | (long) CODE << 16 | 0x8EL << 40 | offset >> 16 << 48;
    }

    /**
     * Runs until something ends it that the bytes behind cannot go on from; what is not implemented is stepped over.
     *
     * @return steps that were executed
     */
    long run(long steps) {
        long start = machine.clock().steps();
        long done = 0;
        while (done < steps && machine.run(steps - done) instanceof Stop.NotImplemented) {
            state.setRip(state.rip() + 1);
            done = Math.max(done + 1, machine.clock().steps() - start);
        }
        return Math.max(1, machine.clock().steps() - start);
    }

    @Override
    public void close() {
        machine.close();
    }
}
