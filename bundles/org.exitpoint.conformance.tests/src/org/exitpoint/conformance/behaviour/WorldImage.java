/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import static org.exitpoint.conformance.behaviour.World.ALL;

/** Writes what {@link World} describes into an image. */
final class WorldImage {
    private static final long FLAT = 0x00CF_0000_0000_FFFFL;
    private static final long LONG = 1L << 53;
    private static final long BIG = 1L << 54;
    private static final int RIGHTS = 40;
    private static final int IA32_EFER = 0xC000_0080;
    /** Vectors with an error code: #DF, #TS, #NP, #SS, #GP, #PF, #AC. */
    private static final int ERROR_CODES = 1 << 8 | 0x7C00 | 1 << 17;

    private final GuestImage image;

    WorldImage(GuestImage image) {
        this.image = image;
    }

    void write() {
        descriptors();
        task();
        tables();
        for (int vector = 0; vector < 256; vector++) {
            image.put(World.ENTRIES + 16 * vector, entry(vector).bytes());
            gate(vector, World.ENTRIES + 16 * vector, 0, 3);
        }
        image.put(World.RECORDER, recorder().bytes());
    }

    private void descriptors() {
        descriptor(World.CODE64, FLAT & ~BIG | LONG | 0x9BL << RIGHTS);
        descriptor(World.DATA0, FLAT | 0x93L << RIGHTS);
        descriptor(World.CODE32, FLAT | 0x9BL << RIGHTS);
        descriptor(World.USER32, FLAT | 0xFBL << RIGHTS);
        descriptor(World.USER_DATA, FLAT | 0xF3L << RIGHTS);
        descriptor(World.USER64, FLAT & ~BIG | LONG | 0xFBL << RIGHTS);
        descriptor(World.TASK, World.TSS_LIMIT | (World.TSS & 0xFF_FFFF) << 16 | 0x89L << RIGHTS);
        image.put64(World.GDT - 16, 0x7FL << 48);
        image.put64(World.GDT - 8, World.GDT);
        image.put64(World.IDT - 16, 0xFFFL << 48);
        image.put64(World.IDT - 8, World.IDT);
    }

    private void descriptor(int selector, long value) {
        image.put64(World.GDT + (selector & -8), value);
    }

    private void task() {
        image.put64(World.TSS + 4, World.KERNEL_STACK);
        for (int i = 1; i <= 7; i++) {
            image.put64(World.TSS + 28 + 8 * i, World.IST + (long) i * World.IST_DISTANCE);
        }
        image.put32(World.TSS + 100, World.TSS_LIMIT + 1 << 16);
    }

    private void tables() {
        image.put64(World.PML4, World.PDPT | ALL);
        image.put64(World.PDPT, World.DIRECTORY | ALL);
        for (int i = 0; i < World.MEMORY >> 21; i++) {
            image.put64(World.DIRECTORY + 8 * i, World.TABLES + 0x1000 * i | ALL);
        }
        for (long page = 0; page < World.MEMORY; page += 0x1000) {
            image.put64(World.entry(page), page | ALL);
        }
        long apicPointers = World.TABLES + 0x5000;
        image.put64(World.PDPT + 8 * (World.APIC >>> 30), apicPointers | ALL);
        image.put64(apicPointers, 0xFEE0_0000L | World.LARGE | ALL);
    }

    /** An interrupt gate. */
    void gate(int vector, long target, int ist, int level) {
        long rights = 0x8E | level << 5;
        image.put64(World.IDT + 16 * vector, target & 0xFFFF | (long) World.CODE64 << 16 | (long) ist << 32
            | rights << RIGHTS | (target & 0xFFFF_0000L) << 32);
        image.put64(World.IDT + 16 * vector + 8, target >>> 32);
    }

    /** Goes from what a boot loader leaves to 64-bit mode. */
    static Code boot(long cr4, long efer) {
        Code code = new Code(World.BOOT);
        code.hex("0F 01 15").value(World.GDT - 10, 4);
        code.hex("B8").value(cr4, 4).hex("0F 22 E0");
        code.hex("B8").value(World.PML4, 4).hex("0F 22 D8");
        code.hex("B9").value(IA32_EFER, 4).hex("B8").value(efer, 4).hex("31 D2 0F 30");
        code.hex("B8").value(0x8001_0031L, 4).hex("0F 22 C0");
        code.hex("EA").absolute("long", 4).value(World.CODE64, 2).label("long");
        code.hex("66 B8").value(World.DATA0, 2).hex("8E D8 8E C0 8E D0 8E E0 8E E8");
        code.mov(Code.RSP, World.STACK).hex("0F 01 1C 25").value(World.IDT - 10, 4);
        code.hex("66 B8").value(World.TASK, 2).hex("0F 00 D8");
        code.mov(Code.RAX, World.CODE).hex("FF E0");
        return code;
    }

    /** Pushes an error code if there is none, and the vector, and goes on to the recorder. */
    private static Code entry(int vector) {
        Code code = new Code(World.ENTRIES + 16 * vector);
        if (vector >= 32 || (ERROR_CODES >>> vector & 1) == 0) {
            code.hex("6A 00");
        }
        code.hex("68").value(vector, 4).hex("E9").value(World.RECORDER - (code.here() + 4), 4);
        return code;
    }

    /** Writes vector, error code, RIP, CS, RFLAGS, RSP, SS and CR2 to the log, and returns. */
    private static Code recorder() {
        Code code = new Code(World.RECORDER);
        code.hex("50 51 52").mov(Code.RAX, World.LOG);
        code.hex("48 8B 08 48 FF 00 48 C1 E1 06 48 8D 8C 08 00 01 00 00");
        for (int i = 0; i < 7; i++) {
            code.hex("48 8B 54 24").value(24 + 8 * i, 1).hex("48 89 51").value(8 * i, 1);
        }
        code.hex("0F 20 D2 48 89 51 38");
        code.hex("48 8B 50 08 48 85 D2").jcc(4, "out").hex("48 89 54 24 28").label("out");
        code.hex("5A 59 58 48 83 C4 10 48 CF");
        return code;
    }
}
