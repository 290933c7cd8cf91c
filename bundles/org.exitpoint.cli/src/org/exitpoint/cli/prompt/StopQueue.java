/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.debug.api.SessionListener;
import org.exitpoint.debug.api.stop.Stop;

/** Waits for stops: for a command, which has nothing else to do meanwhile. */
public final class StopQueue implements SessionListener {
    private sealed interface Item {
        record Stopped(Stop stop) implements Item {
        }

        record Over(String cause) implements Item {
        }
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

    @Override
    public void stopped(Stop stop) {
        items.add(new Item.Stopped(stop));
    }

    @Override
    public void terminated(String cause) {
        items.add(new Item.Over(cause));
    }

    /**
     * Waits for the next stop.
     *
     * @param nanoseconds how long at most
     * @return the stop, or null if the time is over
     * @throws Failure if the session ended
     */
    public Stop await(long nanoseconds) throws Failure {
        try {
            return switch (items.poll(nanoseconds, TimeUnit.NANOSECONDS)) {
                case null -> null;
                case Item.Stopped(Stop stop) -> stop;
                case Item.Over(String cause) -> throw Failure.internal(cause.isEmpty() ? "the session ended" : cause);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.internal("interrupted");
        }
    }
}
