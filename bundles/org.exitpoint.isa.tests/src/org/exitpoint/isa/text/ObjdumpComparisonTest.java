/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.decode.EncodingSamples;
import org.exitpoint.isa.decode.EncodingSamples.Sample;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.table.InstructionSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Length and text of samples of every encoding, and of random operands of them, are those of binutils. */
class ObjdumpComparisonTest {
    private static final long SEED = 20261121;
    private static final int SLOT = 16;
    private static final byte NOP = (byte) 0x90;

    private final Decoder decoder = new Decoder();
    private final Disassembler disassembler = new Disassembler();

    @BeforeAll
    static void needsObjdump() {
        assumeTrue(Objdump.isInstalled(), "not run: objdump is not installed");
    }

    @ParameterizedTest
    @EnumSource(CodeMode.class)
    void agrees(CodeMode mode) throws IOException {
        List<byte[]> samples = samples(mode);
        byte[] code = new byte[samples.size() * SLOT];
        Arrays.fill(code, NOP);
        for (int i = 0; i < samples.size(); i++) {
            System.arraycopy(samples.get(i), 0, code, i * SLOT, samples.get(i).length);
        }
        Map<Integer, Objdump.Line> lines = Objdump.run(code, mode);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            String difference = compare(samples.get(i), i * SLOT, mode, lines.get(i * SLOT));
            if (difference != null) {
                differences.add(difference);
            }
        }
        System.out.printf("%s: compared %d encodings with objdump, seed %d, %d differ%n", mode, samples.size(), SEED,
            differences.size());
        assertThat(differences).isEmpty();
    }

    private List<byte[]> samples(CodeMode mode) {
        List<byte[]> samples = new ArrayList<>();
        Random random = new Random(SEED);
        for (Row row : InstructionSet.rows()) {
            EncodingSamples.of(row, sample -> {
                if (sample.mode() == mode && !ObjdumpText.isLeftOut(sample)) {
                    samples.add(sample.bytes());
                    addRandom(samples, sample, random);
                }
            });
        }
        return samples;
    }

    /** The sample with random bytes after the opcode, if they still mean the same encoding. */
    private void addRandom(List<byte[]> samples, Sample sample, Random random) {
        Encoding encoding = sample.encoding();
        if (!encoding.hasModRm() || !sample.row().implemented()) {
            return;
        }
        byte[] bytes = new byte[SLOT];
        random.nextBytes(bytes);
        int opcode = opcodePosition(sample);
        System.arraycopy(sample.bytes(), 0, bytes, 0, opcode + 1);
        if (encoding.extension() >= 0) {
            bytes[opcode + 1] = (byte) (bytes[opcode + 1] & 0xC7 | encoding.extension() << 3);
        }
        Instruction instruction = decoder.decode(bytes, 0, SLOT, sample.mode(), Width.I32);
        if (instruction.shape().key().encoding() == encoding) {
            samples.add(Arrays.copyOf(bytes, instruction.length()));
        }
    }

    private static int opcodePosition(Sample sample) {
        byte[] bytes = sample.bytes();
        int modRm = bytes.length;
        Encoding encoding = sample.encoding();
        for (int i = 0; i < modRm; i++) {
            boolean mapBefore = encoding.map() == 0 || encoding.vex() || i > 0 && isMapByte(encoding, bytes[i - 1]);
            if ((bytes[i] & 0xFF) == encoding.opcode() && mapBefore && (!encoding.vex() || i >= 3)) {
                return i;
            }
        }
        throw new IllegalStateException("no opcode in " + HexFormat.of().formatHex(bytes));
    }

    private static boolean isMapByte(Encoding encoding, byte before) {
        return before == switch (encoding.map()) {
            case 1 -> 0x0F;
            case 2 -> 0x38;
            default -> 0x3A;
        };
    }

    private String compare(byte[] bytes, int offset, CodeMode mode, Objdump.Line line) {
        Instruction instruction = decoder.decode(bytes, 0, bytes.length, mode, Width.I32);
        String hex = HexFormat.of().formatHex(bytes);
        if (instruction == null || line == null) {
            return hex + ": " + instruction + " / " + line;
        }
        if (ObjdumpText.isOtherOpinion(instruction, line.text())) {
            return null;
        }
        String ours = disassembler.text(instruction, offset);
        boolean sameText = !instruction.shape().key().row().implemented()
            || ObjdumpText.ours(instruction, ours).equals(ObjdumpText.theirs(instruction, line.text()));
        return instruction.length() == line.length() && sameText ? null
            : "%s: %d %s / %d %s [%s]".formatted(hex, instruction.length(), ObjdumpText.ours(instruction, ours),
                line.length(), ObjdumpText.theirs(instruction, line.text()), line.text());
    }
}
