/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

import org.exitpoint.isa.row.Encoding.Form;
import org.exitpoint.isa.row.Encoding.Prefix;
import org.exitpoint.isa.row.Encoding.SizeRule;
import org.exitpoint.isa.row.Encoding.Validity;

/** Reads the pattern of an {@link Encoding}. */
final class EncodingParser {
    private final String pattern;
    private final List<Operand> operands;
    private final Deque<String> words;
    private Prefix prefix = Prefix.ANY;
    private boolean vex;
    private int map;
    private int extension = -1;
    private int wholeModRm = -1;
    private boolean modRm;
    private boolean registerInOpcode;
    private Form form = Form.ANY;
    private Validity validity = Validity.ALL;
    private SizeRule size = SizeRule.NORMAL;
    private int wideBit = -1;
    private boolean shortVector;
    private boolean lowRegister;

    EncodingParser(String pattern, List<Operand> operands) {
        this.pattern = pattern;
        this.operands = operands;
        this.words = new ArrayDeque<>(Arrays.asList(pattern.trim().split("\\s+")));
    }

    Encoding parse() {
        readPrefix();
        readMap();
        int opcode = Integer.parseInt(words.pop(), 16);
        words.forEach(this::readWord);
        return new Encoding(pattern, map, opcode, prefix, vex,
            modRm || operands.stream().anyMatch(Operand::needsModRm), extension, wholeModRm, registerInOpcode, formOf(),
            validity, size, wideBit, shortVector, lowRegister, operands);
    }

    private void readPrefix() {
        Prefix read = switch (words.peek()) {
            case "NP" -> Prefix.NONE;
            case "NFx" -> Prefix.NO_REPEAT;
            case "66" -> words.size() > 1 ? Prefix.P66 : Prefix.ANY;
            case "F2" -> words.size() > 1 ? Prefix.PF2 : Prefix.ANY;
            case "F3" -> words.size() > 1 ? Prefix.PF3 : Prefix.ANY;
            default -> Prefix.ANY;
        };
        if (read != Prefix.ANY) {
            prefix = read;
            words.pop();
        }
        if ("VEX".equals(words.peek())) {
            vex = true;
            words.pop();
        }
    }

    private void readMap() {
        if (!"0F".equals(words.peek()) || words.size() == 1) {
            return;
        }
        words.pop();
        map = 1;
        if (words.size() > 1 && ("38".equals(words.peek()) || "3A".equals(words.peek()))) {
            map = words.pop().equals("38") ? 2 : 3;
        }
    }

    private void readWord(String word) {
        switch (word) {
            case "/r" -> modRm = true;
            case "+r" -> registerInOpcode = true;
            case "mod=3" -> form = Form.REGISTER;
            case "mod!=3" -> form = Form.MEMORY;
            case "i64" -> validity = Validity.NOT_LONG;
            case "o64" -> validity = Validity.LONG_ONLY;
            case "d64" -> size = SizeRule.DEFAULT_64;
            case "f64" -> size = SizeRule.FORCED_64;
            case "W0" -> wideBit = 0;
            case "W1" -> wideBit = 1;
            case "L0" -> shortVector = true;
            case "b=0" -> lowRegister = true;
            default -> readModRmWord(word);
        }
    }

    private void readModRmWord(String word) {
        modRm = true;
        if (word.matches("/[0-7]")) {
            extension = word.charAt(1) - '0';
        } else if (word.matches("[0-9A-F]{2}")) {
            wholeModRm = Integer.parseInt(word, 16);
        } else {
            throw new IllegalArgumentException("encoding '" + pattern + "': what is '" + word + "'?");
        }
    }

    private Form formOf() {
        if (operands.stream().anyMatch(o -> o.place() == Operand.Place.MEMORY)) {
            return Form.MEMORY;
        }
        return form;
    }
}
