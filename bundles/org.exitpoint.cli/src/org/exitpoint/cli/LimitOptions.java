/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import org.exitpoint.cli.machine.Failure;
import picocli.CommandLine.Option;

/** The options that end a run. */
final class LimitOptions {
    @Option(names = "--max-steps", paramLabel = "N",
            description = "Stop after N steps: instructions, events delivered, VM entries and exits.")
    private String maxSteps;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop after so many seconds on the wall clock.")
    private String timeout;

    /** The limits that the options say. */
    Limits limits() throws Failure {
        return new Limits(maxSteps == null ? Long.MAX_VALUE : Numbers.positive("--max-steps", maxSteps),
                timeout == null ? Long.MAX_VALUE : Numbers.nanoseconds("--timeout", timeout));
    }
}
