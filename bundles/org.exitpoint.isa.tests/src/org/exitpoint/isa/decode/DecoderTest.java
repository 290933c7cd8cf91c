/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.table.InstructionSet;
import org.exitpoint.isa.text.Disassembler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DecoderTest {
    private static final long SEED = 4711;
    private static final byte[] PREFIXES = HexFormat.of().parseHex("6667f0f2f30f48c4");

    private final Decoder decoder = new Decoder();

    private Instruction decode(String hex, CodeMode mode) {
        return decode(decoder, hex, mode);
    }

    private static Instruction decode(Decoder decoder, String hex, CodeMode mode) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return decoder.decode(bytes, 0, bytes.length, mode, mode.isLong() ? Width.I64 : Width.I32);
    }

    private static Row rowOf(Instruction instruction) {
        return instruction.shape().key().row();
    }

    /** SDM vol. 2, "Instruction Prefixes": LOCK wants one of a list of instructions and a memory destination. */
    @ParameterizedTest
    @ValueSource(strings = {"F0 01 C0", "F0 03 00", "F0 39 00", "F0 89 00", "F0 90", "F0 0F A3 00", "F0 8D 00", "F0 C3",
        "F0 0F 20 C0", "F0 84 00", "F0 D1 20"})
    void lockWhereItMayNotBeIsInvalid(String hex) {
        assertThat(rowOf(decode(hex, CodeMode.BITS64))).isSameAs(InstructionSet.INVALID_OPCODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F0 01 00", "F0 81 00 01 02 03 04", "F0 FF 00", "F0 0F AB 00", "F0 0F BA 28 01",
        "F0 0F C7 08", "F0 0F B1 00", "F0 0F C1 00", "F0 87 00", "F0 F7 18", "F0 F7 10", "F0 48 0F C7 08"})
    void lockWithMemoryDestinationIsAShapeOfItsOwn(String hex) {
        assertThat(decode(hex, CodeMode.BITS64).shape().key().locked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "48 66 01 C3, 'add bx,ax'",
        "66 48 01 C3, 'add rbx,rax'",
        "F2 F3 0F B8 C1, 'popcnt eax,ecx'",
        "F3 F2 0F B8 C1, (bad)",
        "64 65 8B 00, 'mov eax,DWORD PTR gs:[rax]'",
        "64 26 8B 00, 'mov eax,DWORD PTR fs:[rax]'",
        "26 8B 00, 'mov eax,DWORD PTR [rax]'",
        "F3 90, pause",
        "F3 41 90, pause",
        "41 90, 'xchg r8d,eax'",
        "48 90, nop",
        "66 E8 00 00 00 00, call 0x6",
        "66 50, push ax",
        "50, push rax",
        "48 63 C1, 'movsxd rax,ecx'",
        "82 C0 01, (bad)",
        "06, (bad)",
        "CE, (bad)",
        "8C F0, (bad)",
        "8E C8, 'mov cs,eax'",
        "0F 20 C8, (bad)",
        "44 0F 20 C0, 'mov rax,cr8'",
        "0F 21 C0, 'mov rax,dr0'",
        "44 0F 21 C0, (bad)",
        "8D C0, (bad)",
        "C4 E2 78 F2 C1, 'andn eax,eax,ecx'",
        "66 C4 E2 78 F2 C1, (bad)",
        "48 C4 E2 78 F2 C1, (bad)",
        "C4 E2 7C F2 C1, (bad)",
        "C4 E3 73 F0 C1 05, (bad)",
        "C4 E3 7B F0 C1 05, 'rorx eax,ecx,0x5'",
        "0F 0B, ud2",
        "F3 0F 1E FA, endbr64"})
    void longModeForms(String hex, String text) {
        Instruction instruction = decode(hex, CodeMode.BITS64);
        assertThat(new Disassembler().text(instruction, 0)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "63 C1, 'arpl cx,ax'",
        "40, inc eax",
        "82 C0 01, 'add al,0x1'",
        "C4 00, 'les eax,FWORD PTR [eax]'",
        "C4 E2 F8 F2 C1, 'andn eax,eax,ecx'",
        "62 00, 'bound eax,[eax]'",
        "62 C0, (avx512)",
        "67 8B 47 10, 'mov eax,DWORD PTR [bx+0x10]'",
        "67 8B 06 34 12, 'mov eax,DWORD PTR ds:0x1234'",
        "67 8B 42 FE, 'mov eax,DWORD PTR [bp+si-0x2]'",
        "EA 78 56 34 12 08 00, 'jmp 0x8:0x12345678'",
        "66 EA 78 56 08 00, 'jmp 0x8:0x5678'",
        "8B 05 78 56 34 12, 'mov eax,DWORD PTR ds:0x12345678'",
        "E3 00, jecxz 0x2",
        "67 E3 00, jcxz 0x3"})
    void legacyForms(String hex, String text) {
        assertThat(new Disassembler().text(decode(hex, CodeMode.BITS32), 0)).isEqualTo(text);
    }

    /** SDM vol. 2, "Addressing-Mode Encoding of ModR/M and SIB Bytes" and "Special Encodings" of REX. */
    @ParameterizedTest
    @CsvSource({
        "8B 05 10 00 00 00, 'mov eax,DWORD PTR [rip+0x10] # 0x16'",
        "67 8B 05 10 00 00 00, 'mov eax,DWORD PTR [eip+0x10] # 0x17'",
        "41 8B 05 10 00 00 00, 'mov eax,DWORD PTR [rip+0x10] # 0x17'",
        "8B 04 25 10 00 00 00, 'mov eax,DWORD PTR ds:0x10'",
        "8B 04 65 10 00 00 00, 'mov eax,DWORD PTR ds:0x10'",
        "42 8B 04 25 10 00 00 00, 'mov eax,DWORD PTR [r12*1+0x10]'",
        "41 8B 04 24, 'mov eax,DWORD PTR [r12]'",
        "41 8B 45 00, 'mov eax,DWORD PTR [r13]'",
        "8B 44 24 08, 'mov eax,DWORD PTR [rsp+0x8]'",
        "8B 44 8D F8, 'mov eax,DWORD PTR [rbp+rcx*4-0x8]'",
        "64 8B 04 25 28 00 00 00, 'mov eax,DWORD PTR fs:0x28'",
        "67 8B 00, 'mov eax,DWORD PTR [eax]'"})
    void memoryOperands(String hex, String text) {
        assertThat(new Disassembler().text(decode(hex, CodeMode.BITS64), 0)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"8B 45 00, SS", "8B 04 24, SS", "8B 00, DS", "8B 04 28, DS", "41 8B 45 00, DS", "41 8B 04 24, DS",
        "65 8B 45 00, GS", "AC, DS", "64 AC, FS", "D7, DS"})
    void defaultSegmentFollowsTheBase(String hex, Segment segment) {
        assertThat(decode(hex, CodeMode.BITS64).segment()).isEqualTo(segment.ordinal());
    }

    @Test
    void sixteenBitBaseOfBpUsesTheStackSegment() {
        assertThat(decode("8B 46 00", CodeMode.BITS16).segment()).isEqualTo(Segment.SS.ordinal());
        assertThat(decode("8B 06 00 00", CodeMode.BITS16).segment()).isEqualTo(Segment.DS.ordinal());
    }

    @Test
    void byteRegistersDependOnRex() {
        assertThat(decode("88 E0", CodeMode.BITS64).reg()).isEqualTo(16);
        assertThat(decode("40 88 E0", CodeMode.BITS64).reg()).isEqualTo(4);
        assertThat(decode("88 E0", CodeMode.BITS32).reg()).isEqualTo(16);
    }

    @Test
    void moreThanFifteenBytesAreTooLong() {
        assertThat(decode("66 ".repeat(14) + "90", CodeMode.BITS32).length()).isEqualTo(15);
        assertThat(rowOf(decode("66 ".repeat(15) + "90", CodeMode.BITS32))).isSameAs(InstructionSet.TOO_LONG);
        String tail = "81 84 88 00 00 00 00 00 00 00 00";
        assertThat(decode("64 ".repeat(4) + tail, CodeMode.BITS32).length()).isEqualTo(15);
        assertThat(rowOf(decode("64 ".repeat(5) + tail, CodeMode.BITS32))).isSameAs(InstructionSet.TOO_LONG);
    }

    /** What a processor lacks decodes as on one that never heard of it. */
    @ParameterizedTest
    @CsvSource({"LZCNT, F3 0F BD C1, BSR", "BMI1, F3 0F BC C1, BSF", "MOVBE, 0F 38 F0 00, (bad)",
        "CLDEMOTE, 0F 1C 00, NOP", "WBNOINVD, F3 0F 09, WBINVD", "BMI1, C4 E2 78 F2 C1, (bad)", "AVX512F, 62 F1, (bad)",
        "CET_SS, F3 0F 1E C8, NOP", "VMX, 0F 01 C1, (bad)"})
    void absentFeatures(CpuidFeature absent, String hex, String mnemonic) {
        Decoder without = new Decoder(feature -> feature != absent);
        assertThat(rowOf(decode(without, hex, CodeMode.BITS64)).mnemonic()).isEqualTo(mnemonic);
        assertThat(rowOf(decode(hex, CodeMode.BITS64)).mnemonic()).isNotEqualTo(mnemonic);
    }

    @Test
    void everyCutWantsMoreBytes() {
        List<String> failures = new ArrayList<>();
        int[] cuts = new int[1];
        for (Row row : InstructionSet.rows()) {
            EncodingSamples.of(row, sample -> {
                byte[] bytes = sample.bytes();
                for (int available = 1; available < bytes.length; available++) {
                    cuts[0]++;
                    byte[] cut = Arrays.copyOf(bytes, available);
                    if (decoder.decode(cut, 0, available, sample.mode(), Width.I32) != null) {
                        failures.add(sample.mode() + " " + HexFormat.of().formatHex(cut));
                    }
                }
            });
        }
        assertThat(cuts[0]).isGreaterThan(100_000);
        assertThat(failures).isEmpty();
    }

    /** Any bytes decode to something of 1 to 15 bytes, and to the same wherever they stand and with any text. */
    @ParameterizedTest
    @EnumSource(CodeMode.class)
    void anyBytesDecode(CodeMode mode) {
        Random random = new Random(SEED);
        byte[] bytes = new byte[64];
        Disassembler disassembler = new Disassembler();
        for (int i = 0; i < 300_000; i++) {
            random.nextBytes(bytes);
            for (int prefix = random.nextInt(4); prefix > 0; prefix--) {
                bytes[prefix - 1] = PREFIXES[random.nextInt(PREFIXES.length)];
            }
            Instruction instruction = decoder.decode(bytes, 0, 15, mode, Width.I32);
            String hex = HexFormat.of().formatHex(bytes, 0, 15);
            assertThat(instruction.length()).as("seed %d, %s %s", SEED, mode, hex).isBetween(1, Decoder.MAX_LENGTH);
            assertThat(disassembler.text(instruction, i)).as("seed %d, %s %s", SEED, mode, hex).isNotEmpty();
            System.arraycopy(bytes, 0, bytes, 31, 15);
            assertThat(decoder.decode(bytes, 31, 15, mode, Width.I32)).isEqualTo(instruction);
        }
    }
}
