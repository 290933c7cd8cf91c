/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.exitpoint.debug.LocalSession;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.exit.ExitTrace;
import org.exitpoint.debug.machine.PlatformMachine;
import org.exitpoint.guests.SampleGuests;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;

/** A session with the tour, whose stops are waited for. */
final class TourSession implements AutoCloseable {
    private static final long MEMORY = 64 << 20;
    private static final int MINUTES = 2;

    private final LocalSession session;
    private final BlockingQueue<Stop> stops = new LinkedBlockingQueue<>();
    private final StringWriter trace = new StringWriter();

    TourSession() {
        session = new LocalSession(PlatformMachine.of(machine()), Optional.of(new ExitTrace(trace)));
        session.addListener(stops::add);
        next();
    }

    private static PcMachine machine() {
        try (InputStream in = SampleGuests.find("tour").orElseThrow().open()) {
            return new PcMachine(new MachineConfiguration(MEMORY, 1, "max", EngineKind.INTERPRETER,
                    new ImageFile("tour", "tour", in.readAllBytes()), "", List.of(), value -> { }, List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ImageException e) {
            throw new AssertionError(e);
        }
    }

    LocalSession session() {
        return session;
    }

    /** The trace of VM exits so far. */
    String trace() {
        return trace.toString();
    }

    private Stop next() {
        try {
            Stop stop = stops.poll(MINUTES, TimeUnit.MINUTES);
            if (stop == null) {
                throw new AssertionError("no stop within " + MINUTES + " minutes");
            }
            return stop;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Stop resume() {
        session.resume();
        return next();
    }

    Stop resume(long steps) {
        session.resume(steps);
        return next();
    }

    Stop step(StepKind kind) {
        session.step(0, kind);
        return next();
    }

    /** Resumes and pauses. */
    Stop pause() {
        session.resume();
        session.pause();
        return next();
    }

    /** Runs to a breakpoint that is there only meanwhile. */
    Stop runTo(Breakpoint breakpoint) {
        int number = session.add(breakpoint);
        try {
            return resume();
        } finally {
            session.remove(number);
        }
    }

    /** The linear address of the instruction that comes next. */
    static long position(Stop stop) {
        return ((Frame.Code) stop.frames().getFirst()).instructionPointer();
    }

    @Override
    public void close() {
        session.close();
    }
}
