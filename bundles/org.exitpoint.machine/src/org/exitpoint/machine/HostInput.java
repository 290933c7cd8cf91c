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
    /** Offers bytes to a channel such as {@code uart0}; they are stamped at the next boundary of the machine's thread. */
    void offer(String channel, byte[] data);

    /** Registers who takes a channel's bytes, on the machine's thread. */
    void receiver(String channel, Receiver receiver);

    /** One logged input. */
    record Entry(long steps, String channel, byte[] data) {
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
