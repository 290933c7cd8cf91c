/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tour from beginning to end, with every VM exit traced. */
class TourTraceTest {
    /** What the tour calls the fields, and the trace. */
    private static final Map<String, String> FIELDS = Map.of("len", "VM_EXIT_INSTRUCTION_LENGTH", "linear",
            "GUEST_LINEAR_ADDRESS", "physical", "GUEST_PHYSICAL_ADDRESS", "interruption",
            "VM_EXIT_INTERRUPTION_INFORMATION", "error", "VM_EXIT_INTERRUPTION_ERROR_CODE", "info",
            "VM_EXIT_INSTRUCTION_INFORMATION");
    private static final int REASONS = 18;

    @TempDir
    private Path directory;

    private record Traced(CommandRun run, Path file) {
    }

    private Traced trace(String engine) {
        Path file = directory.resolve(engine + ".jsonl");
        String[] command = {"run", "demo:tour", "--engine", engine, "--trace-exits", file.toString()};
        return new Traced(CommandRun.of(command), file);
    }

    private static long hex(JsonObject object, String member) {
        return Long.parseUnsignedLong(object.get(member).getAsString().substring(2), 16);
    }

    @Test
    void theTourEndsWellAndItsTraceHasEveryExitItSaw() throws IOException {
        Traced traced = trace("interpreter");
        assertThat(traced.run.status()).isEqualTo(1);
        assertThat(traced.run.err()).isEmpty();
        List<TourLine> printed = traced.run.exits();
        List<String> lines = Files.readAllLines(traced.file);
        assertThat(lines).hasSameSizeAs(printed);
        Set<String> reasons = new HashSet<>();
        long steps = 0;
        for (int i = 0; i < lines.size(); i++) {
            JsonObject exit = JsonParser.parseString(lines.get(i)).getAsJsonObject();
            assertThat(exit.get("index").getAsInt()).isEqualTo(i);
            assertThat(exit.get("steps").getAsLong()).isGreaterThan(steps);
            steps = exit.get("steps").getAsLong();
            reasons.add(exit.get("reason").getAsString());
            assertSame(exit, printed.get(i));
        }
        assertThat(reasons).hasSizeGreaterThanOrEqualTo(REASONS);
    }

    /** What the hypervisor read by VMREAD is what the trace says, and the trace has no other field. */
    private static void assertSame(JsonObject exit, TourLine printed) {
        String step = printed.toString();
        assertThat(exit.get("number").getAsInt()).as(step).isEqualTo(printed.number());
        assertThat(exit.get("reason").getAsString()).as(step).isEqualTo(printed.name());
        assertThat(hex(exit, "qualification")).as(step).isEqualTo(printed.value("qual").orElseThrow());
        assertThat(hex(exit, "rip")).as(step).isEqualTo(printed.value("rip").orElseThrow());
        JsonObject fields = exit.getAsJsonObject("fields");
        FIELDS.forEach((key, field) -> {
            OptionalLong value = printed.value(key);
            assertThat(fields.has(field)).as("%s of %s", field, step).isEqualTo(value.isPresent());
            if (value.isPresent()) {
                assertThat(hex(fields, field)).as("%s of %s", field, step).isEqualTo(value.getAsLong());
            }
        });
        // A guest whose fetch faults has no instruction that could be read.
        if (!printed.fields().get("step").equals("fetch_no_execute")) {
            String bytes = exit.get("instruction").getAsString();
            assertThat(exit.get("disassembly").getAsString()).as(step).isNotEmpty();
            printed.value("len").ifPresent(length -> assertThat(bytes).as(step).hasSize(2 * (int) length));
        }
    }

    @Test
    void everyEngineGivesTheSameTraceAndTheSameOutput() throws IOException {
        Traced interpreter = trace("interpreter");
        Traced translator = trace("translator");
        Traced lockstep = trace("lockstep");
        assertThat(translator.run).isEqualTo(interpreter.run);
        assertThat(lockstep.run).isEqualTo(interpreter.run);
        byte[] expected = Files.readAllBytes(interpreter.file);
        assertThat(expected).isNotEmpty();
        assertThat(translator.file).hasBinaryContent(expected);
        assertThat(lockstep.file).hasBinaryContent(expected);
    }
}
