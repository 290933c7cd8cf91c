/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.clock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.HostInput;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The log of host input. What is offered is stamped and delivered when the machine's thread comes to a boundary and
 * calls {@link #deliver}.
 *
 * <p>The log reaches into the future after a {@link #replay} or after {@link #restore} to an earlier state: those
 * entries are delivered at the very time they carry, and new offers wait until they are used up or a {@link #fork}
 * drops them. {@link #offer} may be called from any thread, all else from the machine's thread.
 */
public final class HostInputLog implements HostInput {
    private record Offer(String channel, byte[] data) {
    }

    private final Clock clock;
    private final Map<String, Receiver> receivers = new ConcurrentHashMap<>();
    private final Queue<Offer> offers = new ArrayDeque<>();
    private final List<Entry> log = new ArrayList<>();
    private volatile boolean offered;
    private int delivered;

    /** An empty log that stamps with a clock's time. */
    public HostInputLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void offer(String channel, byte[] data) {
        if (!receivers.containsKey(channel)) {
            throw new IllegalArgumentException("nobody takes input of channel " + channel);
        }
        synchronized (offers) {
            offers.add(new Offer(channel, data.clone()));
            offered = true;
        }
    }

    @Override
    public void receiver(String channel, Receiver receiver) {
        if (receivers.putIfAbsent(channel, receiver) != null) {
            throw new IllegalArgumentException("channel " + channel + " is taken");
        }
    }

    /** The entries delivered so far, in order; those to come are not part of it. */
    @Override
    public List<Entry> log() {
        return Collections.unmodifiableList(log.subList(0, delivered));
    }

    /** Replaces what is to come by a recorded log, whose channels must all have receivers. */
    public void replay(List<Entry> recorded) {
        for (Entry entry : recorded) {
            if (!receivers.containsKey(entry.channel())) {
                throw new IllegalArgumentException("nobody takes the recorded input of channel " + entry.channel());
            }
        }
        fork();
        log.addAll(recorded);
    }

    /** Drops the entries to come: from here on history is another. */
    public void fork() {
        log.subList(delivered, log.size()).clear();
    }

    /** Whether {@link #deliver} may have something to do now: cheap enough to ask at every boundary. */
    public boolean pending() {
        return delivered < log.size() ? log.get(delivered).now() <= clock.now() : offered;
    }

    /** The nominal time of the next entry to come, which the clock must not pass; else {@link Long#MAX_VALUE}. */
    public long nextDelivery() {
        return delivered < log.size() ? log.get(delivered).now() : Long.MAX_VALUE;
    }

    /** Delivers, at a boundary, what is due: logged entries of this time, else all that was offered. */
    public void deliver() {
        if (delivered < log.size()) {
            while (delivered < log.size() && log.get(delivered).now() <= clock.now()) {
                hand(log.get(delivered));
            }
            return;
        }
        for (Offer offer : takeOffers()) {
            Entry entry = new Entry(clock.steps(), clock.now(), offer.channel, offer.data);
            log.add(entry);
            hand(entry);
        }
    }

    private void hand(Entry entry) {
        delivered++;
        receivers.get(entry.channel()).received(entry.data().clone());
    }

    private List<Offer> takeOffers() {
        if (!offered) {
            return List.of();
        }
        synchronized (offers) {
            offered = false;
            List<Offer> taken = List.copyOf(offers);
            offers.clear();
            return taken;
        }
    }

    /** Writes how far the log has been delivered. The log itself is the machine's history, not part of one state. */
    public void save(StateWriter out) {
        out.number("delivered", delivered);
    }

    /** Goes back, or forward, to the place in the log that {@link #save} wrote; what follows it will come again. */
    public void restore(StateReader in) {
        long place = in.number("delivered");
        if (place < 0 || place > log.size()) {
            throw new IllegalStateException("the state was saved after " + place + " inputs, but the log holds "
                    + log.size() + ": it belongs to another run");
        }
        delivered = (int) place;
    }
}
