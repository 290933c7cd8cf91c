/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How runs end, with images of a few instructions. */
class RunCommandTest {
    /** Sends "ok" and ends with value 2. */
    private static final String SERIAL_AND_END =
            "66 ba f8 03  b0 6f  ee  b0 6b  ee  b8 02 00 00 00  66 ba f4 00  ef  eb fe";
    private static final String ENDLESS = "eb fe";

    @TempDir
    private Path directory;

    private String image(String code) throws IOException {
        return TestImage.ofCode(code).write(directory.resolve("image.elf")).toString();
    }

    @ParameterizedTest
    @CsvSource({"interpreter", "translator", "lockstep", "auto"})
    void theGuestsValueIsTheStatusAndItsSerialOutputTheOutput(String engine) throws IOException {
        CommandRun run = CommandRun.of("run", image(SERIAL_AND_END), "--engine", engine);
        assertThat(run).isEqualTo(new CommandRun(5, "ok", ""));
    }

    @Test
    void aFileTakesTheSerialOutputIfAsked() throws IOException {
        Path file = directory.resolve("serial.txt");
        CommandRun run = CommandRun.of("run", image(SERIAL_AND_END), "--serial", "file:" + file);
        assertThat(run).isEqualTo(new CommandRun(5, "", ""));
        assertThat(file).hasContent("ok");
    }

    @Test
    void powerOffIsStatusZero() throws IOException {
        StringBuilder code = new StringBuilder("66 ba 00 89");
        for (byte letter : "Shutdown".getBytes(StandardCharsets.US_ASCII)) {
            code.append(" b0 %02x ee".formatted(letter));
        }
        assertThat(CommandRun.of("run", image(code + "eb fe"))).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void aTripleFaultIsSaidWithItsCause() throws IOException {
        CommandRun run = CommandRun.of("run", image("0f 0b"));
        assertThat(run.status()).isEqualTo(122);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("exitpoint: shutdown (triple fault): ").contains("root0:0x10000c", "ud2");
    }

    @Test
    void aHaltThatNothingEndsIsSaid() throws IOException {
        CommandRun run = CommandRun.of("run", image("fa f4"));
        assertThat(run.status()).isEqualTo(114);
        assertThat(run.err()).startsWith("exitpoint: every processor is halted and nothing will wake one");
    }

    @Test
    void whatIsNotImplementedIsSaid() throws IOException {
        // LGDT, then a far jump to the TSS that the table holds: a hardware task switch.
        CommandRun run = CommandRun.of("run", image("0f 01 15 1a 00 10 00  ea 00 00 00 00 08 00  0f 00 20 00 10 00"
                + "00 00 00 00 00 00 00 00  67 00 00 00 00 89 00 00"));
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err()).startsWith("exitpoint: not implemented: hardware task switch")
                .contains("root0:0x100013  ea 00 00 00 00 08 00  jmp 0x8:0x0");
    }

    @Test
    void stepsAreLimited() throws IOException {
        CommandRun run = CommandRun.of("run", image(ENDLESS), "--max-steps", "1_000");
        assertThat(run.status()).isEqualTo(124);
        assertThat(run.err()).isEqualTo("exitpoint: limit of steps or time reached, processor 0, step 1000, "
                + "at root0:0x10000c  eb fe  jmp 0x10000c\n");
    }

    @Test
    void timeIsLimited() throws IOException {
        CommandRun run = CommandRun.of("run", image(ENDLESS), "--timeout", "0.01");
        assertThat(run.status()).isEqualTo(124);
        assertThat(run.err()).startsWith("exitpoint: limit of steps or time reached");
    }

    @Test
    void statisticsSayWhatWasExecuted() throws IOException {
        CommandRun run = CommandRun.of("run", image(ENDLESS), "--engine", "interpreter", "--max-steps", "1000",
                "--stats");
        assertThat(run.err()).contains("steps 1000", "processor 0 interpreter: 1000 steps, 1 blocks");
    }

    @Test
    void statisticsSayWhatTheTranslatorHandsOver() throws IOException {
        CommandRun run = CommandRun.of("run", image(ENDLESS), "--engine", "translator", "--max-steps", "1000",
                "--stats");
        assertThat(run.err()).containsPattern("processor 0 translator: 1000 steps, 1 blocks .*, [1-9][0-9]* bytes of "
                + "host code, [0-9.]+ % of the steps handed to the interpreter");
    }

    @Test
    void aTraceWithoutExitsIsEmpty() throws IOException {
        Path trace = directory.resolve("trace.jsonl");
        Files.writeString(trace, "left from an earlier run\n");
        CommandRun.of("run", image(SERIAL_AND_END), "--trace-exits", trace.toString());
        assertThat(trace).isEmptyFile();
    }

    @Test
    void explainEntrySaysWhenThereIsNothingToExplain() throws IOException {
        CommandRun run = CommandRun.of("explain-entry", image(SERIAL_AND_END));
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).isEqualTo("exitpoint: no VM entry failed; the guest ended the run\n");
        assertThat(CommandRun.of("explain-entry", image(ENDLESS), "--max-steps", "9").status()).isEqualTo(124);
    }

    @Test
    void helpAndVersionGoToStandardOutput() {
        CommandRun help = CommandRun.of("--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Examples:", "Exit status:", "explain-entry");
        assertThat(CommandRun.of("run", "--help").out()).contains("--break-on-exit", "IO_INSTRUCTION:port=0x3f8");
        assertThat(CommandRun.of("--version").out()).startsWith("exitpoint ");
    }

    @Test
    void helpStaysWithinAHundredColumns() {
        for (String command : new String[] {"run", "demo", "explain-entry"}) {
            assertThat(CommandRun.of(command, "--help").out().lines()).allMatch(line -> line.length() <= 100);
        }
    }
}
