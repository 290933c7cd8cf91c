/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Cr4;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.E;
import static org.exitpoint.isa.row.Operand.Ib;
import static org.exitpoint.isa.row.Operand.Jz;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Row.row;

/**
 * What processors have and this machine has not: one row per instruction set extension, so that executing any of it
 * stops the machine with the extension's name, unless the processor model has it not. A part of it that gets
 * implemented leaves here for a group of its own.
 */
final class NotImplementedInstructions {
    static final List<Row> ROWS = rows();

    private NotImplementedInstructions() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(x87AndMmx());
        rows.addAll(sse());
        rows.addAll(laterSse());
        rows.addAll(cryptography());
        rows.addAll(avx());
        rows.addAll(laterAvx());
        rows.addAll(stateManagement());
        rows.addAll(controlFlow());
        rows.addAll(transactionsAndEnclaves());
        rows.addAll(others());
        return rows;
    }

    /** Collects the encodings of an extension. */
    private static final class Extension {
        private final Row.Builder row;

        Extension(String name, String title, CpuidFeature feature) {
            row = row("(" + name + ")", title).feature(feature);
        }

        /**
         * Adds opcodes: {@code before} and {@code after} are the pattern's words around the opcode, {@code opcodes}
         * ranges such as {@code "10-13,2B"}.
         */
        Extension add(String before, String opcodes, String after, Operand... operands) {
            for (String range : opcodes.split(",")) {
                String[] ends = range.split("-");
                int last = Integer.parseInt(ends[ends.length - 1], 16);
                for (int opcode = Integer.parseInt(ends[0], 16); opcode <= last; opcode++) {
                    row.enc("%s %02X %s".formatted(before, opcode, after), operands);
                }
            }
            return this;
        }

        Row end() {
            return row.notImplemented();
        }
    }

    private static Extension extension(String name, String title, CpuidFeature feature) {
        return new Extension(name, title, feature);
    }

    private static List<Row> x87AndMmx() {
        return List.of(
            extension("x87", "x87 FPU Instructions", CpuidFeature.FPU)
                .add("", "9B", "").add("", "D8-DF", "/r", E).end(),
            extension("mmx", "MMX Instructions", CpuidFeature.MMX)
                .add("NP 0F", "60-6B,6E,6F,74-76,7E,7F,D1-D3,D5,D8,D9,DB-DD,DF,E1,E2,E5,E8,E9,EB-ED,EF,F1-F3", "/r", E)
                .add("NP 0F", "F5,F8-FA,FC-FE", "/r", E)
                .add("NP 0F", "77", "")
                .add("NP 0F", "71,72", "/2 mod=3", E, Ib).add("NP 0F", "71,72", "/4 mod=3", E, Ib)
                .add("NP 0F", "71-73", "/6 mod=3", E, Ib).add("NP 0F", "73", "/2 mod=3", E, Ib).end());
    }

    private static List<Row> sse() {
        return List.of(
            extension("sse", "SSE Instructions", CpuidFeature.SSE)
                .add("NP 0F", "10-12,14-16,28-2A,2C-2F,51-59,5C-5F,DA,DE,E0,E3,E4,EA,EE,F6", "/r", E)
                .add("NP 0F", "13,17,2B,E7", "/r", M).add("NP 0F", "50,D7,F7", "/r mod=3", E)
                .add("NP 0F", "70,C2,C4,C6", "/r", E, Ib).add("NP 0F", "C5", "/r mod=3", E, Ib)
                .add("NP 0F", "AE", "/2", M).add("NP 0F", "AE", "/3", M)
                .add("F3 0F", "10,11,2A,2C,2D,51-53,58,59,5C-5F", "/r", E).add("F3 0F", "C2", "/r", E, Ib).end(),
            extension("sse2", "SSE2 Instructions", CpuidFeature.SSE2)
                .add("NP 0F", "5A,5B,D4,F4,FB", "/r", E).add("NP 0F", "C3", "/r", M)
                .add("66 0F", "10,11,14,15,28-2A,2C-2F,51,54-6F,74-76,7E,7F,D1-D6,D8-E6,E8-EF,F1-F6,F8-FE", "/r", E)
                .add("66 0F", "12,13,16,17,2B,E7", "/r", M).add("66 0F", "50,D7,F7", "/r mod=3", E)
                .add("66 0F", "70,C2,C4,C6", "/r", E, Ib).add("66 0F", "C5", "/r mod=3", E, Ib)
                .add("66 0F", "71-73", "/2 mod=3", E, Ib).add("66 0F", "71,72", "/4 mod=3", E, Ib)
                .add("66 0F", "71-73", "/6 mod=3", E, Ib).add("66 0F", "73", "/3 mod=3", E, Ib)
                .add("66 0F", "73", "/7 mod=3", E, Ib)
                .add("F2 0F", "10,11,2A,2C,2D,51,58-5A,5C-5F,E6", "/r", E).add("F2 0F", "70,C2", "/r", E, Ib)
                .add("F2 0F", "D6", "/r mod=3", E)
                .add("F3 0F", "5A,5B,6F,7E,7F,E6", "/r", E).add("F3 0F", "70", "/r", E, Ib)
                .add("F3 0F", "D6", "/r mod=3", E).end(),
            extension("fxsr", "FXSAVE and FXRSTOR Instructions", CpuidFeature.FXSR)
                .add("NP 0F", "AE", "/0", M).add("NP 0F", "AE", "/1", M).end());
    }

    private static List<Row> laterSse() {
        return List.of(
            extension("sse3", "SSE3 Instructions", CpuidFeature.SSE3)
                .add("F2 0F", "12,7C,7D,D0", "/r", E).add("F3 0F", "12,16", "/r", E).add("66 0F", "7C,7D,D0", "/r", E)
                .add("F2 0F", "F0", "/r", M).end(),
            extension("ssse3", "Supplemental SSE3 Instructions", CpuidFeature.SSSE3)
                .add("NFx 0F 38", "00-0B,1C-1E", "/r", E).add("NFx 0F 3A", "0F", "/r", E, Ib).end(),
            extension("sse4.1", "SSE4.1 Instructions", CpuidFeature.SSE4_1)
                .add("66 0F 38", "10,14,15,17,20-25,28,29,2B,30-35,38-41", "/r", E).add("66 0F 38", "2A", "/r", M)
                .add("66 0F 3A", "08-0E,14-17,20-22,40-42", "/r", E, Ib).end(),
            extension("sse4.2", "SSE4.2 Instructions", CpuidFeature.SSE4_2)
                .add("66 0F 38", "37", "/r", E).add("66 0F 3A", "60-63", "/r", E, Ib).end());
    }

    private static List<Row> cryptography() {
        return List.of(
            extension("pclmulqdq", "PCLMULQDQ Instruction", CpuidFeature.PCLMULQDQ)
                .add("66 0F 3A", "44", "/r", E, Ib).end(),
            extension("aes", "AES Instructions", CpuidFeature.AESNI)
                .add("66 0F 38", "DB-DF", "/r", E).add("66 0F 3A", "DF", "/r", E, Ib)
                .add("66 VEX 0F 38", "DB-DF", "/r", E).add("66 VEX 0F 3A", "DF", "/r", E, Ib).end(),
            extension("sha", "SHA Extensions", CpuidFeature.SHA)
                .add("NP 0F 38", "C8-CD", "/r", E).add("NP 0F 3A", "CC", "/r", E, Ib).end(),
            extension("gfni", "Galois Field Instructions", CpuidFeature.GFNI)
                .add("66 0F 38", "CF", "/r", E).add("66 0F 3A", "CE,CF", "/r", E, Ib)
                .add("66 VEX 0F 38", "CF", "/r", E).add("66 VEX 0F 3A", "CE,CF", "/r", E, Ib).end(),
            extension("kl", "Key Locker Instructions", CpuidFeature.KL)
                .add("F3 0F 38", "D8", "/0", M).add("F3 0F 38", "D8", "/1", M).add("F3 0F 38", "D8", "/2", M)
                .add("F3 0F 38", "D8", "/3", M).add("F3 0F 38", "DC", "/r", E).add("F3 0F 38", "DD-DF", "/r", M)
                .add("F3 0F 38", "FA,FB", "/r mod=3", E).end());
    }

    private static List<Row> avx() {
        return List.of(
            extension("avx", "AVX Instructions", CpuidFeature.AVX)
                .add("NP VEX 0F", "10-12,14-16,28,29,2E,2F,51-5F", "/r", E).add("NP VEX 0F", "13,17,2B", "/r", M)
                .add("NP VEX 0F", "50", "/r mod=3", E).add("NP VEX 0F", "77", "").add("NP VEX 0F", "C2,C6", "/r", E, Ib)
                .add("NP VEX 0F", "AE", "/2", M).add("NP VEX 0F", "AE", "/3", M)
                .add("66 VEX 0F", "10,11,14,15,28,29,2E,2F,51,54-6F,74-76,7C-7F,D0-D6,D8-E6,E8-EF,F1-F6", "/r", E)
                .add("66 VEX 0F", "F8-FE", "/r", E)
                .add("66 VEX 0F", "12,13,16,17,2B,E7", "/r", M).add("66 VEX 0F", "50,D7,F7", "/r mod=3", E)
                .add("66 VEX 0F", "70,C2,C4,C6", "/r", E, Ib).add("66 VEX 0F", "C5", "/r mod=3", E, Ib)
                .add("66 VEX 0F", "71-73", "/2 mod=3", E, Ib).add("66 VEX 0F", "71,72", "/4 mod=3", E, Ib)
                .add("66 VEX 0F", "71-73", "/6 mod=3", E, Ib).add("66 VEX 0F", "73", "/3 mod=3", E, Ib)
                .add("66 VEX 0F", "73", "/7 mod=3", E, Ib)
                .add("F2 VEX 0F", "10-12,2A,2C,2D,51,58-5A,5C-5F,7C,7D,D0,E6", "/r", E).add("F2 VEX 0F", "F0", "/r", M)
                .add("F2 VEX 0F", "70,C2", "/r", E, Ib)
                .add("F3 VEX 0F", "10-12,16,2A,2C,2D,51-53,58-5F,6F,7E,7F,E6", "/r", E)
                .add("F3 VEX 0F", "70,C2", "/r", E, Ib)
                .add("66 VEX 0F 38", "00-0F,17-19,1C-1E,20-25,28,29,2B,30-35,37-41", "/r", E)
                .add("66 VEX 0F 38", "1A,2A,2C-2F", "/r", M).add("66 VEX 0F 3A", "4A-4C", "/r", E, Ib)
                .add("66 VEX 0F 3A", "04-06,08-0F,14-19,20-22,40-42,44,60-63", "/r", E, Ib).end(),
            extension("avx2", "AVX2 Instructions", CpuidFeature.AVX2)
                .add("66 VEX 0F 38", "16,36,45-47,58,59,78,79", "/r", E).add("66 VEX 0F 38", "5A,8C,8E,90-93", "/r", M)
                .add("66 VEX 0F 3A", "00-02,38,39,46", "/r", E, Ib).end());
    }

    private static List<Row> laterAvx() {
        return List.of(
            extension("f16c", "16-Bit Floating-Point Conversion", CpuidFeature.F16C)
                .add("66 VEX 0F 38", "13", "/r", E).add("66 VEX 0F 3A", "1D", "/r", E, Ib).end(),
            extension("fma", "Fused-Multiply-ADD", CpuidFeature.FMA)
                .add("66 VEX 0F 38", "96-9F,A6-AF,B6-BF", "/r", E).end(),
            extension("avx512", "AVX-512 Instructions", CpuidFeature.AVX512F)
                .add("", "62", "o64").add("", "62", "mod=3 i64", E)
                .add("NP VEX 0F", "41,42,44-47,4A,4B,92,93,98,99", "/r mod=3", E)
                .add("66 VEX 0F", "41,42,44-47,4A,4B,92,93,98,99", "/r mod=3", E)
                .add("NP VEX 0F", "90", "/r", E).add("66 VEX 0F", "90", "/r", E)
                .add("NP VEX 0F", "91", "/r", M).add("66 VEX 0F", "91", "/r", M)
                .add("F2 VEX 0F", "92,93", "/r mod=3", E).add("66 VEX 0F 3A", "30-33", "/r mod=3", E, Ib).end());
    }

    private static List<Row> stateManagement() {
        return List.of(
            extension("xsave", "Processor Extended States Management", CpuidFeature.XSAVE)
                .add("NP 0F", "AE", "/4", M).add("NP 0F", "AE", "/5", M).end(),
            extension("xsaveopt", "Save Processor Extended States Optimized", CpuidFeature.XSAVEOPT)
                .add("NP 0F", "AE", "/6", M).end(),
            extension("xsavec", "Save Processor Extended States With Compaction", CpuidFeature.XSAVEC)
                .add("NP 0F", "C7", "/4", M).end(),
            extension("xsaves", "Save and Restore Processor Extended States Supervisor", CpuidFeature.XSAVES)
                .add("NP 0F", "C7", "/3", M).add("NP 0F", "C7", "/5", M).end(),
            extension("pku", "Protection Keys for User-Mode Pages", CpuidFeature.PKU)
                .add("NP 0F 01", "EE,EF", "").end());
    }

    private static List<Row> controlFlow() {
        return List.of(
            extension("cet-ss", "Shadow Stack Management Instructions", CpuidFeature.CET_SS)
                .add("F3 0F", "01", "/5", M).add("F3 0F 01", "E8,EA", "").add("F3 0F", "1E", "/1 mod=3", E)
                .add("F3 0F", "AE", "/6", M).add("F3 0F", "AE", "/5 mod=3", E)
                .add("66 0F 38", "F5", "/r", M).add("NP 0F 38", "F6", "/r", M).end(),
            extension("fred", "Flexible Return and Event Delivery", CpuidFeature.FRED)
                .add("F2 0F 01", "CA", "o64").add("F3 0F 01", "CA", "o64").end(),
            extension("lkgs", "Load Kernel GS Base", CpuidFeature.LKGS).add("F2 0F", "00", "/6 o64", E).end(),
            extension("uintr", "User Interrupt Instructions", CpuidFeature.UINTR)
                .add("F3 0F 01", "EC-EF", "o64").add("F3 0F", "C7", "/6 mod=3 o64", E).end());
    }

    private static List<Row> transactionsAndEnclaves() {
        return List.of(
            extension("rtm", "Transactional Synchronization Extensions", CpuidFeature.RTM)
                .add("C6", "F8", "", Ib).add("C7", "F8", "", Jz).add("NP 0F 01", "D5,D6", "").end(),
            extension("sgx", "Software Guard Extensions", CpuidFeature.SGX)
                .add("NP 0F 01", "C0,CF,D7", "").end(),
            row("GETSEC", "Safer Mode Extensions").feature(CpuidFeature.SMX).enc("NP 0F 37")
                .requires(new Preconditions.EnabledByCr4(Cr4.SMXE)).exits(Intercept.GETSEC).notImplemented());
    }

    private static List<Row> others() {
        return List.of(
            extension("waitpkg", "Timed Pause and User Level Monitor", CpuidFeature.WAITPKG)
                .add("66 0F", "AE", "/6 mod=3", E).add("F2 0F", "AE", "/6 mod=3", E)
                .add("F3 0F", "AE", "/6 mod=3", E).end(),
            extension("msrlist", "Read and Write List of Model Specific Registers", CpuidFeature.MSRLIST)
                .add("F2 0F 01", "C6", "o64").add("F3 0F 01", "C6", "o64").end(),
            extension("wrmsrns", "Non-Serializing Write to Model Specific Register", CpuidFeature.WRMSRNS)
                .add("NP 0F 01", "C6", "").end(),
            extension("pconfig", "Platform Configuration", CpuidFeature.PCONFIG).add("NP 0F 01", "C5", "").end(),
            extension("hreset", "History Reset", CpuidFeature.HRESET).add("F3 0F 3A F0", "C0", "", Ib).end(),
            extension("movdir64b", "Move 64 Bytes as Direct Store", CpuidFeature.MOVDIR64B)
                .add("66 0F 38", "F8", "/r", M).end(),
            extension("enqcmd", "Enqueue Command", CpuidFeature.ENQCMD)
                .add("F2 0F 38", "F8", "/r", M).add("F3 0F 38", "F8", "/r", M).end());
    }
}
