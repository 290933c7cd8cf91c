/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.exitpoint.cli.Host;
import org.exitpoint.cli.Main;
import org.exitpoint.cli.PlatformMachines;
import org.exitpoint.guests.SampleGuests;

/**
 * What a run of the command gave.
 *
 * @param status its exit status
 * @param out standard output: the guest's serial output
 * @param err standard error
 */
record CommandRun(int status, String out, String err) {
    /** Runs the command without a terminal. */
    static CommandRun of(String... args) {
        return run("", false, args);
    }

    /** Runs the command at a terminal where a person types. */
    static CommandRun typing(String typed, String... args) {
        return run(typed, true, args);
    }

    private static CommandRun run(String typed, boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Host host = new Host(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), out,
                new PrintStream(err, true, StandardCharsets.UTF_8), terminal, false, new PlatformMachines());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // In OSGi the command's own loader does not see the guests, which it finds on the class path otherwise.
        thread.setContextClassLoader(SampleGuests.class.getClassLoader());
        try {
            int status = new Main(host).execute(args);
            return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The lines that the tour printed for VM exits, each as its words. */
    List<TourLine> exits() {
        return out.lines().filter(line -> line.startsWith("exit ")).map(TourLine::parse).toList();
    }
}
