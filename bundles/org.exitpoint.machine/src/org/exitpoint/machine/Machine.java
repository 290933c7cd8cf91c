/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.util.List;

/**
 * A simulated machine as a whole. It runs on the thread that calls {@link #run}; all else but {@link #pause} and
 * {@link HostInput#offer} is for that thread too, while the machine does not run.
 */
public interface Machine extends AutoCloseable {
    /**
     * Runs for a number of steps, or until something stops it. Running again goes on from there.
     *
     * @param steps at least 1; {@link Long#MAX_VALUE} for no limit
     */
    Stop run(long steps);

    /** Makes a {@link #run} that goes on now, or else the next one, return {@link Stop.Paused} soon. Any thread. */
    void pause();

    /** Makes the running {@link #run} return this at the next instruction boundary. Called by hooks, within a run. */
    void requestStop(Stop stop);

    /** The processors, by number. */
    List<? extends Vcpu> processors();

    /** Number of the processor whose turn it is. */
    int currentProcessor();

    /** Host-physical memory. */
    PhysicalMemory memory();

    /** The bus. */
    Bus bus();

    /** The clock. */
    Clock clock();

    /** What enters from the host. */
    HostInput input();

    /** Frees the machine's memory. */
    @Override
    void close();
}
