/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import org.exitpoint.cli.machine.Failure;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.stop.Stop;

/** Runs a session's machine and waits for it. */
public final class Controls {
    private final Session session;
    private final StopQueue stops = new StopQueue();

    /**
     * Controls of a session that stands.
     *
     * @param session the session
     * @throws Failure if it ended already
     */
    public Controls(Session session) throws Failure {
        this.session = session;
        session.addListener(stops);
        stops.await(Long.MAX_VALUE);
    }

    /** The session. */
    public Session session() {
        return session;
    }

    /** Runs to the next stop. */
    public Stop resume() throws Failure {
        session.resume();
        return stops.await(Long.MAX_VALUE);
    }

    /**
     * Runs to the next stop, for at most so many steps and so long.
     *
     * @param steps the most steps
     * @param nanoseconds the most time; then the machine is paused
     * @return the stop
     * @throws Failure if the session ended
     */
    public Stop resume(long steps, long nanoseconds) throws Failure {
        session.resume(steps);
        Stop stop = stops.await(nanoseconds);
        if (stop == null) {
            session.pause();
            stop = stops.await(Long.MAX_VALUE);
        }
        return stop;
    }

    /** Steps and waits. */
    public Stop step(int vcpu, StepKind kind) throws Failure {
        session.step(vcpu, kind);
        return stops.await(Long.MAX_VALUE);
    }
}
