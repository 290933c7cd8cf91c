/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.SessionListener;
import org.exitpoint.debug.api.stop.Stop;

/** Records a session's events; waits long, but never by the clock's measure of success. */
final class Stops implements SessionListener {
    private static final int MINUTES = 2;

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

    private Stops() {
    }

    /** Listens to a session that stands; its present stop is the first event. */
    static Stops of(Session session) {
        Stops stops = new Stops();
        session.addListener(stops);
        return stops;
    }

    @Override
    public void resumed() {
        events.add("resumed");
    }

    @Override
    public void stopped(Stop stop) {
        events.add(stop);
    }

    @Override
    public void terminated(String cause) {
        events.add("terminated: " + cause);
    }

    /** The next event. */
    Object next() {
        try {
            Object event = events.poll(MINUTES, TimeUnit.MINUTES);
            assertThat(event).as("event").isNotNull();
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next event but for the news that the machine runs: a stop. */
    Stop stop() {
        Object event = next();
        while (event.equals("resumed")) {
            event = next();
        }
        assertThat(event).isInstanceOf(Stop.class);
        return (Stop) event;
    }

    /** That no event is waiting. */
    void assertNone() {
        assertThat(events).isEmpty();
    }
}
