/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.util.concurrent.Callable;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.Images;
import org.exitpoint.cli.prompt.Prompt;
import org.exitpoint.cli.text.Ink;
import org.exitpoint.cli.text.StopText;
import org.exitpoint.debug.api.breakpoint.Breakpoint.AnyVmExit;
import org.exitpoint.debug.api.breakpoint.Breakpoint.EntryFailureBreakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.stop.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exitpoint demo}: runs a sample hypervisor to its first VM exit and shows it. */
@Command(name = "demo", header = "Runs a sample hypervisor to its first VM exit and shows the stop.",
        description = {"",
            "You see the tree of contexts, the exit decoded, the VMCS fields that changed and the registers of guest "
                    + "and host, and then a prompt: step, continue to the next exit, look at registers, VMCS and "
                    + "memory, walk the page tables. \"help\" at the prompt lists its commands. If input is no "
                    + "terminal, the command ends after the stop.", ""},
        optionListHeading = "%nOptions:%n", parameterListHeading = "Parameters:%n")
final class DemoCommand implements Callable<Integer> {
    private final Host host;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", defaultValue = "tour",
            description = "The sample: tour, tour-broken or registers (default: ${DEFAULT-VALUE}).")
    private String name;

    @Mixin
    private MachineOptions machine;

    DemoCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws Failure {
        Ink ink = Ink.of(host.terminal());
        try (Debugging debugging = Debugging.open(host, machine.request(Images.DEMO + name, host), null)) {
            ContextSelector any = new ContextSelector.Any();
            int exit = debugging.session().add(new AnyVmExit(any));
            int failure = debugging.session().add(new EntryFailureBreakpoint(any));
            Stop stop = debugging.run(Limits.NONE);
            boolean interrupted = debugging.takeInterrupt();
            debugging.session().remove(exit);
            debugging.session().remove(failure);
            if (!StopText.isBreak(stop)) {
                StopText.end(debugging.session(), stop).ifPresent(line -> host.err().println("exitpoint: " + line));
                return ExitStatus.of(stop.reason());
            }
            host.err().print(StopText.full(debugging.session(), stop, ink));
            if (!host.terminal()) {
                return interrupted ? Debugging.INTERRUPTED : ExitStatus.OK;
            }
            return new Prompt(debugging.controls(), host.in(), host.err(), ink).run(stop);
        }
    }
}
