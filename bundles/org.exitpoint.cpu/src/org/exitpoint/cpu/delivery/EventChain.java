/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.cpu.state.GuestState;

/** The events that one delivery led through, to say what caused a shutdown. */
final class EventChain {
    private final List<Event> events = new ArrayList<>();
    private long rip;

    void clear() {
        events.clear();
    }

    /** Adds an event that failed to be delivered, or the fault that ended it all. */
    void add(Event event, GuestState state) {
        if (events.isEmpty()) {
            rip = state.rip();
        }
        events.add(event);
    }

    String inWords() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < events.size(); i++) {
            text.append(i == 0 ? "" : ", then ").append(inWords(events.get(i)));
            text.append(i == 0 ? String.format(Locale.ROOT, " at RIP 0x%x", rip)
                : " while delivering " + nameOf(events.get(i - 1)));
        }
        return text.append(": shutdown").toString();
    }

    private static String inWords(Event event) {
        String error = event.hasErrorCode() ? String.format(Locale.ROOT, "(0x%x)", event.errorCode()) : "";
        String address = event.type() == EventType.HARDWARE_EXCEPTION && event.vector() == ExceptionVector.PF.vector()
            ? String.format(Locale.ROOT, " for address 0x%x", event.address()) : "";
        return nameOf(event) + error + address;
    }

    private static String nameOf(Event event) {
        return switch (event.type()) {
            case EXTERNAL_INTERRUPT -> String.format(Locale.ROOT, "external interrupt 0x%02x", event.vector());
            case SOFTWARE_INTERRUPT -> String.format(Locale.ROOT, "INT 0x%02x", event.vector());
            default -> ExceptionVector.nameOf(event.vector());
        };
    }
}
