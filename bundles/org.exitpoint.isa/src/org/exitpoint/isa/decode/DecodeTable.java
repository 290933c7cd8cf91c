/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;

/**
 * The encodings that are valid in 64-bit mode, or in the others, by opcode map and opcode, the most demanding first.
 */
final class DecodeTable {
    private static final int MAPS = 4;
    private static final Candidate[] NONE = {};

    private final Candidate[][] candidates = new Candidate[MAPS * 256][];
    private final boolean[] modRm = new boolean[MAPS * 256];

    DecodeTable(List<Row> rows, CodeMode mode) {
        List<List<Candidate>> lists = new ArrayList<>();
        for (int i = 0; i < candidates.length; i++) {
            lists.add(new ArrayList<>());
        }
        for (Row row : rows) {
            for (Encoding encoding : row.encodings()) {
                Candidate candidate = new Candidate(row, encoding);
                int opcodes = candidate.matchesMode(mode) ? encoding.registerInOpcode() ? 8 : 1 : 0;
                for (int i = 0; i < opcodes; i++) {
                    lists.get(encoding.map() << 8 | encoding.opcode() + i).add(candidate);
                }
            }
        }
        for (int i = 0; i < candidates.length; i++) {
            List<Candidate> list = lists.get(i);
            list.sort(Comparator.comparingInt(Candidate::specificity).reversed());
            candidates[i] = list.toArray(NONE);
            modRm[i] = list.stream().anyMatch(c -> c.encoding.hasModRm());
        }
    }

    Candidate[] candidates(int map, int opcode) {
        return candidates[map << 8 | opcode];
    }

    /** Whether any encoding of the opcode has a ModRM byte. */
    boolean hasModRm(int map, int opcode) {
        return modRm[map << 8 | opcode];
    }
}
