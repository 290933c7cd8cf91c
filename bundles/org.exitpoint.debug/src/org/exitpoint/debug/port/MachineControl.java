/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.port;

import java.util.List;
import java.util.function.Consumer;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.machine.Stop;

/**
 * A machine, loaded and ready to run. All but {@link #requestPause} is called by one thread, the machine's thread,
 * which the session provides.
 */
public interface MachineControl extends AutoCloseable {
    /** The processors, by number. */
    List<? extends Core> processors();

    /** The number of the processor whose turn it is next. */
    int nextProcessor();

    /**
     * Runs.
     *
     * @param steps the most steps, at least 1
     * @return why the machine stands; {@link org.exitpoint.machine.Stop.Limit} when the steps are used up
     */
    Stop run(long steps);

    /** Ends {@link #run} soon with {@link org.exitpoint.machine.Stop.Paused}. Any thread. */
    void requestPause();

    /**
     * Ends {@link #run} at the present instruction boundary with {@link org.exitpoint.machine.Stop.Hook}. Called by an
     * observer within an event.
     *
     * @param vcpu the processor that the cause is about
     * @param cause what the stop carries
     */
    void stop(int vcpu, Object cause);

    /**
     * Says who hears of VMX events.
     *
     * @param observer called on the machine's thread, within the event
     */
    void observe(VmxObserver observer);

    /** What the machine knows of VMCSs besides their regions. */
    VmxInspection vmx();

    /**
     * Says who applies edits.
     *
     * @param editor takes an edit's bytes, on the machine's thread
     */
    void onEdit(Consumer<byte[]> editor);

    /**
     * Enters an edit in the log of host inputs, with the present step count, and hands it to the editor at once.
     *
     * @param edit the edit
     */
    void edit(byte[] edit);

    /** What the machine counted, one item a line, for people. */
    List<String> statistics();

    @Override
    void close();
}
