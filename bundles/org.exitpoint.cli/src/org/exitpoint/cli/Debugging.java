/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.MachineRequest;
import org.exitpoint.cli.prompt.Controls;
import org.exitpoint.debug.LocalSession;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import org.exitpoint.debug.exit.ExitTrace;

/** A session as the commands need it: opened, run within limits, interrupted by Ctrl-C, closed. */
final class Debugging implements AutoCloseable {
    /** What a command that Ctrl-C ends has as status, by custom. */
    static final int INTERRUPTED = 130;

    private final LocalSession session;
    private final Controls controls;
    private final AtomicBoolean interrupted = new AtomicBoolean();

    private Debugging(LocalSession session) throws Failure {
        this.session = session;
        this.controls = new Controls(session);
    }

    /**
     * Opens a session.
     *
     * @param traceFile where VM exits are written, or null
     */
    static Debugging open(Host host, MachineRequest request, String traceFile) throws Failure {
        Optional<ExitTrace> trace = traceFile == null ? Optional.empty()
                : Optional.of(new ExitTrace(new BufferedWriter(
                        new OutputStreamWriter(OutputFile.open(traceFile), StandardCharsets.UTF_8))));
        Debugging debugging = new Debugging(new LocalSession(host.machines().create(request), trace));
        if (host.signals()) {
            Interrupts.handle(debugging::interrupt);
        }
        return debugging;
    }

    /** The first Ctrl-C stops the machine; one while it stands, or a second, ends the process. */
    private void interrupt() {
        if (session.stop().isPresent() || interrupted.getAndSet(true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        session.pause();
    }

    /** The session. */
    LocalSession session() {
        return session;
    }

    /** Runs and steps. */
    Controls controls() {
        return controls;
    }

    /** Whether Ctrl-C stopped the machine since this was last asked. */
    boolean takeInterrupt() {
        return interrupted.getAndSet(false);
    }

    /** Runs to the next stop. Time that runs out is a limit reached, as steps are. */
    Stop run(Limits limits) throws Failure {
        Stop stop = controls.resume(limits.steps(), limits.nanoseconds());
        boolean timeOut = stop.reason() instanceof StopReason.Paused && !interrupted.get();
        return timeOut ? new Stop(stop.id(), new StopReason.Limit(), stop.steps(), stop.vcpu(), stop.current(),
                stop.subject(), stop.frames(), stop.registers(), stop.vmcs()) : stop;
    }

    @Override
    public void close() {
        session.close();
    }
}
