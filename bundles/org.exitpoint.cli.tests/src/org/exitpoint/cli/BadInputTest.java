/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with the command line or the image: one sentence, the documented status, no stack trace. */
class BadInputTest {
    private static final int USAGE = 2;
    private static final int BAD_IMAGE = 4;
    private static final int CANNOT_WRITE = 6;

    @TempDir
    private Path directory;
    private String good;

    @BeforeEach
    void writeGoodImage() throws IOException {
        good = TestImage.ofCode("eb fe").write(directory.resolve("good.elf")).toString();
    }

    private static void assertRefused(int status, String expected, String... args) {
        CommandRun run = CommandRun.of(args);
        assertThat(run.errLines()).as(Arrays.toString(args)).hasSize(1);
        String line = run.errLines().getFirst();
        assertThat(line).startsWith("exitpoint: ").contains(expected).doesNotContain("Exception", " null", "\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            --engin x                           | there is no option --engin; did you mean --engine?
            --append                            | missing required parameter for option '--append'
            --engine jit                        | there is no engine "jit"; there are auto, interpreter
            --engine interpretr                 | did you mean interpreter?
            --break-on-exit CPUD                | there is no exit reason "CPUD"; did you mean CPUID?
            --break-on-exit CPUID:port=1        | have no key "port": it has leaf, subleaf
            --break-on-exit CPUID:leaf          | not of the form key=value
            --break-on-exit CPUID:leaf=x        | "x" is not a leaf of CPUID
            --break-on-exit EPT_VIOLATION:gpa=2-1 | its ends are swapped
            --memory 512                        | "512" is no memory size
            --memory -1M                        | is no memory size
            --memory 1K                         | memory of 1K cannot be had
            --memory 99999999999T               | memory of 99999999999T cannot be had
            --memory 2049K                      | memory of 2049K cannot be had
            --cpus 0                            | --cpus takes a number from 1 up
            --cpus many                         | --cpus takes a number from 1 up
            --cpus 1000                         | at most 255 processors
            --cpu pentium9                      | there is no processor model pentium9
            --cpu max,+foo                      | there is no processor feature foo
            --cpu max,maxphyaddr=99             | MAXPHYADDR is 36 to 52 bits
            --max-steps -1                      | --max-steps takes a number from 1 up
            --max-steps 1e3                     | --max-steps takes a number from 1 up
            --timeout 0                         | --timeout takes a number of seconds above 0
            --timeout soon                      | --timeout takes a number of seconds above 0
            --timeout NaN                       | --timeout takes a number of seconds above 0
            --serial tty                        | --serial takes stdio or file:FILE
            --serial file:                      | --serial takes stdio or file:FILE
            --memory 1M --memory 2M             | should be specified only once
            another                             | "another" is one argument too many
            """)
    void options(String options, String sentence) {
        String[] words = ("run " + good + " " + options).split(" ");
        assertRefused(USAGE, sentence, words);
    }

    @Test
    void commands() {
        assertRefused(USAGE, "a command is missing");
        assertRefused(USAGE, "there is no command \"rn\"; did you mean run?", "rn");
        assertRefused(USAGE, "missing required parameter: 'IMAGE", "run");
        assertRefused(USAGE, "there is no option --foo", "--foo");
        assertRefused(USAGE, "there is no option --trace-exits", "explain-entry", good, "--trace-exits", "x");
    }

    @Test
    void anArgumentIsNoFileOfArguments() throws IOException {
        Path arguments = Files.writeString(directory.resolve("arguments"), "--version");
        assertRefused(BAD_IMAGE, "no such file", "run", "@" + arguments);
    }

    @Test
    void filesThatAreNoImages() throws IOException {
        Path text = Files.writeString(directory.resolve("text"), "no image at all\n");
        assertRefused(BAD_IMAGE, text + ": ", "run", text.toString());
        Path empty = Files.createFile(directory.resolve("empty"));
        assertRefused(BAD_IMAGE, empty + ": is empty", "run", empty.toString());
        assertRefused(BAD_IMAGE, "is a directory", "run", directory.toString());
        assertRefused(BAD_IMAGE, "no such file", "run", directory.resolve("vanished").toString());
        assertRefused(BAD_IMAGE, "is not a regular file", "run", "/dev/null");
        assertRefused(BAD_IMAGE, "no such file", "explain-entry", directory.resolve("vanished").toString());
        assertRefused(BAD_IMAGE, "there is no sample guest \"grand-tour\"", "run", "demo:grand-tour");
        assertRefused(BAD_IMAGE, "there is no sample guest \"../tour\"", "run", "demo:../tour");
    }

    @Test
    void everyTruncationOfAnImage() throws IOException {
        byte[] image = TestImage.ofCode("eb fe").bytes();
        Path file = directory.resolve("short.elf");
        for (int length = 1; length < image.length; length++) {
            Files.write(file, Arrays.copyOf(image, length));
            assertRefused(BAD_IMAGE, file + ": ", "run", file.toString());
        }
    }

    @Test
    void segmentsThatDoNotFit() throws IOException {
        Path file = directory.resolve("wrong.elf");
        TestImage.ofCode("eb fe").segment(TestImage.START + 4, new byte[8], 8).write(file);
        assertRefused(BAD_IMAGE, "overlaps", "run", file.toString());
        TestImage.ofCode("eb fe").segment(0x7000_0000, new byte[8], 8).write(file);
        assertRefused(BAD_IMAGE, "is outside memory", "run", file.toString());
        TestImage.ofCode("eb fe").segment(0x20_0000, new byte[8], -1).write(file);
        assertRefused(BAD_IMAGE, file + ": ", "run", file.toString());
        TestImage.ofCode("eb fe").segment(0x20_0000, new byte[8], 4).write(file);
        assertRefused(BAD_IMAGE, "8 bytes in the file but only 0x4 in memory", "run", file.toString());
    }

    @Test
    void modules() {
        assertRefused(BAD_IMAGE, "no such file", "run", good, "--module", directory.resolve("vanished") + "=x");
        assertRefused(BAD_IMAGE, "no such file", "run", good, "--initrd", directory.resolve("vanished").toString());
        assertRefused(BAD_IMAGE, "the name of a file is empty", "run", good, "--module", "=x");
    }

    @Test
    void filesThatCannotBeWritten() {
        String file = directory.resolve("no/such/directory/file").toString();
        assertRefused(CANNOT_WRITE, "there is no such directory", "run", good, "--trace-exits", file);
        assertRefused(CANNOT_WRITE, "there is no such directory", "run", good, "--serial", "file:" + file);
        assertRefused(CANNOT_WRITE, "it is a directory", "run", good, "--trace-exits", directory.toString());
    }
}
