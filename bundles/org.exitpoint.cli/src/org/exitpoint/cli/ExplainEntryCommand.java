/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.util.concurrent.Callable;
import org.exitpoint.cli.json.StopJson;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.text.Ink;
import org.exitpoint.cli.text.StopText;
import org.exitpoint.debug.api.breakpoint.Breakpoint.EntryFailureBreakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exitpoint explain-entry}: runs an image to the first VM entry that fails and says why. */
@Command(name = "explain-entry", header = "Runs an image to the first VM entry that fails, and says why.",
        description = {"",
            "Each check that failed is shown by its name, with the section of the manual that lists it, what must "
                    + "hold, the fields that it looks at with their values, and what would satisfy it.",
            "",
            "Exit status: 0 if an entry failed and was explained; else what ended the run, as \"exitpoint run\" ends.",
            ""},
        optionListHeading = "%nOptions:%n", parameterListHeading = "Parameters:%n")
final class ExplainEntryCommand implements Callable<Integer> {
    private final Host host;

    @Parameters(index = "0", paramLabel = "IMAGE|demo:NAME", description = "The image, as for \"exitpoint run\".")
    private String image;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private LimitOptions limits;

    @Option(names = "--json", description = "Show the stop as one line of JSON.")
    private boolean json;

    ExplainEntryCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws Failure {
        Limits within = limits.limits();
        try (Debugging debugging = Debugging.open(host, machine.request(image, host), null)) {
            debugging.session().add(new EntryFailureBreakpoint(new ContextSelector.Any()));
            Stop stop = debugging.run(within);
            if (json) {
                host.err().println(StopJson.line(debugging.session(), stop));
            }
            if (stop.reason() instanceof StopReason.EntryFailure failure) {
                if (!json) {
                    host.err().print(StopText.explanation(debugging.session(), stop, failure,
                            Ink.of(host.terminal())));
                }
                return ExitStatus.OK;
            }
            if (!json) {
                host.err().println("exitpoint: no VM entry failed; "
                        + StopText.end(debugging.session(), stop).orElse("the guest ended the run"));
            }
            return debugging.takeInterrupt() ? Debugging.INTERRUPTED : ExitStatus.of(stop.reason());
        }
    }
}
