/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One encoding as XED's public data files describe it, where they are at hand.
 *
 * @param iclass XED's name of the instruction
 * @param extension XED's name of the instruction set extension
 * @param opcode all bytes up to the opcode, the map's escape bytes included
 * @param low how many values the opcode's low bits take: 1, or 8 for a register in them
 * @param words the other words of the pattern
 */
record XedPattern(String iclass, String extension, List<Integer> opcode, int low, Set<String> words) {
    /** Data files of what this machine leaves out on purpose: other vendors, accelerators, announced instructions. */
    private static final Set<String> OTHER_FILES = Set.of("amd", "via", "knc", "knl", "knm", "amx", "apx", "ace",
        "nops");
    private static final Pattern FIELD = Pattern.compile("^(\\w+)\\s*:\\s*(.*?)\\s*(#.*)?$");
    private static final Pattern BITS = Pattern.compile("0b([01]{4})_([01])");

    /** A combination of what chooses an encoding. */
    record Combination(boolean vex, int map, int opcode, int prefix, boolean wide, boolean longMode, int modRm) {
    }

    /** The directory of the data files: {@code shared/spec} beside the repository or above it. */
    static Optional<Path> directory() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/spec/xed-datafiles/datafiles");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** All patterns of legacy and VEX encodings in the maps 0 to 3. */
    static List<XedPattern> readAll(Path directory) throws IOException {
        List<XedPattern> patterns = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(f -> isRelevant(directory.relativize(f).toString())).sorted().toList()) {
                readFile(file, patterns::add);
            }
        }
        return patterns;
    }

    private static boolean isRelevant(String name) {
        return name.endsWith(".txt")
            && Arrays.stream(name.split("[-/.\\\\]")).noneMatch(part -> OTHER_FILES.contains(part));
    }

    private static void readFile(Path file, Consumer<XedPattern> sink) {
        String iclass = "";
        String extension = "";
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher field = FIELD.matcher(line);
                if (!field.matches()) {
                    continue;
                }
                switch (field.group(1)) {
                    case "ICLASS" -> iclass = field.group(2);
                    case "EXTENSION" -> extension = field.group(2);
                    case "PATTERN" -> of(iclass, extension, field.group(2)).ifPresent(sink);
                    default -> {
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<XedPattern> of(String iclass, String extension, String pattern) {
        List<Integer> opcode = new ArrayList<>();
        int low = 1;
        List<String> words = new ArrayList<>();
        for (String word : pattern.split("\\s+")) {
            Matcher bits = BITS.matcher(word);
            if (word.startsWith("0x")) {
                opcode.add(Integer.decode(word));
            } else if (bits.matches()) {
                opcode.add(Integer.parseInt(bits.group(1) + bits.group(2), 2) << 3);
                low = 8;
            } else {
                words.add(word);
            }
        }
        Set<String> set = Set.copyOf(words);
        boolean other = opcode.isEmpty() || set.contains("EVV") || set.contains("KVV") || set.contains("XOPV")
            || words.stream().anyMatch(w -> w.matches("MAP[4-9]|V0F.+|rex2_refining_prefix") && !isKnownMap(w));
        return other ? Optional.empty() : Optional.of(new XedPattern(iclass, extension, opcode, low, set));
    }

    private static boolean isKnownMap(String word) {
        return word.equals("V0F38") || word.equals("V0F3A");
    }

    private boolean has(String word) {
        return words.contains(word);
    }

    /** Whether a ModRM byte follows. */
    boolean hasModRm() {
        return words.stream().anyMatch(w -> w.startsWith("MOD[") || w.startsWith("RM[") || w.startsWith("MOD="));
    }

    /** Whether the instruction that a combination stands for is this one. */
    boolean matches(Combination c) {
        return has("VV1") == c.vex && map() == c.map && c.opcode >= last() && c.opcode < last() + low
            && matchesLow(c) && matchesMode(c) && matchesPrefix(c) && matchesWide(c)
            && (!hasModRm() || matchesModRm(c.modRm));
    }

    private int last() {
        return opcode.getLast();
    }

    private int map() {
        if (has("VV1")) {
            return has("V0F") ? 1 : has("V0F38") ? 2 : 3;
        }
        if (opcode.size() == 1 || opcode.getFirst() != 0x0F) {
            return 0;
        }
        return opcode.size() == 2 || opcode.get(1) != 0x38 && opcode.get(1) != 0x3A ? 1 : opcode.get(1) == 0x38 ? 2 : 3;
    }

    private boolean matchesLow(Combination c) {
        int register = c.opcode & 7;
        return !(has("SRM=0") && register != 0) && !(has("SRM!=0") && register == 0) && !has("rexb_prefix")
            && !has("rexb4_prefix");
    }

    private boolean matchesMode(Combination c) {
        return !(has("mode64") && !c.longMode) && !(has("not64") && c.longMode)
            && !((has("mode32") || has("mode16")) && c.longMode);
    }

    private boolean matchesPrefix(Combination c) {
        if (c.vex) {
            return has(switch (c.prefix) {
                case 0x66 -> "V66";
                case 0xF2 -> "VF2";
                case 0xF3 -> "VF3";
                default -> "VNP";
            });
        }
        int repeat = c.prefix == 0x66 ? 0 : c.prefix;
        boolean any66 = !(has("osz_refining_prefix") || has("no_refining_prefix") || has("66_prefix"))
            || has("no_refining_prefix") != (c.prefix == 0x66);
        boolean repeatFits = !(has("f2_refining_prefix") || has("refining_f2") || has("repne") || has("f2_prefix"))
            || repeat == 0xF2;
        boolean f3Fits = !(has("f3_refining_prefix") || has("refining_f3") || has("repe") || has("f3_prefix"))
            || repeat == 0xF3;
        boolean none = has("no_refining_prefix") || has("osz_refining_prefix") || has("norep") || has("not_refining")
            || has("REP=0");
        boolean notF3 = has("not_refining_f3") || has("REP!=3") || has("nof3_prefix");
        return any66 && repeatFits && f3Fits && !(none && repeat != 0) && !(notF3 && repeat == 0xF3)
            && !(has("no66_prefix") && c.prefix == 0x66);
    }

    private boolean matchesWide(Combination c) {
        boolean needsWide = has("rexw_prefix") || c.vex && has("W1") && c.longMode;
        boolean needsNarrow = has("norexw_prefix") || c.vex && has("W0") && c.longMode;
        return !(needsWide && !c.wide) && !(needsNarrow && c.wide);
    }

    private boolean matchesModRm(int modRm) {
        boolean register = modRm >= 0xC0;
        if (has("MOD=3") && !register || has("MOD!=3") && register) {
            return false;
        }
        return fits("REG", modRm >> 3 & 7) && fits("RM", modRm & 7) && !(has("RM=4") && (modRm & 7) != 4)
            && !(has("REG[1-7]") && (modRm >> 3 & 7) == 0);
    }

    private boolean fits(String field, int value) {
        for (String word : words) {
            if (word.startsWith(field + "[0b")) {
                return Integer.parseInt(word.substring(field.length() + 3, word.length() - 1), 2) == value;
            }
        }
        return true;
    }
}
