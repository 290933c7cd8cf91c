/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.step;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.exitpoint.arch.vmx.ExitKey;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.AnyVmExit;
import org.exitpoint.debug.api.breakpoint.Breakpoint.AtAddress;
import org.exitpoint.debug.api.breakpoint.Breakpoint.EntryFailureBreakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.VmEntryBreakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.VmExitBreakpoint;

/** The breakpoints of a session. May be changed while the machine runs. */
public final class BreakpointTable {
    private final Map<Integer, Breakpoint> breakpoints = new ConcurrentSkipListMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Adds a breakpoint; gives its number. */
    public int add(Breakpoint breakpoint) {
        int number = numbers.incrementAndGet();
        breakpoints.put(number, breakpoint);
        return number;
    }

    /** Removes a breakpoint; false if there is none of this number. */
    public boolean remove(int number) {
        return breakpoints.remove(number) != null;
    }

    /** The breakpoints by number. */
    public Map<Integer, Breakpoint> all() {
        return Collections.unmodifiableMap(breakpoints);
    }

    /** Whether any breakpoint is at an address, so that each instruction must be looked at. */
    boolean hasAddresses() {
        return breakpoints.values().stream().anyMatch(AtAddress.class::isInstance);
    }

    /** The breakpoint at a linear address of a context, if there is one. */
    Optional<Integer> at(String context, long linear) {
        return breakpoints.entrySet().stream().filter(entry -> entry.getValue() instanceof AtAddress address
                && address.linear() == linear && address.contexts().selects(context)).map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Whether a breakpoint stops at an event.
     *
     * @param key gives the key of an exit, or null if its reason is unknown; asked only if a breakpoint wants to know
     */
    boolean stopsAt(Event event, Supplier<ExitKey> key) {
        String guest = event.guest().name();
        return breakpoints.values().stream().anyMatch(breakpoint -> switch (event) {
            case Event.Entry _ -> breakpoint instanceof VmEntryBreakpoint entry && entry.contexts().selects(guest);
            case Event.Exit _ -> stopsAtExit(breakpoint, guest, key);
            case Event.EntryFailure failure -> breakpoint instanceof EntryFailureBreakpoint any
                    && any.contexts().selects(guest) || failure.exit() && stopsAtExit(breakpoint, guest, key);
        });
    }

    private static boolean stopsAtExit(Breakpoint breakpoint, String guest, Supplier<ExitKey> key) {
        return switch (breakpoint) {
            case AnyVmExit any -> any.contexts().selects(guest);
            case VmExitBreakpoint exit -> exit.contexts().selects(guest) && key.get() != null
                    && exit.filter().matches(key.get());
            default -> false;
        };
    }
}
