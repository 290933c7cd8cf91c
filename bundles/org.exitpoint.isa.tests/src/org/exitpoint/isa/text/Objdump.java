/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.exitpoint.isa.shape.CodeMode;

/** The disassembler of binutils, run once over a block of code. */
final class Objdump {
    /**
     * One line of its output.
     *
     * @param length bytes of the instruction
     * @param text the instruction
     */
    record Line(int length, String text) {
    }

    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\t((?:[0-9a-f]{2} )+)\\s*\\t?(.*)");

    private Objdump() {
    }

    static boolean isInstalled() {
        try {
            return new ProcessBuilder("objdump", "--version").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The lines by offset. */
    static Map<Integer, Line> run(byte[] code, CodeMode mode) throws IOException {
        Path file = Files.createTempFile("code", ".bin");
        try {
            Files.write(file, code);
            String machine = switch (mode) {
                case BITS16 -> "i8086";
                case BITS32 -> "i386";
                case BITS64 -> "i386:x86-64";
            };
            Process process = new ProcessBuilder(List.of("objdump", "-D", "-z", "-b", "binary", "-m", machine, "-M",
                "intel,intel64", "--insn-width=16", file.toString())).redirectErrorStream(true).start();
            return read(process);
        } finally {
            Files.delete(file);
        }
    }

    private static Map<Integer, Line> read(Process process) throws IOException {
        Map<Integer, Line> lines = new HashMap<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                Matcher line = LINE.matcher(text);
                if (line.matches()) {
                    int length = line.group(2).trim().split(" ").length;
                    lines.put(Integer.parseInt(line.group(1), 16), new Line(length, line.group(3).trim()));
                }
            }
        }
        return lines;
    }
}
