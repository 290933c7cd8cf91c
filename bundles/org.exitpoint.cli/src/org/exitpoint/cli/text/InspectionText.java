/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.inspect.WalkStep;

/** Memory, code and page walks as text. */
public final class InspectionText {
    private static final int PER_LINE = 16;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    private InspectionText() {
    }

    /** Bytes in lines of 16, with characters beside them; {@code ??} where unreadable. */
    public static String memory(Session session, MemoryBytes memory) {
        byte[] bytes = memory.bytes();
        BitSet readable = memory.readable();
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < bytes.length; line += PER_LINE) {
            StringBuilder hex = new StringBuilder();
            StringBuilder characters = new StringBuilder();
            for (int i = line; i < Math.min(line + PER_LINE, bytes.length); i++) {
                hex.append(i - line == PER_LINE / 2 ? "  " : " ")
                        .append(readable.get(i) ? String.format(Locale.ROOT, "%02x", bytes[i]) : "??");
                boolean printable = readable.get(i) && bytes[i] >= FIRST_PRINTABLE && bytes[i] <= LAST_PRINTABLE;
                characters.append(printable ? (char) bytes[i] : '.');
            }
            text.append(String.format(Locale.ROOT, "%s %-49s  %s%n", session.format(memory.address().plus(line)), hex,
                    characters));
        }
        return memory.reason().isEmpty() ? text.toString() : text.append(memory.reason()).append('\n').toString();
    }

    /** Instructions, one a line. */
    public static String code(Session session, List<InstructionText> code) {
        StringBuilder text = new StringBuilder();
        for (InstructionText instruction : code) {
            text.append(String.format(Locale.ROOT, "%s  %-32s %s%n", session.format(instruction.address()),
                    Page.spaced(instruction.bytes()), instruction.text()));
        }
        return text.toString();
    }

    /** The steps of a page walk and its result. */
    public static String walk(Session session, PageWalkReport walk, Ink ink) {
        Page page = new Page(ink);
        page.line(ink.heading("Walk for " + session.format(walk.address())));
        page.table(walk.steps().stream().map(step -> row(session, step)).toList());
        walk.guestPhysical().ifPresent(address -> page.line("  guest-physical " + Page.hex(address)));
        page.line("  " + ink.strong(walk.outcome()));
        walk.cached().ifPresent(address -> {
            boolean stale = walk.hostPhysical().isEmpty() || walk.hostPhysical().getAsLong() != address;
            page.line("  the processor's TLB holds hpa:" + Page.hex(address)
                    + (stale ? ": stale, an invalidation is missing" : ""));
        });
        return page.toString();
    }

    private static List<String> row(Session session, WalkStep step) {
        String indent = step.nested() ? "    " : "";
        String host = step.nested() ? "" : "hpa:" + Page.hex(step.hostPhysical());
        return List.of(indent + step.structure(), session.format(step.address()), host,
                String.format(Locale.ROOT, "%016x", step.entry()), step.words());
    }
}
