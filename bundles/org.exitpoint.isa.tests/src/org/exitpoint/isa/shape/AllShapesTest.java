/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.decode.EncodingSamples;
import org.exitpoint.isa.decode.EncodingSamples.Sample;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.table.InstructionSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every encoding of every row decodes to itself, and every shape that it can have is a verified program. */
class AllShapesTest {
    private final Decoder decoder = new Decoder();
    private final Set<Encoding> reached = new HashSet<>();
    private final Set<Shape> shapes = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void everyEncodingDecodesToItselfAndBuildsVerifiedPrograms() {
        List<Encoding> encodings = new ArrayList<>();
        for (Row row : InstructionSet.rows()) {
            encodings.addAll(row.encodings());
            EncodingSamples.of(row, this::check);
        }
        encodings.removeIf(reached::contains);
        System.out.printf("rows %d, encodings %d, shapes %d%n", InstructionSet.rows().size(), reached.size(),
            shapes.size());
        assertThat(failures).isEmpty();
        assertThat(encodings).as("encodings that no sample decodes to").isEmpty();
    }

    private void check(Sample sample) {
        Width[] stacks = sample.mode().isLong() ? new Width[] {Width.I64} : new Width[] {Width.I16, Width.I32};
        for (Width stack : stacks) {
            byte[] bytes = sample.bytes();
            Instruction instruction = decoder.decode(bytes, 0, bytes.length, sample.mode(), stack);
            if (instruction == null || instruction.length() != bytes.length) {
                failures.add(sample.row() + " " + sample.encoding() + " " + sample.mode() + " "
                    + HexFormat.of().formatHex(bytes) + " is " + instruction);
                return;
            }
            reached.add(instruction.shape().key().encoding());
            shapes.add(instruction.shape());
        }
    }
}
