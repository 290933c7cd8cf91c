/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import org.exitpoint.arch.vmx.ExitFilter;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.text.Ink;
import org.exitpoint.cli.text.Page;
import org.exitpoint.cli.text.StopText;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;

/** The prompt: reads commands and carries them out until the person quits or the run is over. */
public final class Prompt {
    private static final String SIGN = "exitpoint> ";
    private static final int HELP_COLUMN = 28;

    private final Controls controls;
    private final Session session;
    private final BufferedReader in;
    private final PrintStream out;
    private final Ink ink;
    private final Answers answers;
    private Stop stop;
    private String last = "";

    /** A prompt. */
    public Prompt(Controls controls, InputStream in, PrintStream out, Ink ink) {
        this.controls = controls;
        this.session = controls.session();
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.ink = ink;
        this.answers = new Answers(session, ink);
    }

    /**
     * Reads commands.
     *
     * @param from where the machine stands
     * @return the exit status: 0 when the person quits, else what ended the run
     * @throws Failure if the session ended
     */
    public int run(Stop from) throws Failure {
        stop = from;
        out.println();
        out.println("Type help for the commands.");
        while (true) {
            String line = read();
            if (line == null) {
                out.println();
                return ExitStatus.OK;
            }
            try {
                if (!execute(line.strip())) {
                    return ExitStatus.OK;
                }
            } catch (SessionException | IllegalArgumentException e) {
                out.println(e.getMessage());
            }
            if (stop.reason().isFinal()) {
                out.println(StopText.end(session, stop).orElse(
                        "the run is over: the guest ended it with status " + ExitStatus.of(stop.reason())));
                return ExitStatus.of(stop.reason());
            }
        }
    }

    private String read() {
        out.print(SIGN);
        out.flush();
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    /** Carries out a line; false to quit. */
    private boolean execute(String typed) throws Failure {
        String line = typed.isEmpty() ? last : typed;
        if (line.isEmpty()) {
            return true;
        }
        String[] words = line.split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1];
        PromptCommand command = PromptCommand.find(words[0]);
        last = command.isRepeated() ? line : "";
        switch (command) {
            case STEP -> moved(controls.step(stop.vcpu(), StepKind.INTO));
            case OVER -> moved(controls.step(stop.vcpu(), StepKind.OVER));
            case FINISH -> moved(controls.step(stop.vcpu(), StepKind.RETURN));
            case CONTINUE -> moved(controls.resume());
            case NEXT -> moved(toNext(rest));
            case ENTRY -> moved(runTo(new Breakpoint.VmEntryBreakpoint(new ContextSelector.Any())));
            case BREAK -> setBreakpoint(rest);
            case DELETE -> session.remove(Answers.number(rest, -1));
            case WHERE -> out.print(StopText.full(session, stop, ink));
            case CONTEXTS -> out.print(StopText.contexts(session, stop, ink));
            case REGISTERS -> out.print(answers.registers(stop, rest));
            case VMCS -> out.print(answers.vmcs(stop, rest));
            case MEMORY -> out.print(answers.memory(stop, rest));
            case CODE -> out.print(answers.code(stop, rest));
            case WALK -> out.print(answers.walk(stop, rest));
            case EXITS -> out.print(answers.exits(rest));
            case HELP -> help();
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    private Stop toNext(String filter) throws Failure {
        ContextSelector any = new ContextSelector.Any();
        return runTo(filter.isEmpty() ? new Breakpoint.AnyVmExit(any)
                : new Breakpoint.VmExitBreakpoint(any, ExitFilter.parse(filter)));
    }

    private Stop runTo(Breakpoint breakpoint) throws Failure {
        int number = session.add(breakpoint);
        try {
            return controls.resume();
        } finally {
            session.remove(number);
        }
    }

    private void setBreakpoint(String text) {
        Address address = session.parseAddress(stop.id(), text);
        if (!(address.space() instanceof Space.Linear linear)) {
            throw new IllegalArgumentException("breakpoints are at linear addresses, such as guest1:0x401000");
        }
        String name = session.format(new Address(new Space.Linear(linear.context()), 0)).split(":")[0];
        int number = session.add(new Breakpoint.AtAddress(new ContextSelector.Named(name), address.offset()));
        out.println("breakpoint " + number + " at " + session.format(address));
    }

    private void moved(Stop to) {
        stop = to;
        if (stop.reason().isFinal()) {
            return;
        }
        boolean full = switch (stop.reason()) {
            case StopReason.VmExit _, StopReason.EntryFailure _ -> true;
            default -> false;
        };
        out.print(full ? StopText.full(session, stop, ink) : StopText.brief(session, stop, ink));
    }

    private void help() {
        Page page = new Page(ink);
        for (PromptCommand command : PromptCommand.values()) {
            page.entry(command.usage(), HELP_COLUMN, command.meaning());
        }
        page.line("Any beginning that only one command has is enough; an empty line repeats a step.");
        out.print(page);
    }
}
