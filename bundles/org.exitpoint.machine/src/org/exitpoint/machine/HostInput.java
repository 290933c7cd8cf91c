/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

import java.util.List;

/**
 * Everything that enters the machine from the host (serial bytes, debugger edits, network, disk completions), stamped
 * with the step count at which the guest may first see it, so that the same log gives the same run.
 *
 * <p>{@link #offer} may be called from any thread; delivery happens on the machine's thread at an instruction boundary.
 */
public interface HostInput {
    /**
     * Offers bytes to a channel such as {@code uart0}; they are stamped at the next boundary of the machine's thread.
     * Throws {@link IllegalArgumentException} if nobody takes the channel.
     */
    void offer(String channel, byte[] data);

    /** Registers who takes a channel's bytes, on the machine's thread. */
    void receiver(String channel, Receiver receiver);

    /**
     * One logged input.
     *
     * @param steps the step count at which it was delivered
     * @param now the nominal time in nanoseconds at which it was delivered: it tells apart the moments at which every
     *     processor was idle, between which no step is counted
     * @param channel who took it
     * @param data its bytes
     */
    record Entry(long steps, long now, String channel, byte[] data) {
    }

    /** The log so far, in order of steps. Machine's thread only. */
    List<Entry> log();

    /** Takes the bytes of one channel. */
    @FunctionalInterface
    interface Receiver {
        /** Bytes arrived; called on the machine's thread. */
        void received(byte[] data);
    }
}
