/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.table.XedPattern.Combination;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The table knows each opcode that XED knows, and no other, but for the differences listed here with their reasons. */
class XedComparisonTest {
    private static final int[] PREFIXES = {0, 0x66, 0xF2, 0xF3};
    private static final String NO_FEATURE = "announced, or of platforms that are not modelled: "
        + "no processor model has it";
    private static final Map<String, String> UNKNOWN_HERE = Map.ofEntries(
        Map.entry("AVX_IFMA", NO_FEATURE), Map.entry("AVX_NE_CONVERT", NO_FEATURE), Map.entry("AVX_VNNI", NO_FEATURE),
        Map.entry("AVX_VNNI_INT16", NO_FEATURE), Map.entry("AVX_VNNI_INT8", NO_FEATURE),
        Map.entry("CMPCCXADD", NO_FEATURE), Map.entry("MOVRS", NO_FEATURE), Map.entry("PBNDKB", NO_FEATURE),
        Map.entry("PTWRITE", NO_FEATURE), Map.entry("RAO", NO_FEATURE), Map.entry("SHA512", NO_FEATURE),
        Map.entry("SM3", NO_FEATURE), Map.entry("SM4", NO_FEATURE), Map.entry("TDX", NO_FEATURE),
        Map.entry("TSX_LDTRK", NO_FEATURE), Map.entry("USER_MSR", NO_FEATURE),
        Map.entry("MOV", "XED refuses segment registers 6 and 7 after the pattern"),
        Map.entry("MOV_CR", "XED refuses control registers that do not exist after the pattern"),
        Map.entry("UDB", "its only meaning is an invalid opcode"));
    private static final Map<String, String> UNKNOWN_TO_XED = Map.of(
        "(x87)", "holes in the x87 opcodes are told apart when the x87 is implemented",
        "(avx2)", "XED wants a SIB byte in gathers",
        "NOP", "0F 0D beyond /2: hints that XED has in another vendor's file",
        "PREFETCH", "0F 0D /0: a hint that XED has in another vendor's file",
        "PREFETCHW", "0F 0D /1: a hint that XED has in another vendor's file",
        "PREFETCHWT1", "0F 0D /2: in the file of a processor family that is left out",
        "SYSCALL", "outside 64-bit mode: depends on the vendor, so the helper raises #UD",
        "SYSRET", "outside 64-bit mode: depends on the vendor, so the helper raises #UD");
    private static final Map<Integer, List<XedPattern>> PATTERNS = new HashMap<>();

    private final Decoder decoder = new Decoder();

    @BeforeAll
    static void readPatterns() throws IOException {
        Path directory = XedPattern.directory().orElse(null);
        assumeTrue(directory != null, "not run: XED's data files are not at hand");
        for (XedPattern pattern : XedPattern.readAll(directory)) {
            for (int i = 0; i < 256; i++) {
                PATTERNS.computeIfAbsent(i, _ -> new ArrayList<>());
            }
            for (int i = 0; i < pattern.low(); i++) {
                PATTERNS.get(pattern.opcode().getLast() + i & 0xFF).add(pattern);
            }
        }
    }

    /** Every difference is one that was looked at, and none of those is out of date. */
    @Test
    void differencesAreTheReviewedOnes() {
        Map<String, String> missing = new TreeMap<>();
        Map<String, String> extra = new TreeMap<>();
        int[] compared = new int[1];
        forEachCombination(c -> {
            compared[0]++;
            Row row = decode(c);
            XedPattern known = find(c);
            if (known != null && row == InstructionSet.INVALID_OPCODE) {
                boolean base = known.extension().equals("BASE");
                missing.putIfAbsent(base ? known.iclass() : known.extension(), c.toString());
            } else if (known == null && row != InstructionSet.INVALID_OPCODE && !isOtherWidth(c, row)) {
                extra.putIfAbsent(row.mnemonic(), c.toString());
            }
        });
        System.out.printf("compared %d combinations with XED%n", compared[0]);
        assertThat(missing).as("unknown here").containsOnlyKeys(UNKNOWN_HERE.keySet());
        assertThat(extra).as("unknown to XED").containsOnlyKeys(UNKNOWN_TO_XED.keySet());
    }

    private static XedPattern find(Combination c) {
        return PATTERNS.get(c.opcode()).stream().filter(p -> p.matches(c)).findFirst().orElse(null);
    }

    /** What is not implemented is not told apart by VEX.W. */
    private static boolean isOtherWidth(Combination c, Row row) {
        return c.vex() && !row.implemented() && find(new Combination(true, c.map(), c.opcode(), c.prefix(), !c.wide(),
            c.longMode(), c.modRm())) != null;
    }

    private static void forEachCombination(Consumer<Combination> sink) {
        for (int kind = 0; kind < 8; kind++) {
            boolean vex = (kind & 1) != 0;
            boolean wide = (kind & 2) != 0;
            boolean longMode = (kind & 4) != 0;
            if (wide && !longMode) {
                continue;
            }
            for (int map = vex ? 1 : 0; map < 4; map++) {
                for (int opcode = 0; opcode < 256; opcode++) {
                    if (!isOpcode(vex, map, opcode, longMode)) {
                        continue;
                    }
                    for (int prefix : PREFIXES) {
                        for (int i = 0; i < 72; i++) {
                            int modRm = i < 8 ? i << 3 | 1 : 0xC0 + i - 8;
                            sink.accept(new Combination(vex, map, opcode, prefix, wide, longMode, modRm));
                        }
                    }
                }
            }
        }
    }

    private static boolean isOpcode(boolean vex, int map, int opcode, boolean longMode) {
        if (vex) {
            return true;
        }
        boolean escape = switch (map) {
            case 0 -> opcode == 0x0F || opcode == 0x26 || opcode == 0x2E || opcode == 0x36 || opcode == 0x3E
                || opcode >= 0x64 && opcode <= 0x67 || opcode == 0xF0 || opcode == 0xF2 || opcode == 0xF3
                || longMode && (opcode >> 4 == 4 || opcode == 0xC4 || opcode == 0xC5 || opcode == 0x62)
                || !longMode && (opcode == 0xC4 || opcode == 0xC5 || opcode == 0x62);
            case 1 -> opcode == 0x38 || opcode == 0x3A;
            default -> false;
        };
        return !escape;
    }

    private Row decode(Combination c) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (c.vex()) {
            int pp = c.prefix() == 0x66 ? 1 : c.prefix() == 0xF3 ? 2 : c.prefix() == 0xF2 ? 3 : 0;
            out.write(0xC4);
            out.write(0xE0 | c.map());
            out.write((c.wide() ? 0x80 : 0) | 0x78 | pp);
        } else {
            if (c.prefix() != 0) {
                out.write(c.prefix());
            }
            if (c.wide()) {
                out.write(0x48);
            }
            if (c.map() > 0) {
                out.write(0x0F);
            }
            if (c.map() > 1) {
                out.write(c.map() == 2 ? 0x38 : 0x3A);
            }
        }
        out.write(c.opcode());
        out.write(c.modRm());
        out.writeBytes(new byte[12]);
        byte[] bytes = out.toByteArray();
        return decoder.decode(bytes, 0, bytes.length, c.longMode() ? CodeMode.BITS64 : CodeMode.BITS32, Width.I32)
            .shape().key().row();
    }
}
