/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.table.InstructionSet;

/** The page that says, row by row, what is compared with the host processor. */
final class SiliconTable {
    private static final String HEAD = """
        # Rows against the host processor

        Written by `SiliconTest`, which fails when this page is stale. For every shape of a row (encoding, operand size,
        register or memory, address size, LOCK, repeat prefix, in 64-bit mode and in compatibility mode with 32-bit and
        16-bit segments) at least %d cases, and %d where LOCK makes an invalid opcode: random registers, addressing
        forms and immediates, edge values, accesses that cross pages and the ends of segments, faults. Compared are the
        general registers, RIP, RFLAGS but for TF and RF, the bases of FS and GS, memory, and of an exception the
        vector, the error code and CR2. Of what LAR gives, bits 19:16 are undefined (SDM vol. 2, LAR) and not compared.
        A row of a feature that the host lacks is not run there, and the test says so.

        """;

    private SiliconTable() {
    }

    /** The page. */
    static String text(int casesOfVariant) {
        StringBuilder text = new StringBuilder(HEAD.formatted(casesOfVariant, Comparison.CASES_OF_INVALID));
        text.append("| row | encodings | shapes 64/32/16 | status flags not compared | remarks |\n");
        text.append("|---|---|---|---|---|\n");
        ShapeEncoder encoder = new ShapeEncoder(new SplittableRandom(0));
        int shapes = 0;
        for (Row row : InstructionSet.rows()) {
            shapes += appendRow(text, row, encoder);
        }
        text.append("\n%d shapes.%n%n## Where processors differ%n%n".formatted(shapes));
        text.append("Cases that are not compared, each for a reason that was reviewed.\n\n");
        text.append("| rows | when | hosts | why |\n|---|---|---|---|\n");
        for (ReviewedDifference difference : ReviewedDifference.values()) {
            text.append("| %s | %s | %s | %s |%n".formatted(difference.rows(), difference.when(),
                difference.isAmdOnly() ? "AMD" : "all", difference.word()));
        }
        return text.toString();
    }

    private static int appendRow(StringBuilder text, Row row, ShapeEncoder encoder) {
        TreeSet<String> remarks = new TreeSet<>();
        List<Integer> counts = new ArrayList<>();
        for (SiliconMode mode : SiliconMode.values()) {
            int compared = 0;
            if (!row.implemented()) {
                remarks.add("not implemented");
            } else {
                for (ShapeVariant variant : encoder.variants(row, mode)) {
                    String reason = NotCompared.reason(row, variant.shape());
                    if (reason == null) {
                        compared++;
                    } else {
                        remarks.add("not compared: " + reason);
                    }
                }
            }
            counts.add(compared);
        }
        if (row.implemented() && row.feature() != null) {
            remarks.add("where the host has " + row.feature());
        }
        text.append("| %s | %d | %s | %s | %s |%n".formatted(row, row.encodings().size(),
            counts.stream().map(String::valueOf).collect(Collectors.joining(" / ")), undefined(row),
            String.join("; ", remarks)));
        return counts.stream().mapToInt(Integer::intValue).sum();
    }

    private static String undefined(Row row) {
        return Arrays.stream(Flag.values()).filter(f -> (row.flagsUndefined() & f.mask()) != 0).map(Flag::name)
            .collect(Collectors.joining(" "));
    }
}
