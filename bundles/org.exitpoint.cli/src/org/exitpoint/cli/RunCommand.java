/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.exitpoint.arch.vmx.ExitFilter;
import org.exitpoint.cli.json.StopJson;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.MachineRequest;
import org.exitpoint.cli.prompt.Prompt;
import org.exitpoint.cli.text.Ink;
import org.exitpoint.cli.text.StopText;
import org.exitpoint.debug.api.breakpoint.Breakpoint.EntryFailureBreakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.VmExitBreakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exitpoint run}: runs an image to its end or to a stop. */
@Command(name = "run", header = "Runs an image to its end, or to what you ask it to stop at.",
        description = {"",
            "The image is a Multiboot 1 kernel, ELF32 or ELF64. Its serial output is standard output; all else goes to "
                    + "standard error. At a stop that is not the end you get a prompt if there is a terminal, else the "
                    + "stop is shown and the command ends with status 126.", ""},
        optionListHeading = "%nOptions:%n", parameterListHeading = "Parameters:%n",
        footerHeading = "%nExits to stop at:%n",
        footer = {
            "  REASON or REASON:key=value,key=low-high in the manual's names, numbers decimal or with 0x:",
            "    CPUID                              any CPUID exit",
            "    CPUID:leaf=1                       only of this leaf",
            "    IO_INSTRUCTION:port=0x3f8          an I/O port",
            "    EPT_VIOLATION:gpa=0x1000-0x1fff    a range of guest-physical addresses",
            "    CR_ACCESS:cr=0                     a control register",
            "    WRMSR:msr=IA32_EFER                an MSR",
            "    EXCEPTION_OR_NMI:vector=PF         an exception",
            "",
            "Exit status: the guest's own is odd, (value << 1 | 1) for a value written to port 0xf4; 0 is",
            "power-off; the others are even, \"exitpoint --help\" lists them."})
final class RunCommand implements Callable<Integer> {
    private static final double NANOSECONDS = 1e9;

    private final Host host;

    @Parameters(index = "0", paramLabel = "IMAGE|demo:NAME",
            description = "The image: a file, or a sample: demo:tour, demo:tour-broken, demo:registers.")
    private String image;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private LimitOptions limits;

    @Option(names = "--break-on-exit", paramLabel = "SPEC",
            description = "Stop after VM exits such as described below. May be repeated.")
    private List<String> exits = new ArrayList<>();

    @Option(names = "--break-on-entry-failure", description = "Stop when a VM entry fails.")
    private boolean entryFailures;

    @Option(names = "--trace-exits", paramLabel = "FILE",
            description = "Write every VM exit to a file, one JSON object a line.")
    private String trace;

    @Option(names = "--stats", description = "Show at the end what was executed by what, and how fast.")
    private boolean stats;

    @Option(names = "--json", description = "Show each stop, the end included, as one line of JSON.")
    private boolean json;

    RunCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws Failure {
        Limits within = limits.limits();
        List<ExitFilter> filters = filters();
        MachineRequest request = machine.request(image, host);
        long start = System.nanoTime();
        try (Debugging debugging = Debugging.open(host, request, trace)) {
            ContextSelector any = new ContextSelector.Any();
            filters.forEach(filter -> debugging.session().add(new VmExitBreakpoint(any, filter)));
            if (entryFailures) {
                debugging.session().add(new EntryFailureBreakpoint(any));
            }
            Stop stop = debugging.run(within);
            int status = show(debugging, stop);
            showStatistics(debugging, System.nanoTime() - start);
            return status;
        }
    }

    private List<ExitFilter> filters() throws Failure {
        List<ExitFilter> filters = new ArrayList<>();
        for (String exit : exits) {
            try {
                filters.add(ExitFilter.parse(exit));
            } catch (IllegalArgumentException e) {
                throw Failure.usage(e.getMessage());
            }
        }
        return filters;
    }

    private int show(Debugging debugging, Stop stop) throws Failure {
        boolean interrupted = debugging.takeInterrupt();
        int status = interrupted && stop.reason() instanceof StopReason.Paused ? Debugging.INTERRUPTED
                : ExitStatus.of(stop.reason());
        if (json) {
            host.err().println(StopJson.line(debugging.session(), stop));
            return status;
        }
        if (!StopText.isBreak(stop)) {
            StopText.end(debugging.session(), stop).ifPresent(line -> host.err().println("exitpoint: " + line));
            return status;
        }
        Ink ink = Ink.of(host.terminal());
        host.err().print(StopText.full(debugging.session(), stop, ink));
        if (!host.terminal()) {
            return status;
        }
        return new Prompt(debugging.controls(), host.in(), host.err(), ink).run(stop);
    }

    private void showStatistics(Debugging debugging, long nanoseconds) {
        if (!stats || debugging.session().stop().isEmpty()) {
            return;
        }
        long steps = debugging.session().stop().get().steps();
        host.err().print(String.format(Locale.ROOT, "steps %d%nseconds %.3f, start of the machine included%n", steps,
                nanoseconds / NANOSECONDS));
        debugging.session().statistics().forEach(host.err()::println);
    }
}
