/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.CheckFailure;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;

/** A stop as text: what happened, in which tree of contexts, what changed, and the registers of both sides. */
public final class StopText {
    private static final int LABEL = 17;

    private final Session session;
    private final Stop stop;
    private final Page page;
    private final List<Context> contexts;

    private StopText(Session session, Stop stop, Ink ink) {
        this.session = session;
        this.stop = stop;
        this.page = new Page(ink);
        this.contexts = session.contexts(stop.id());
    }

    /** Everything about a stop. */
    public static String full(Session session, Stop stop, Ink ink) {
        StopText text = new StopText(session, stop, ink);
        text.page.line(ink.strong(text.title()) + text.position());
        text.contextTree();
        switch (stop.reason()) {
            case StopReason.VmExit(ExitInformation exit) -> text.exit(exit);
            case StopReason.EntryFailure failure -> {
                failure.exit().ifPresent(text::exit);
                text.checks(failure.checks());
            }
            default -> {
            }
        }
        text.nextInstruction();
        text.vmcsChanges();
        text.bothRegisters();
        return text.page.toString();
    }

    /** Whether a stop is one to look at and go on from, not the end of a run. */
    public static boolean isBreak(Stop stop) {
        return switch (stop.reason()) {
            case StopReason.AtBreakpoint _, StopReason.VmExit _, StopReason.VmEntry _, StopReason.EntryFailure _,
                    StopReason.Step _, StopReason.Ready _ -> true;
            default -> false;
        };
    }

    /** Why a run ended, as part of a line; nothing if the guest ended it, which the exit status tells. */
    public static Optional<String> end(Session session, Stop stop) {
        StopText text = new StopText(session, stop, new Ink(false));
        return switch (stop.reason()) {
            case StopReason.GuestExit _, StopReason.PowerOff _ -> Optional.empty();
            default -> {
                String title = text.title();
                yield Optional.of(title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1)
                        + text.position() + ", at " + text.instructionAt(stop.current()));
            }
        };
    }

    /** The title of a stop and the instruction that comes next, after a step. */
    public static String brief(Session session, Stop stop, Ink ink) {
        StopText text = new StopText(session, stop, ink);
        if (!(stop.reason() instanceof StopReason.Step)) {
            text.page.line(ink.strong(text.title()) + text.position());
        }
        text.page.line(text.instructionAt(stop.current()));
        return text.page.toString();
    }

    /** The tree of contexts. */
    public static String contexts(Session session, Stop stop, Ink ink) {
        StopText text = new StopText(session, stop, ink);
        text.contextTree();
        return text.page.toString().strip() + "\n";
    }

    /** Why a VM entry failed. */
    public static String explanation(Session session, Stop stop, StopReason.EntryFailure failure, Ink ink) {
        StopText text = new StopText(session, stop, ink);
        text.page.line(ink.strong(text.title()) + text.position());
        text.checks(failure.checks());
        return text.page.toString();
    }

    private String title() {
        return switch (stop.reason()) {
            case StopReason.Ready _ -> "Ready";
            case StopReason.AtBreakpoint(int number) -> "Breakpoint " + number;
            case StopReason.VmExit(ExitInformation exit) ->
                    "VM exit " + exit.name() + " (reason " + exit.number() + ") from " + name(exit.guest());
            case StopReason.VmEntry(ContextId.Guest guest, boolean launch) ->
                    "VM entry to " + name(guest) + " by " + (launch ? "VMLAUNCH" : "VMRESUME");
            case StopReason.EntryFailure failure -> "Failed VM entry to " + name(failure.guest()) + ": "
                    + failure.error().map(error -> "VMfailValid, error " + error.number() + " (" + error.text() + ")")
                            .or(() -> failure.exit().map(exit -> "VM exit " + exit.name() + " (reason "
                                    + exit.number() + ")" + (exit.words().isEmpty() ? "" : ", " + exit.words())))
                            .orElse("VMfail");
            case StopReason.Step _ -> "Step";
            case StopReason.Paused _ -> "Paused";
            case StopReason.Shutdown(String cause) -> "Shutdown (triple fault): " + cause;
            case StopReason.NotImplemented(String what) -> "Not implemented: " + what;
            case StopReason.GuestExit(long value) -> "The guest ended the run with value " + value;
            case StopReason.PowerOff _ -> "The guest switched the machine off";
            case StopReason.Limit _ -> "Limit of steps or time reached";
            case StopReason.Idle _ -> "Every processor is halted and nothing will wake one";
            case StopReason.Divergence(String difference) -> "The engines differ: " + difference;
        };
    }

    private String position() {
        return ", processor " + stop.vcpu() + ", step " + stop.steps();
    }

    private String name(ContextId id) {
        return contexts.stream().filter(context -> context.id().equals(id)).map(Context::name).findFirst()
                .orElseGet(id::toString);
    }

    private void contextTree() {
        page.heading("Contexts");
        for (Context context : contexts) {
            int depth = depth(context);
            String branch = depth == 0 ? "" : "   ".repeat(depth - 1) + "`- ";
            String label = branch + context.name();
            String mark = context.id().equals(stop.current()) ? "=> " : "   ";
            page.line(mark + label + " ".repeat(Math.max(2, LABEL - label.length())) + describe(context));
        }
    }

    private int depth(Context context) {
        return context.parent().map(parent -> 1 + contexts.stream().filter(other -> other.id().equals(parent))
                .findFirst().map(this::depth).orElse(0)).orElse(0);
    }

    private String describe(Context context) {
        String state = switch (context.state()) {
            case RUNNING -> "runs on processor " + context.vcpu().orElseThrow();
            case WAITING -> context.id() instanceof ContextId.Root ? "waits for its guest" : "waits for VM entry";
            case PARKED -> "parked";
        };
        String rip = codeFrame(context.id()).map(code -> ", rip " + Page.hex(code.instructionPointer())).orElse("");
        String vmcs = context.id() instanceof ContextId.Guest guest ? ", VMCS at hpa:" + Page.hex(guest.vmcsHpa()) : "";
        String exit = context.lastExitSteps().isEmpty() ? ""
                : ", last exit at step " + context.lastExitSteps().getAsLong();
        return state + rip + vmcs + exit + (context.inferred() ? ", nesting inferred" : "");
    }

    private Optional<Frame.Code> codeFrame(ContextId context) {
        return stop.frames().stream().filter(Frame.Code.class::isInstance).map(Frame.Code.class::cast)
                .filter(code -> code.context().equals(context)).findFirst();
    }

    private void exit(ExitInformation exit) {
        page.heading("Exit");
        page.entry("reason", LABEL, exit.number() + " " + exit.name()
                + exit.key().map(key -> ": " + key.reason().meaning()).orElse(": the manual knows no such reason"));
        page.entry("qualification", LABEL, Page.hex(exit.qualification())
                + (exit.words().isEmpty() ? "" : ": " + exit.words()));
        page.entry("instruction", LABEL, exit.instruction().map(this::instruction)
                .orElse(name(exit.guest()) + ": the instruction at RIP " + Page.hex(exit.guestRip())
                        + " cannot be read"));
        for (VmcsFieldValue field : exit.fields()) {
            page.entry(field.field().title(), 2 * LABEL + 2, Page.hex(field.value())
                    + (field.words().isEmpty() ? "" : ": " + field.words()));
        }
    }

    private String instruction(InstructionText instruction) {
        return session.format(instruction.address()) + "  " + Page.spaced(instruction.bytes()) + "  "
                + instruction.text();
    }

    private String instructionAt(ContextId context) {
        Optional<Frame.Code> frame = codeFrame(context);
        if (frame.isEmpty()) {
            return "";
        }
        Address address = new Address(new Space.Linear(context), frame.get().instructionPointer());
        List<InstructionText> code = session.disassemble(stop.id(), address, 1);
        return code.isEmpty() ? session.format(address) + "  cannot be read" : instruction(code.getFirst());
    }

    private void nextInstruction() {
        page.heading("Next instruction");
        page.line("  " + instructionAt(stop.current()));
    }

    private void checks(List<CheckFailure> checks) {
        page.heading(checks.size() == 1 ? "The check that failed" : "The checks that failed: " + checks.size());
        boolean first = true;
        for (CheckFailure failure : checks) {
            if (!first) {
                page.gap();
            }
            first = false;
            page.line("  " + page.ink().strong(failure.check().name()));
            page.entry("  manual", LABEL, "\"" + failure.check().citation().title() + "\" ("
                    + failure.check().citation().section() + ")");
            page.entry("  rule", LABEL, failure.check().rule());
            for (VmcsFieldValue field : failure.fields()) {
                page.entry("  field", LABEL, field.field().name() + " = " + Page.hex(field.value())
                        + (field.words().isEmpty() ? "" : " (" + field.words() + ")"));
            }
            page.entry("  remedy", LABEL, failure.check().remedy());
        }
    }

    private void vmcsChanges() {
        if (stop.vmcs().isEmpty()) {
            return;
        }
        ContextId owner = stop.subject().orElse(stop.current());
        String whose = owner instanceof ContextId.Guest ? " of " + name(owner) : "";
        page.heading("VMCS fields" + whose + " that changed since the last stop, or since the first VM entry");
        VmcsText.changes(page, stop.vmcs());
    }

    private void bothRegisters() {
        stop.subject().ifPresent(subject -> registers(subject, session.registers(stop.id(), subject)));
        registers(stop.current(), stop.registers());
    }

    private void registers(ContextId context, List<RegisterGroup> groups) {
        String kind = context instanceof ContextId.Guest ? "Guest registers (" : "Host registers (";
        page.heading(kind + name(context) + ")");
        RegisterText.summary(page, groups);
    }
}
