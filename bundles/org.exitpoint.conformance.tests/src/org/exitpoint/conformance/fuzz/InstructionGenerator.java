/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.table.InstructionSet;

/** Writes random instructions by the rows of the instruction set: mostly valid, mostly with operands that exist. */
final class InstructionGenerator {
    private static final int[] LEGACY_PREFIXES = {0x66, 0x67, 0xF0, 0xF2, 0xF3, 0x2E, 0x36, 0x3E, 0x26, 0x64, 0x65};
    private static final int[] ESCAPES = {0x0F, 0x0F38, 0x0F3A};
    /** What leads away from the program soon. */
    private static final Set<String> RARE = Set.of("HLT", "LGDT", "LIDT", "LMSW", "LLDT", "LTR", "WRMSR", "RSM", "IRET",
        "RET", "SYSRET", "SYSEXIT", "SYSENTER", "SYSCALL", "MWAIT", "MONITOR", "INVD", "LSS", "POPF", "LEAVE", "ENTER");

    private final SplittableRandom random;
    private final CodeMode mode;
    private final List<Row> common;
    private final List<Row> rare;

    InstructionGenerator(SplittableRandom random, CodeMode mode) {
        this.random = random;
        this.mode = mode;
        this.common = InstructionSet.rows().stream().filter(row -> row.implemented() && !isRare(row)).toList();
        this.rare = InstructionSet.rows().stream().filter(row -> row.implemented() && isRare(row)).toList();
    }

    private static boolean isRare(Row row) {
        return RARE.contains(row.mnemonic()) || row.mnemonic().startsWith("VM") || row.encodings().stream()
            .flatMap(encoding -> encoding.operands().stream())
            .anyMatch(o -> o.place() == Operand.Place.CONTROL || o.place() == Operand.Place.DEBUG
                || o.place() == Operand.Place.OFFSET);
    }

    /** One instruction. */
    byte[] next() {
        List<Row> rows = random.nextInt(40) == 0 ? rare : common;
        List<Encoding> encodings = rows.get(random.nextInt(rows.size())).encodings();
        return encode(encodings.get(random.nextInt(encodings.size())));
    }

    private byte[] encode(Encoding encoding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean narrow = prefixes(encoding, out);
        boolean wide = opcode(encoding, out);
        if (encoding.hasModRm()) {
            modRm(encoding, out);
        }
        for (Operand operand : encoding.operands()) {
            immediate(operand, narrow, wide, out);
        }
        return out.toByteArray();
    }

    private boolean prefixes(Encoding encoding, ByteArrayOutputStream out) {
        boolean narrow = false;
        if (!encoding.vex() && random.nextInt(6) == 0) {
            int prefix = LEGACY_PREFIXES[random.nextInt(LEGACY_PREFIXES.length)];
            narrow = prefix == 0x66;
            out.write(prefix);
        }
        switch (encoding.prefix()) {
            case P66 -> out.write(0x66);
            case PF2 -> out.write(0xF2);
            case PF3 -> out.write(0xF3);
            default -> {
            }
        }
        return narrow || encoding.prefix() == Encoding.Prefix.P66;
    }

    /** REX and opcode, or VEX and opcode; whether the operand size is 64. */
    private boolean opcode(Encoding encoding, ByteArrayOutputStream out) {
        boolean wide = encoding.wideBit() < 0 ? random.nextBoolean() : encoding.wideBit() == 1;
        if (encoding.vex()) {
            out.write(0xC4);
            out.write(0xE0 & random.nextInt() | encoding.map());
            int prefix = Math.max(0, List.of(Encoding.Prefix.P66, Encoding.Prefix.PF3, Encoding.Prefix.PF2)
                .indexOf(encoding.prefix()) + 1);
            out.write((wide ? 0x80 : 0) | random.nextInt(16) << 3 | prefix);
            out.write(encoding.opcode());
            return wide;
        }
        wide &= mode == CodeMode.BITS64;
        if (mode == CodeMode.BITS64 && (wide || random.nextInt(3) == 0)) {
            out.write(0x40 | (wide ? 8 : 0) | random.nextInt(8));
        }
        if (encoding.map() > 0) {
            int escape = ESCAPES[encoding.map() - 1];
            if (escape > 0xFF) {
                out.write(escape >> 8);
            }
            out.write(escape & 0xFF);
        }
        out.write(encoding.opcode() | (encoding.registerInOpcode() ? random.nextInt(8) : 0));
        return wide;
    }

    private void modRm(Encoding encoding, ByteArrayOutputStream out) {
        int modRm = random.nextInt(256);
        if (encoding.form() == Encoding.Form.REGISTER) {
            modRm |= 0xC0;
        } else if (encoding.form() == Encoding.Form.MEMORY) {
            modRm = modRm & 0x3F | random.nextInt(3) << 6;
        }
        if (encoding.extension() >= 0) {
            modRm = modRm & ~0x38 | encoding.extension() << 3;
        }
        if (encoding.wholeModRm() >= 0) {
            modRm = encoding.wholeModRm();
        }
        out.write(modRm);
        if (modRm < 0xC0) {
            displacement(modRm, out);
        }
    }

    private void displacement(int modRm, ByteArrayOutputStream out) {
        int kind = modRm >> 6;
        int rm = modRm & 7;
        if (mode == CodeMode.BITS16) {
            bytes(out, kind == 0 ? rm == 6 ? 2 : 0 : kind, small());
            return;
        }
        boolean absolute = rm == 5;
        if (rm == 4) {
            int sib = random.nextInt(256);
            out.write(sib);
            absolute = (sib & 7) == 5;
        }
        bytes(out, kind == 0 ? absolute ? 4 : 0 : kind == 1 ? 1 : 4, small());
    }

    private void immediate(Operand operand, boolean narrow, boolean wide, ByteArrayOutputStream out) {
        int size = operand.immediateBytes();
        if (size < 0) {
            boolean half = narrow != (mode == CodeMode.BITS16);
            size = wide && size == Operand.BYTES_V ? 8 : half ? 2 : 4;
        }
        boolean relative = operand.place() == Operand.Place.RELATIVE;
        bytes(out, size, relative ? random.nextInt(-300, 300) : random.nextBoolean() ? small() : random.nextLong());
    }

    private long small() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong();
            case 1 -> FuzzLayout.address(random);
            default -> random.nextInt(-128, 256);
        };
    }

    private static void bytes(ByteArrayOutputStream out, int count, long value) {
        for (int i = 0; i < count; i++) {
            out.write((int) (value >>> 8 * i));
        }
    }
}
