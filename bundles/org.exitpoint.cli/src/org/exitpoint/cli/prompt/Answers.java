/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import java.util.List;
import java.util.Locale;
import org.exitpoint.cli.text.Ink;
import org.exitpoint.cli.text.InspectionText;
import org.exitpoint.cli.text.Page;
import org.exitpoint.cli.text.RegisterText;
import org.exitpoint.cli.text.VmcsText;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.AddressGrammar;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.ExitRecord;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;

/** Answers to what is asked at the prompt. */
final class Answers {
    private static final int MEMORY_LENGTH = 0x80;
    private static final int MOST_MEMORY = 1 << 16;
    private static final int INSTRUCTIONS = 12;
    private static final int EXITS = 20;

    private final Session session;
    private final Ink ink;

    Answers(Session session, Ink ink) {
        this.session = session;
        this.ink = ink;
    }

    /** All registers of a context. */
    String registers(Stop stop, String name) {
        ContextId context = name.isEmpty() ? stop.current() : context(stop, name);
        Page page = new Page(ink);
        RegisterText.all(page, session.registers(stop.id(), context));
        return page.toString();
    }

    private ContextId context(Stop stop, String name) {
        // The grammar knows the names, and what to say of a wrong one.
        return ((Space.Linear) session.parseAddress(stop.id(), name + ":0").space()).context();
    }

    /** Fields of the VMCS concerned that match a pattern. */
    String vmcs(Stop stop, String pattern) {
        List<VmcsFieldValue> fields = session.contexts(stop.id()).stream().map(Context::id)
                .filter(id -> id.equals(stop.subject().orElse(stop.current())))
                .filter(ContextId.Guest.class::isInstance).map(ContextId.Guest.class::cast)
                .map(guest -> session.vmcs(stop.id(), guest)).findFirst().orElse(stop.vmcs());
        Page page = new Page(ink);
        if (fields.isEmpty()) {
            return "no VMCS is current\n";
        }
        return VmcsText.matching(page, fields, pattern) ? page.toString()
                : "no VMCS field's name or group contains \"" + pattern + "\"\n";
    }

    /** Bytes at an address. */
    String memory(Stop stop, String arguments) {
        String[] words = arguments.split("\\s+");
        if (words[0].isEmpty() || words.length > 2) {
            throw new IllegalArgumentException("write memory ADDRESS [LENGTH], such as memory guest1:0x401000 40");
        }
        Address address = session.parseAddress(stop.id(), words[0]);
        long length = words.length == 1 ? MEMORY_LENGTH : AddressGrammar.parseNumber(words[1]);
        if (length < 1 || length > MOST_MEMORY) {
            throw new IllegalArgumentException("1 to 0x" + Integer.toHexString(MOST_MEMORY)
                    + " bytes can be shown, not 0x" + Long.toHexString(length));
        }
        return InspectionText.memory(session, session.readMemory(stop.id(), address, (int) length));
    }

    /** Instructions from an address on, or from the next one. */
    String code(Stop stop, String text) {
        Address address = text.isEmpty() ? next(stop) : session.parseAddress(stop.id(), text);
        String code = InspectionText.code(session, session.disassemble(stop.id(), address, INSTRUCTIONS));
        return code.isEmpty() ? session.format(address) + " cannot be read\n" : code;
    }

    private static Address next(Stop stop) {
        return stop.frames().getFirst() instanceof Frame.Code code
                ? new Address(new Space.Linear(code.context()), code.instructionPointer())
                : new Address(new Space.Linear(stop.current()), 0);
    }

    /** The page walk of an address. */
    String walk(Stop stop, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("write walk ADDRESS, such as walk guest1:0x401000");
        }
        return InspectionText.walk(session, session.walk(stop.id(), session.parseAddress(stop.id(), text),
                AccessKind.READ), ink);
    }

    /** The last exits. */
    String exits(String count) {
        int wanted = number(count, EXITS);
        List<ExitRecord> all = session.exitLog(0, Integer.MAX_VALUE);
        List<ExitRecord> shown = all.subList(Math.max(0, all.size() - wanted), all.size());
        StringBuilder text = new StringBuilder(shown.isEmpty() ? "no VM exit so far\n" : "");
        for (ExitRecord exit : shown) {
            text.append(String.format(Locale.ROOT, "%6d  step %-10d %-40s qualification 0x%x, rip 0x%x%n", exit.index(),
                    exit.steps(), exit.key().map(Object::toString).orElse("UNKNOWN"), exit.qualification(),
                    exit.guestRip()));
        }
        return text.toString();
    }

    /** A decimal number. */
    static int number(String text, int absent) {
        if (text.isEmpty() && absent >= 0) {
            return absent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("\"" + text + "\" is no number from 1 up");
    }
}
