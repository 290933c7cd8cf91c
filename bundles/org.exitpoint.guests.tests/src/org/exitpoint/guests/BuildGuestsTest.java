/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.guests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images in the bundle are what their sources build to. */
final class BuildGuestsTest {

    @Test
    void sourcesBuildToTheImagesByteForByte(@TempDir Path directory) throws IOException, InterruptedException {
        String built = prebuiltWith();
        String here = toolsHere();
        if (!here.equals(built)) {
            abort("not run: rebuilding the guests byte for byte needs the tools that built them: "
                    + built.strip().replace("\n", ", ") + "; here: " + here.strip().replace("\n", ", "));
        }
        assertThat(run(directory.toString())).as("messages of the build").isEmpty();
        for (SampleGuests.Entry guest : SampleGuests.list()) {
            try (InputStream image = guest.open()) {
                assertThat(directory.resolve(guest.image())).hasBinaryContent(image.readAllBytes());
            }
        }
    }

    private static String prebuiltWith() throws IOException {
        try (InputStream stream = SampleGuests.class.getResourceAsStream("images/tools.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What the build script says of its tools; a sentence if it cannot run here. */
    private static String toolsHere() throws InterruptedException {
        try {
            return run("--tools");
        } catch (IOException e) {
            return "no bash: " + e.getMessage();
        }
    }

    private static String run(String argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash"));
        command.add(Repository.root().resolve("releng/guests/build-guests").toString());
        command.add(argument);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
