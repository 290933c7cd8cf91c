/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a run of the command gave.
 *
 * @param status its exit status
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int status, String out, String err) {
    /** Runs the command without a terminal. */
    public static CommandRun of(String... args) {
        return run("", false, args);
    }

    /** Runs the command at a terminal where a person types. */
    public static CommandRun typing(String typed, String... args) {
        return run(typed, true, args);
    }

    private static CommandRun run(String typed, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Host host = new Host(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out,
                new PrintStream(err, true, StandardCharsets.UTF_8), terminal, false, new PlatformMachines());
        int status = new Main(host).execute(args);
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The lines on standard error. */
    public List<String> errLines() {
        return err.lines().toList();
    }
}
