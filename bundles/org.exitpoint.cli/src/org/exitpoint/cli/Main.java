/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.NearestName;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.debug.api.SessionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code exitpoint}. Whatever goes wrong ends with one sentence and a status, never with a stack trace. */
@Command(name = "exitpoint", versionProvider = Main.Version.class, synopsisSubcommandLabel = "COMMAND",
        header = "Runs hypervisors on a simulated PC whose processors have VT-x, and shows what they do.",
        description = {"",
            "The guest's serial output is standard output, all else goes to standard error. The same command gives the "
                    + "same run, always.", ""},
        commandListHeading = "Commands:%n", optionListHeading = "Options:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  exitpoint demo                                   a hypervisor, stopped at its first VM exit",
            "  exitpoint run hypervisor.elf --append 'quiet'    run an image to its end",
            "  exitpoint run hypervisor.elf --break-on-exit EPT_VIOLATION:gpa=0x1000-0x1fff --json",
            "  exitpoint run demo:tour --trace-exits exits.jsonl",
            "  exitpoint explain-entry hypervisor.elf           why VM entry fails, check by check",
            "",
            "Exit status:",
            "  odd   the guest's own: (value << 1 | 1) for a value written to port 0xf4",
            "    0   the guest switched the machine off, or the command did what it was asked",
            "    2   wrong command line",
            "    4   an image or module that cannot be loaded",
            "    6   a file that cannot be written",
            "  114   every processor halted and nothing will wake one",
            "  116   the engines of a lock-step run differ",
            "  118   an internal error",
            "  120   the guest reached something that is not implemented",
            "  122   shutdown (triple fault)",
            "  124   limit of steps or time reached",
            "  126   stopped at a breakpoint, with no terminal to go on from",
            "  130   interrupted",
            "",
            "\"exitpoint COMMAND --help\" says more."})
public final class Main implements Runnable {
    private static final String NAME = "exitpoint: ";
    private static final int WIDTH = 100;

    private final Host host;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /**
     * The command.
     *
     * @param host what surrounds it
     */
    public Main(Host host) {
        this.host = host;
    }

    /**
     * Runs the command and ends the process.
     *
     * @param args its arguments
     */
    public static void main(String[] args) {
        int status = new Main(Host.ofProcess(new PlatformMachines())).execute(args);
        System.exit(status);
    }

    /** The version, from the bundle's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"exitpoint " + (version == null ? "0.1.0" : version)
                    + " (Java " + Runtime.version() + ")"};
        }
    }

    /**
     * Runs the command.
     *
     * @param args its arguments
     * @return the exit status
     */
    public int execute(String... args) {
        CommandLine command = new CommandLine(this);
        command.addSubcommand(new DemoCommand(host));
        command.addSubcommand(new RunCommand(host));
        command.addSubcommand(new ExplainEntryCommand(host));
        command.setOut(new PrintWriter(host.out(), true));
        command.setErr(new PrintWriter(host.err(), true));
        command.setParameterExceptionHandler((problem, _) -> complain(ExitStatus.USAGE, sentence(problem)));
        command.setExecutionExceptionHandler((problem, _, _) -> fail(problem));
        command.setUsageHelpWidth(WIDTH);
        command.setExpandAtFiles(false);
        return command.execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: demo, run or explain-entry, or --help");
    }

    private int fail(Exception problem) {
        return switch (problem) {
            case Failure failure -> complain(failure.status(), failure.getMessage());
            case SessionException refusal -> complain(ExitStatus.INTERNAL, refusal.getMessage());
            default -> complain(ExitStatus.INTERNAL, "internal error: " + problem);
        };
    }

    private int complain(int status, String sentence) {
        host.err().println(NAME + sentence.strip().replaceAll("\\s*\\R\\s*", " "));
        return status;
    }

    private static String sentence(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getCommandLine(), unmatched.getUnmatched().getFirst());
        }
        String message = problem.getMessage();
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String unmatched(CommandLine command, String argument) {
        if (argument.startsWith("-")) {
            List<String> options = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
            String name = argument.split("=", 2)[0];
            return "there is no option " + name + NearestName.suggestion(name, options);
        }
        return command.getSubcommands().isEmpty() ? "\"" + argument + "\" is one argument too many"
                : "there is no command \"" + argument + "\""
                        + NearestName.suggestion(argument, command.getSubcommands().keySet());
    }
}
